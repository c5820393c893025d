/** Asking a colleague into the call. Who is still waited for is the server's to tell: a reloaded page knows it too. */
import type { JoinId, Skill } from '#server/contract/ids.ts'
import { act, view } from './desk-state.ts'

/** Asks for somebody with this attribute at this level at least; in a transfer the asker leaves when they are in. Returns whether somebody is looked for now. */
export async function askColleague(attribute: Skill, levelMin: number, isTransfer: boolean): Promise<boolean> {
  const work = view.value?.work
  if (work?.kind !== 'in-call') return false
  const joinId = crypto.randomUUID() as string as JoinId
  return act('join.ask', {
    callId: work.call.callId,
    joinId,
    attribute,
    levelMin,
    ...(isTransfer ? { isTransfer } : {}),
  })
}

/** Takes it back. Where it could not be taken back it is still waited for. */
export function cancelJoin(joinId: JoinId): Promise<boolean> {
  return act('join.cancel', { joinId })
}
