/** What is asked for, which the address says, and what came of it. */
import { computed, signal, type Signal } from '@preact/signals'
import type { CallbackReportReply, ReportNames, ReportReply } from '#server/contract/reports.ts'
import {
  callbackWords,
  lineInterval,
  questionFault,
  questionIn,
  searchOf,
  serverWords,
  type Part,
} from '../model/report-question.ts'
import type { ReportQuestion } from '../model/report-question.ts'
import { account, becomeSignedOut } from '../session/account.ts'
import { callApi } from '../session/api.ts'

export type Loaded<Reply> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'loaded'; readonly reply: Reply; readonly question: ReportQuestion }

const LOADING = { kind: 'loading' } as const

export const question = signal<ReportQuestion>(questionIn(location.search, Date.now()))
export const fault = computed(() => questionFault(question.value))

/** The parts of a report come by themselves: a chart that fails leaves the table standing. */
export const table = signal<Loaded<ReportReply>>(LOADING)
export const line = signal<Loaded<ReportReply>>(LOADING)
export const heat = signal<Loaded<ReportReply>>(LOADING)
export const flow = signal<Loaded<ReportReply>>(LOADING)
export const callbacks = signal<Loaded<CallbackReportReply>>(LOADING)
export const names = signal<ReportNames | null>(null)

const partsOf = ({ interval, groups, ...days }: ReportQuestion) =>
  [
    [table, { interval, groups, isCompared: true }],
    [line, { interval: lineInterval(days), groups: [], isCompared: true }],
    [heat, { interval: 'weekday-hour', groups: [], isCompared: false }],
    [flow, { interval: 'whole', groups: ['matter'], isCompared: false }],
  ] as const satisfies readonly (readonly [typeof table, Part])[]

/** Only the newest question's answers are shown, however late older ones come. */
let newest = 0

/** Loads as soon as a supervisor is signed in. */
export function followAccount(): void {
  account.subscribe((value) => {
    if (value.kind === 'signed-in') void load()
  })
}

/** The way back of the browser leads to the question before. */
export function followAddress(): void {
  addEventListener('popstate', () => {
    question.value = questionIn(location.search, Date.now())
    void load()
  })
}

/** What only changes how the answer is shown: it is not asked for again. */
type Looks = Partial<Pick<ReportQuestion, 'set' | 'heat'>>

/** Shows other figures or another measure of what is there. */
export function look(looks: Looks): void {
  question.value = { ...question.peek(), ...looks }
  history.replaceState(null, '', searchOf(question.peek()))
}

/** Asks for something else; a question that cannot be is said to be so, and what is shown stays. */
export async function ask(changes: Partial<ReportQuestion>): Promise<void> {
  question.value = { ...question.peek(), ...changes }
  if (fault.peek() !== null) return
  history.pushState(null, '', searchOf(question.peek()))
  await load()
}

/** Asks for all parts of the report anew, which are for supervisors. */
export async function load(): Promise<void> {
  const { value } = account
  if (fault.peek() !== null || value.kind !== 'signed-in' || value.person.role !== 'supervisor') return
  newest += 1
  const asked = question.peek()
  const parts = partsOf(asked)
  for (const [place] of parts) place.value = LOADING
  callbacks.value = LOADING
  await Promise.all([
    loadNames(),
    ...parts.map(([place, part]) => loadPart(place, asked, `/reports?${serverWords(asked, part)}`, newest)),
    loadPart(callbacks, asked, `/reports/callbacks?${callbackWords(asked)}`, newest),
  ])
}

async function loadPart<Reply>(
  place: Signal<Loaded<Reply>>,
  asked: ReportQuestion,
  path: string,
  mine: number,
): Promise<void> {
  const outcome = await callApi<Reply>('GET', path)
  if (mine !== newest) return
  if (outcome.ok) place.value = { kind: 'loaded', reply: outcome.reply, question: asked }
  else if (outcome.code === 'not-signed-in') becomeSignedOut()
  else place.value = { kind: 'failed', code: outcome.code }
}

/** Without names the ids stand there; they are asked for again with the next question. */
async function loadNames(): Promise<void> {
  if (names.peek() !== null) return
  const outcome = await callApi<ReportNames>('GET', '/reports/names')
  if (outcome.ok) names.value = outcome.reply
}

/** Where the rows of a table that is shown are to be had as a file. */
export function fileAddress(shown: ReportQuestion, format: 'csv' | 'xlsx'): string {
  const { interval, groups } = shown
  return `/api/v1/reports?${serverWords(shown, { interval, groups, isCompared: true, format })}`
}
