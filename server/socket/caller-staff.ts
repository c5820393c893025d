/**
 * Employees at the kiosks: signing in and out, and the end of what nobody uses any more. A session belongs to one
 * connection of one kiosk and is kept nowhere else.
 */
import { Refusal, type Body } from '#sfu/contract/wire.ts'
import { hashToken } from '#server/auth/tokens.ts'
import { isPassword } from '#server/auth/passwords.ts'
import { TryCounts } from '#server/auth/try-counts.ts'
import type { callerRequests } from '#server/contract/caller-socket.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { StaffKey, StaffMember, StaffWithSecret } from '#server/store/staff.ts'
import type { CallerDevice } from './caller-view.ts'

/** Wrong tries of one number at one kiosk: its owner at another kiosk is not kept out by them. */
const TRIES_OF_NUMBER = { triesMax: 5, windowMs: 15 * 60_000 } as const
/** Wrong tries at one kiosk, whatever the number or the badge. */
const TRIES_OF_KIOSK = { triesMax: 20, windowMs: 5 * 60_000 } as const

/** Nobody has called: longer, and the next person finds somebody signed in. */
const IDLE_MS = 2 * 60_000
/** After a call: long enough to call again for the same citizen. */
const AFTER_CALL_MS = 60_000

export type StaffSignIn = Body<typeof callerRequests, 'staff.sign-in'>['way']

type Session = { readonly staff: StaffMember; readonly timer: NodeJS.Timeout }

export type StaffParts = {
  /** The employee of a number or a badge, where there is one who may sign in. */
  readonly find: (key: StaffKey) => Promise<StaffWithSecret | undefined>
  /** Whether a call is going on at this kiosk. */
  readonly hasCall: (kioskId: string) => boolean
  /** Somebody is not signed in any more: the kiosk is told. */
  readonly onEnded: (kioskId: string) => void
}

export class StaffAtKiosks {
  readonly #parts: StaffParts
  readonly #ofNumber = new TryCounts(TRIES_OF_NUMBER, () => Date.now())
  readonly #ofKiosk = new TryCounts(TRIES_OF_KIOSK, () => Date.now())
  /** The connection that has the kiosk now. */
  readonly #seated = new Map<string, CallerDevice>()
  readonly #sessions = new Map<CallerDevice, Session>()

  constructor(parts: StaffParts) {
    this.#parts = parts
  }

  /** Who is signed in on this connection. */
  readonly at = (device: CallerDevice): StaffMember | undefined => this.#sessions.get(device)?.staff

  /** A new connection of a kiosk: whoever was signed in on the last one is not any more. Returns what to do at its end. */
  seat(device: CallerDevice): () => void {
    const last = this.#seated.get(device.kioskId)
    if (last !== undefined) this.#end(last)
    this.#seated.set(device.kioskId, device)
    return () => {
      this.#end(device)
      if (this.#seated.get(device.kioskId) === device) this.#seated.delete(device.kioskId)
    }
  }

  /** Throws `wrong-credentials` for all that is wrong, unknown or locked out, which take equally long. */
  async signIn(device: CallerDevice, way: StaffSignIn): Promise<void> {
    const { kioskId } = device
    const name = way.kind === 'pin' ? `${kioskId} ${way.number}` : null
    if (this.#ofKiosk.isLocked(kioskId)) throw new Refusal<ErrorCode>('too-many-requests', 'try again in a few minutes')
    const isLocked = name !== null && this.#ofNumber.isLocked(name)
    // Before it is known how it ends, so that many at once are not one.
    if (name !== null) this.#ofNumber.count(name)
    const staff = await this.#find(way)
    // Of a page that was replaced meanwhile nobody is signed in.
    const isHere = this.#seated.get(kioskId) === device
    if (staff === undefined || isLocked || !isHere) {
      this.#ofKiosk.count(kioskId)
      throw new Refusal<ErrorCode>('wrong-credentials', 'number and PIN, or the badge, are not right')
    }
    if (name !== null) this.#ofNumber.forgive(name)
    this.#end(device)
    this.#keep(device, staff, IDLE_MS)
  }

  async #find(way: StaffSignIn): Promise<StaffMember | undefined> {
    const { find } = this.#parts
    if (way.kind === 'badge') return find({ badgeHash: hashToken(way.badge) })
    const staff = await find({ number: way.number })
    return (await isPassword(way.pin, staff?.pinHash)) ? staff : undefined
  }

  signOut(device: CallerDevice): void {
    this.#end(device)
  }

  /** A call at this kiosk is over: its employee may call once more, for a short time. */
  callOver(kioskId: string): void {
    const device = this.#seated.get(kioskId)
    const staff = device === undefined ? undefined : this.at(device)
    if (device !== undefined && staff !== undefined) this.#keep(device, staff, AFTER_CALL_MS)
  }

  stop(): void {
    for (const device of [...this.#sessions.keys()]) this.#end(device)
  }

  #keep(device: CallerDevice, staff: StaffMember, forMs: number): void {
    clearTimeout(this.#sessions.get(device)?.timer)
    const timer = setTimeout(() => this.#runOut(device, staff), forMs).unref()
    this.#sessions.set(device, { staff, timer })
  }

  #runOut(device: CallerDevice, staff: StaffMember): void {
    const { hasCall, onEnded } = this.#parts
    // In a call they are not idle. Its end counts anew.
    if (hasCall(device.kioskId)) return this.#keep(device, staff, AFTER_CALL_MS)
    this.#end(device)
    onEnded(device.kioskId)
  }

  #end(device: CallerDevice): void {
    clearTimeout(this.#sessions.get(device)?.timer)
    this.#sessions.delete(device)
  }
}
