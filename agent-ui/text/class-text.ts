/** The words for classes of calls and ways of talking. What is ordinary has no words: it is not worth reading. */
import type { Mode } from '#server/contract/ids.ts'
import type { CallForAgent } from '#server/contract/views.ts'
import { t } from './language.ts'

/** A policy may have classes of its own, which no page has words for. */
const classWords: Readonly<Record<string, string>> = {
  'more-time': 'class.moreTime',
  staff: 'class.staff',
  information: 'class.information',
  unsafe: 'class.unsafe',
  unwell: 'class.unwell',
}

/** What kind of call it is; null where there is nothing to say about it. */
export function classText({ classId, isFirst }: Pick<CallForAgent, 'classId' | 'isFirst'>): string | null {
  const words = classWords[classId]
  if (words !== undefined) return t(words)
  return isFirst ? t('class.first') : null
}

/** The same for a record: every class has a name there, if only its own. */
export function classNameText(classId: string): string {
  const words = classWords[classId]
  if (words !== undefined) return t(words)
  return classId === 'ordinary' ? t('class.ordinary') : classId
}

const modeWords = {
  video: 'mode.video',
  voice: 'mode.voice',
  text: 'mode.text',
  signing: 'mode.signing',
} as const satisfies Record<Mode, string>

export function modeText(mode: Mode): string {
  return t(modeWords[mode])
}

const branchWords = {
  interpreter: 'branch.interpreter',
  callback: 'branch.callback',
} as const satisfies Record<NonNullable<CallForAgent['branch']>, string>

/** What is special about a call, in a few words each; empty for most. */
export function callMarks(call: CallForAgent): string[] {
  // Who stands beside the citizen is said by name then, and whether they have gone.
  const isNamed = call.classId === 'staff' && call.staff !== null
  const marks = [
    call.isFirst || isNamed ? null : classText(call),
    call.mode === 'video' ? null : modeText(call.mode),
    call.branch === null ? null : t(branchWords[call.branch]),
  ]
  return marks.filter((mark) => mark !== null)
}
