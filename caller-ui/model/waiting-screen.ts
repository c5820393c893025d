/** What somebody in line sees, and which question they are asked. */
import type { StaffHere } from '#server/contract/caller-staff.ts'
import type { CallId, Language, MatterId, Mode, Ticket } from '#server/contract/ids.ts'
import type { CallerView, HelpView, MatterView, NoticeView } from '#server/contract/views.ts'
import { isUrgent, MORE_TIME, ORDINARY, STAFF } from './call-class.ts'
import { storyAfter, type LineStory, type Worsening } from './line-story.ts'
import { overloadOf, type Overload } from './overload.ts'
import type { HereCall } from './own-call.ts'
import type { PresenceCheck } from './presence-check.ts'
import type { SaidWait } from './said-wait.ts'

/** `step-away` is never asked; somebody goes there. The last two are asked of somebody who has a long wait before them. */
export type Question = 'language' | 'interpreter' | 'matter' | 'mode' | 'time' | 'step-away' | Overload

/** What was asked and answered, or passed over, by the person in line. */
export type Answers = {
  readonly done: ReadonlySet<Question>
  /** A question they went back to. */
  readonly reopened: Question | null
  /** What they said: shown at once, whether or not the server has it yet. */
  readonly language: Language | null
  readonly mode: Mode | null
  readonly isInterpreterWanted: boolean | null
  readonly matterId: MatterId | null
  /** Null where they said nothing of it. */
  readonly needsTime: boolean | null
}

export const noAnswers: Answers = {
  done: new Set(),
  reopened: null,
  language: null,
  mode: null,
  isInterpreterWanted: null,
  matterId: null,
  needsTime: null,
}

export type Link = 'up' | 'place-kept' | 'place-unsure'

/** How far the wish to leave with the ticket has come. */
export type SteppingAway = 'no' | 'asking' | 'failed'

/** A place in line. `from` and `to` differ where somebody of another class may come to stand before or behind. */
export type LinePlace = {
  readonly from: number
  readonly to: number
  readonly wait: SaidWait
  readonly worse: Worsening | null
  readonly worseCount: number
}

export type WaitingScreen = {
  readonly kind: 'waiting'
  readonly device: CallerView['device']
  readonly callId: CallId
  readonly ticket: Ticket
  readonly ticketUrlPath: string
  /** Null once somebody is being asked. */
  readonly place: LinePlace | null
  /** The employee beside the citizen. */
  readonly staff: StaffHere | null
  readonly branch: 'interpreter' | 'callback' | null
  readonly canMoreAnswer: boolean
  readonly isUrgent: boolean
  readonly question: Question | null
  /** What they want to talk in, which may be another language than the screen's. */
  readonly language: Language
  readonly languages: readonly Language[]
  /** Whether an interpreter is wanted; null where the language needs none. */
  readonly isInterpreterWanted: boolean | null
  readonly mode: Mode
  readonly matter: MatterView | null
  readonly matters: readonly MatterView[]
  /** Null where more time is not to be had, or would take a better class away. */
  readonly time: Time | null
  readonly steppingAway: SteppingAway
  readonly link: Link
  /** Whether they are still there, where that is asked. */
  readonly presence: PresenceCheck
  /** Where else there is help. */
  readonly help: HelpView
  /** What the staff says. */
  readonly notices: readonly NoticeView[]
  /** In line again after so long that the place was in doubt. */
  readonly isBack: boolean
}

export type Time = { readonly isMore: boolean; readonly canChange: boolean }

export type LineFacts = {
  readonly answers: Answers
  readonly story: LineStory | null
  readonly steppingAway: SteppingAway
  readonly isBack: boolean
  readonly presence: PresenceCheck
  /** They have waited long, whatever was said. */
  readonly isWaitLong: boolean
}

export type InLine = HereCall & { readonly status: 'waiting' | 'offered' }

