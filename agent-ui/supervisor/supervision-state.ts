/** [R43] Which call this page listens to, how, and what of it comes. It is over with the connection: nobody listens unseen. */
import { effect, signal } from '@preact/signals'
import type { CallId } from '#server/contract/ids.ts'
import type { SupervisionKind } from '#server/contract/supervision.ts'
import type { MediaView } from '#sfu/client/media-session.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import { askFloor, linkState } from './floor-state.ts'
import type { Ears } from './supervision-media.ts'

export type Standing = {
  readonly callId: CallId
  readonly agentName: string
  readonly kind: SupervisionKind
  /** Somebody should hear this supervisor, and there is no microphone. */
  readonly isMute: boolean
}

export const standing = signal<Standing | null>(null)
export const heard = signal<MediaView['remotes']>([])
let ears: Ears | null = null

effect(() => {
  if (linkState.value.kind !== 'online') letGo()
})

function letGo(): void {
  ears?.close()
  ears = null
  standing.value = null
  heard.value = []
}

/** Listens, whispers or joins, or passes from one to another. Throws the server's Refusal; then it is over. */
export async function supervise(callId: CallId, agentName: string, kind: SupervisionKind): Promise<void> {
  // While it changes nobody is to hear what is meant for the agent alone.
  await ears?.speak(false)
  try {
    await askFloor('call.supervise', { callId, kind })
    ears ??= await open(callId)
    const isHeard = await ears.speak(kind !== 'listen')
    standing.value = { callId, agentName, kind, isMute: !isHeard }
  } catch (error) {
    letGo()
    throw error
  }
}

async function open(callId: CallId): Promise<Ears> {
  const { listenIn } = await import('./supervision-media.ts')
  const ticketSource = () => askFloor('media.ticket', { callId })
  const own: Ears = listenIn(ticketSource, (view) => {
    if (ears !== own) return
    heard.value = view.remotes
    // The call is over, or this supervisor was taken out of it.
    if (view.state === 'closed') letGo()
  })
  return own
}

/** Goes out of the call. Where the server is away it ends there by itself. */
export async function endSupervision(): Promise<void> {
  const callId = standing.value?.callId
  letGo()
  if (callId === undefined) return
  try {
    await askFloor('call.end-supervision', { callId })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}
