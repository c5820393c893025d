/**
 * What somebody in line has been told so far, and what they are told next. A place or a wait that becomes better is
 * simply shown. One that becomes worse is never shown without the reason, and not at all for a difference that nobody
 * would notice.
 */
import type { CallId, ClassId, Language, MatterId } from '#server/contract/ids.ts'
import type { CallerCallView } from '#server/contract/views.ts'
import { promisedMs, saidWait, type SaidWait } from './said-wait.ts'

/** Why it became worse. `other-line`: the citizen's own wish took the call there. */
export type Worsening = 'overtaken' | 'other-line' | 'slower'

export type LineStory = {
  readonly callId: CallId
  readonly from: number
  readonly to: number
  readonly wait: SaidWait
  readonly worse: Worsening | null
  /** Counts worsenings, so that the same reason is heard again when it comes again. */
  readonly worseCount: number
  readonly wishes: Wishes
}

type Wishes = { readonly language: Language; readonly matterId: MatterId | null; readonly classId: ClassId }
export type WaitingCall = CallerCallView & { readonly status: 'waiting' }

/** Raised, a wait that grows is told later; lowered, the words flicker with every small change of the estimate. */
const SLACK_SHARE = 0.25
const SLACK_MS_MIN = 30_000

/** The story after the server has told of `call`. Null: nothing has been told yet. */
export function storyAfter(story: LineStory | null, call: WaitingCall): LineStory {
  const { callId, positionMin: from, positionMax: to, language, matterId, classId } = call
  const wishes = { language, matterId, classId }
  const said = saidWait(call.wait)
  if (story === null || story.callId !== callId) {
    return { callId, from, to, wait: said, worse: null, worseCount: 0, wishes }
  }
  const isTimeWorse = isLonger(story.wait, call.wait?.p80Ms ?? null)
  // A little longer than was said, and not by much: the words stand.
  const wait = isTimeWorse || !promisesMore(said, story.wait) ? said : story.wait
  const told = { callId, from, to, wait, wishes, worseCount: story.worseCount }
  if (to > story.to || isTimeWorse) {
    const isOwnWish = !isSame(wishes, story.wishes)
    const worse = isOwnWish ? 'other-line' : to > story.to ? 'overtaken' : 'slower'
    return { ...told, worse, worseCount: story.worseCount + 1 }
  }
  const isBetter = to < story.to || promisesMore(story.wait, wait)
  return { ...told, worse: isBetter ? null : story.worse }
}

/** Whether `a` promises a longer wait than `b`, where both promise anything. */
function promisesMore(a: SaidWait, b: SaidWait): boolean {
  const [aMs, bMs] = [promisedMs(a), promisedMs(b)]
  return aMs !== null && bMs !== null && aMs > bMs
}

function isLonger(told: SaidWait, p80Ms: number | null): boolean {
  const promised = promisedMs(told)
  if (promised === null || p80Ms === null || told.kind === 'long') return false
  return p80Ms > promised + Math.max(SLACK_MS_MIN, promised * SLACK_SHARE)
}

const isSame = (a: Wishes, b: Wishes): boolean =>
  a.language === b.language && a.matterId === b.matterId && a.classId === b.classId
