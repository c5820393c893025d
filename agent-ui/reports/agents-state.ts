/** The figures of agents' time for the days of the page: of oneself, or of a supervisor's own centre. */
import { signal } from '@preact/signals'
import type { AgentReportInterval, AgentReportReply } from '#server/contract/reports.ts'
import { periodFault } from '../model/report-period.ts'
import { agentWords } from '../model/report-question.ts'
import { becomeSignedOut } from '../session/account.ts'
import { callApi } from '../session/api.ts'
import type { Loaded } from './reports-state.ts'
import { question } from './reports-state.ts'

export const OWN_INTERVALS = ['whole', 'day', 'month'] as const satisfies readonly AgentReportInterval[]
export type OwnInterval = (typeof OWN_INTERVALS)[number]

export const ownInterval = signal<OwnInterval>('whole')
export const agentReport = signal<Loaded<AgentReportReply>>({ kind: 'loading' })

/** Only the newest question's answer is shown. */
let newest = 0

/** Asks anew for the days of the page. */
export async function loadAgentReport(): Promise<void> {
  if (periodFault(question.peek()) !== null) return
  newest += 1
  const mine = newest
  const asked = question.peek()
  agentReport.value = { kind: 'loading' }
  const path = `/reports/agents?${agentWords(asked, ownInterval.peek())}`
  const outcome = await callApi<AgentReportReply>('GET', path)
  if (mine !== newest) return
  if (outcome.ok) agentReport.value = { kind: 'loaded', reply: outcome.reply, question: asked }
  else if (outcome.code === 'not-signed-in') becomeSignedOut()
  else agentReport.value = { kind: 'failed', code: outcome.code }
}
