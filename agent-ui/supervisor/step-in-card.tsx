/** Stepping in: who waits and who is moved, an agent set away or signed out, a queue paused and opened. */
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import type { AgentId, QueueId } from '#server/contract/ids.ts'
import type { AgentForSupervisor, AwayReason, SupervisorView } from '#server/contract/views.ts'
import { queueText } from '../explanation/names.ts'
import { t } from '../text/language.ts'
import { awayWords } from '../text/words.ts'
import { newAsking, type Asking } from './floor-ask.ts'
import { askFloor } from './floor-state.ts'
import { MessageForm } from './message-form.tsx'
import { writeToQueue } from './notices-card.tsx'
import { SiteForm } from './site-form.tsx'
import { SkillForm } from './skill-form.tsx'
import { SupervisionForm } from './supervision-form.tsx'
import { WaitingCalls } from './waiting-calls.tsx'

const AWAY_REASONS = ['break', 'meeting', 'other-work'] as const satisfies readonly AwayReason[]
type Order = (typeof AWAY_REASONS)[number] | 'sign-out'

const ofAgents = newAsking()
const agentId = signal('')
const order = signal<Order>('break')
/** Signing somebody out is theirs alone to take back: it is asked twice. */
const isSure = signal(false)
const ofQueues = newAsking()
const queueId = signal('')
const isWriting = signal(false)

export function StepInCard({ floor }: { floor: SupervisorView }): JSX.Element {
  return (
    <section class="card board-card notices-card" aria-labelledby="step-in-title">
      <h2 id="step-in-title">{t('stepIn.title')}</h2>
      <WaitingCalls floor={floor} />
      <SupervisionForm agents={floor.agents} />
      <OfAgent agents={floor.agents} />
      <SkillForm floor={floor} />
      <MessageForm agents={floor.agents} />
      <OfQueue floor={floor} />
      <SiteForm sites={floor.sites} />
    </section>
  )
}

function OfAgent({ agents }: { agents: readonly AgentForSupervisor[] }): JSX.Element {
  const chosen = agents.find((agent) => agent.agentId === agentId.value)
  const named = agents.toSorted((a, b) => a.name.localeCompare(b.name))
  const isToConfirm = order.value === 'sign-out' && isSure.value && chosen !== undefined
  return (
    <form class="notices-form" aria-labelledby="of-agent" onSubmit={submitAgent}>
      <h3 id="of-agent">{t('stepIn.agent')}</h3>
      <label>
        {t('agents.name')}
        <select
          value={chosen === undefined ? '' : agentId.value}
          onChange={(event) => chooseAgent(event.currentTarget)}
        >
          <option value="">{t('stepIn.chooseAgent')}</option>
          {named.map((agent) => (
            <option key={agent.agentId} value={agent.agentId}>
              {agent.name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('stepIn.what')}
        <select value={order.value} onChange={(event) => chooseOrder(event.currentTarget)}>
          {AWAY_REASONS.map((reason) => (
            <option key={reason} value={reason}>
              {t('stepIn.setAway', { reason: t(awayWords[reason]) })}
            </option>
          ))}
          <option value="sign-out">{t('stepIn.signOut')}</option>
        </select>
      </label>
      <button type="submit" disabled={chosen === undefined || ofAgents.isBusy.value}>
        {isToConfirm ? t('stepIn.confirmSignOut', { name: chosen.name }) : t('stepIn.do')}
      </button>
      <p class="quiet waiting-hint" aria-live="polite">
        {isToConfirm ? t('stepIn.signOutHint') : t('stepIn.awayHint')}
      </p>
      <Fault asking={ofAgents} />
    </form>
  )
}

function OfQueue({ floor }: { floor: SupervisorView }): JSX.Element {
  const chosen = floor.queues.find((queue) => queue.queueId === queueId.value)
  return (
    <form class="notices-form" aria-labelledby="of-queue" onSubmit={(event) => submitQueue(event, chosen?.isPaused)}>
      <h3 id="of-queue">{t('stepIn.queue')}</h3>
      <label>
        {t('figures.queue')}
        <select value={queueId.value} onChange={(event) => chooseQueue(event.currentTarget.value)}>
          <option value="">{t('stepIn.chooseQueue')}</option>
          {floor.queues.map((queue) => (
            <option key={queue.queueId} value={queue.queueId}>
              {queueText(queue.queueId, floor)}
              {queue.isPaused ? ` (${t('queues.isPaused')})` : ''}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" disabled={chosen === undefined || ofQueues.isBusy.value}>
        {chosen?.isPaused === true ? t('stepIn.open') : t('stepIn.pause')}
      </button>
      <p class="quiet waiting-hint" aria-live="polite">
        {isWriting.value ? t('stepIn.writeToScreens') : t('stepIn.pauseHint')}
      </p>
      <Fault asking={ofQueues} />
    </form>
  )
}

function Fault({ asking }: { asking: Asking }): JSX.Element | null {
  if (asking.fault.value === null) return null
  return (
    <p class="fault" role="alert">
      {asking.fault.value}
    </p>
  )
}

function chooseAgent({ value }: HTMLSelectElement): void {
  agentId.value = value
  isSure.value = false
}

function chooseOrder({ value }: HTMLSelectElement): void {
  order.value = value as Order
  isSure.value = false
}

function submitAgent(event: SubmitEvent): void {
  event.preventDefault()
  const id = agentId.value as string as AgentId
  const what = order.value
  if (id === ('' as string)) return
  if (what === 'sign-out' && !isSure.value) {
    isSure.value = true
    return
  }
  const gone = { 'unknown-agent': t('stepIn.agentGone'), 'agent-busy': t('stepIn.agentBusy') }
  void ofAgents.ask(async () => {
    if (what === 'sign-out') await askFloor('agent.sign-out', { agentId: id })
    else await askFloor('agent.set-away', { agentId: id, reason: what })
    agentId.value = ''
  }, gone)
  isSure.value = false
}

function chooseQueue(value: string): void {
  queueId.value = value
  isWriting.value = false
}

/** Whoever is turned away at a screen wants to know why: the form for a message is made ready for them. */
function submitQueue(event: SubmitEvent, isPaused: boolean | undefined): void {
  event.preventDefault()
  const id = queueId.value as string as QueueId
  if (isPaused === undefined) return
  void ofQueues.ask(async () => {
    await askFloor('queue.order', { queueId: id, isPaused: !isPaused })
    isWriting.value = !isPaused
    if (!isPaused) writeToQueue(id)
  })
}