export function waitingScreen(facts: LineFacts, view: CallerView, call: InLine, link: Link): WaitingScreen {
  const { answers, steppingAway, isBack } = facts
  const chosenMatterId = answers.matterId ?? call.matterId
  const time = timeOf(view, call, answers)
  const place = call.status === 'waiting' ? placeOf(facts.story ?? storyAfter(null, call), view.isWaitTold) : null
  return {
    kind: 'waiting',
    device: view.device,
    callId: call.callId,
    ticket: call.ticket,
    ticketUrlPath: call.ticketUrlPath,
    place,
    staff: call.staff,
    branch: call.status === 'waiting' ? call.branch : null,
    canMoreAnswer: call.status === 'waiting' && call.stepsOpenedCount > 0,
    isUrgent: isUrgent(call.classId),
    question: nextQuestion(call, view, answers, time) ?? longWait(facts, view, call, place),
    language: answers.language ?? call.language,
    languages: view.spokenLanguages.map(({ language }) => language),
    isInterpreterWanted: interpreterOf(view, call, answers),
    mode: answers.mode ?? call.mode,
    matter: view.matters.find(({ matterId }) => matterId === chosenMatterId) ?? null,
    matters: view.matters,
    time,
    steppingAway,
    link,
    presence: facts.presence,
    help: view.help,
    notices: view.notices,
    isBack,
  }
}

function placeOf({ from, to, wait, worse, worseCount }: LineStory, isWaitTold: boolean): LinePlace {
  if (isWaitTold || wait.kind === 'unknown') return { from, to, wait, worse, worseCount }
  // A time that was never told cannot have become longer.
  return { from, to, wait: { kind: 'untold' }, worse: worse === 'slower' ? null : worse, worseCount }
}

function nextQuestion(call: InLine, view: CallerView, answers: Answers, time: Time | null): Question | null {
  const { matters } = view
  if (answers.reopened !== null) return answers.reopened
  if (!call.isLanguageChosen && !answers.done.has('language')) return 'language'
  const isInterpreterUnsaid = interpreterOf(view, call, answers) === false && !answers.done.has('interpreter')
  if (isInterpreterUnsaid) return 'interpreter'
  if (matters.length > 0 && call.matterId === null && !answers.done.has('matter')) return 'matter'
  if (time !== null && !time.isMore && !answers.done.has('time')) return 'time'
  const isModeUnsaid = call.mode === 'video' && answers.mode === null && !answers.done.has('mode')
  if (isModeUnsaid && !isUrgent(call.classId)) return 'mode'
  return null
}

/** What else there is, for somebody with a long wait before them: said once for each reason, and gone when it is over. */
function longWait({ answers, isWaitLong }: LineFacts, { device }: CallerView, call: InLine, place: LinePlace | null) {
  // A phone can be taken along as it is; whoever is in danger is answered first.
  if (place === null || device === 'phone' || isUrgent(call.classId)) return null
  const overload = overloadOf(place.wait, isWaitLong)
  return overload === null || answers.done.has(overload) ? null : overload
}

/** Null where whoever answers is to speak the language themselves, come what may. */
function interpreterOf({ spokenLanguages }: CallerView, call: InLine, answers: Answers): boolean | null {
  const spoken = answers.language ?? call.language
  const isInterpreted = spokenLanguages.some(({ language, isInterpreted }) => language === spoken && isInterpreted)
  return isInterpreted ? (answers.isInterpreterWanted ?? call.isInterpreterWanted) : null
}

function timeOf({ classIds }: CallerView, { classId }: InLine, { needsTime }: Answers): Time | null {
  // Another class would take the better one away.
  if (isUrgent(classId) || classId === STAFF) return null
  if (needsTime ?? classId === MORE_TIME) return { isMore: true, canChange: classIds.includes(ORDINARY) }
  return classIds.includes(MORE_TIME) ? { isMore: false, canChange: true } : null
}
