/** Asking a colleague into the call. Who is still waited for is the server's to tell: a reloaded page knows it too. */
import { effect, signal } from '@preact/signals'
import type { JoinId } from '#server/contract/ids.ts'
import type { JoinTarget, PeopleToAsk } from '#server/contract/joins.ts'
import type { CallForAgent } from '#server/contract/views.ts'
import { act, linkState, listPeople, tellQuietly, view } from './desk-state.ts'

/** Who could be asked now; null until that is known. */
export const people = signal<PeopleToAsk | null>(null)

/** The name that colleagues are looked for by. */
export const soughtName = signal('')

/** Asks the server anew who could be asked. What was known stays where it does not answer. */
export async function refreshPeople(): Promise<void> {
  const name = soughtName.value.trim()
  const found = await listPeople(name)
  // An answer to what was typed before is no answer any more.
  if (found !== null && name === soughtName.value.trim()) people.value = found
}

/** What this desk wrote along with those it asked in, for as long as the call is on it. */
const ownNotes = new Map<string, string>()

/** Asks for `target`; in a transfer the asker leaves when they are in. `note` may be empty. Returns whether somebody is looked for now. */
export async function askColleague(target: JoinTarget, isTransfer: boolean, note: string): Promise<boolean> {
  const work = view.value?.work
  if (work?.kind !== 'in-call') return false
  const { callId } = work.call
  const joinId = crypto.randomUUID() as string as JoinId
  const written = note.trim()
  const isAsked = await act('join.ask', {
    callId,
    joinId,
    target,
    ...(isTransfer ? { isTransfer } : {}),
    ...(written === '' ? {} : { note: written }),
  })
  if (isAsked && written !== '') ownNotes.set(joinId, written)
  return isAsked
}

/** Takes it back. Where it could not be taken back it is still waited for. */
export function cancelJoin(joinId: JoinId): Promise<boolean> {
  return act('join.cancel', { joinId })
}

/** Every note of the call that the server has, or had: by the join it goes along with. */
function joinsOf(call: CallForAgent): { readonly joinId: JoinId; readonly note: string | null }[] {
  return [...call.joins, ...call.others.flatMap(({ askedIn }) => askedIn ?? [])]
}

// A server that was started anew knows no note any more: whoever wrote one sends it again.
effect(() => {
  const work = view.value?.work
  if (work?.kind !== 'in-call') return ownNotes.clear()
  if (linkState.value.kind !== 'online') return
  const { call } = work
  for (const { joinId, note } of joinsOf(call)) {
    const written = ownNotes.get(joinId)
    if (written !== undefined && note === null)
      tellQuietly('hand-over.note', { callId: call.callId, joinId, note: written })
  }
})
