/** What the scripted server says at the door to a window of an agent who works in another one. */
type Refused = { readonly code: string; readonly detail: Readonly<Record<string, string>> }

export class ScriptedWindows {
  /** The other window, as the door tells of it; null: there is none. */
  occupied: Readonly<Record<string, string>> | null = null
  /** What each connection said of itself. */
  readonly claims: { readonly deskId: unknown; readonly takesOver: unknown }[] = []
  /** How often a page said hello, and whether it is answered from now on. */
  helloCount = 0
  isSilent = false

  /** Whether a connection is turned away; one that takes over is the only window then. */
  turnAway(auth: Readonly<Record<string, unknown>>): Refused | null {
    const { deskId, takesOver } = auth
    this.claims.push({ deskId, takesOver })
    if (takesOver === true) this.occupied = null
    return this.occupied === null ? null : { code: 'desk-occupied', detail: this.occupied }
  }

  /** Answers a hello with `snapshot`, or never. */
  hello<T>(snapshot: () => T): T | Promise<never> {
    this.helloCount += 1
    return this.isSilent ? new Promise<never>(() => undefined) : snapshot()
  }
}
