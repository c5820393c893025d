/** Between calls: whether calls come, and what waits in the agent's own lines. */
import type { JSX } from 'preact'
import type { AgentView, QueueForAgent } from '#server/contract/views.ts'
import { Elapsed } from '../components/elapsed.tsx'
import { Icon } from '../components/icons.tsx'
import { clockSecondText } from '../model/copenhagen-time.ts'
import { clockText } from '../model/duration.ts'
import { isImposed } from '../model/status.ts'
import { nowAt } from '../session/server-clock.ts'
import { formatTag, label, t } from '../text/language.ts'
import { languageWords } from '../text/words.ts'
import { BesideCard } from '../beside/beside.tsx'
import { openBeside } from '../beside/beside-state.ts'
import { DaySkills } from './day-skills.tsx'
import { KnowledgeWhenIdle } from './desk-knowledge.tsx'
import { becomeAvailable, pending } from './desk-state.ts'
import { OwnCallbacks } from './own-callbacks.tsx'
import { OwnDay } from './own-day.tsx'
import { MyCallsCard } from './my-calls.tsx'
import { Key, shortcuts } from './shortcuts.ts'

const explanations = {
  'not-responding': 'idle.notResponding',
  declined: 'idle.declined',
  'connection-lost': 'idle.connectionLost',
  'just-signed-in': 'idle.justSignedIn',
  'with-citizen': 'idle.withCitizen',
} as const

export function IdleScreen({ view }: { view: AgentView }): JSX.Element {
  const restsUntil = view.work.kind === 'idle' ? view.work.restsUntil : null
  return (
    <div class="idle">
      <div class="idle-own">
        {view.availability === 'available' ? <ReadyCard restsUntil={restsUntil} /> : <AwayCard view={view} />}
        {view.besideSiteName !== null && <BesideCard onOpen={openBeside} />}
        {view.work.kind === 'idle' && <OwnDay since={view.work.since} />}
        <DaySkills view={view} />
        <OwnCallbacks callbacks={view.callbacks ?? []} />
      </div>
      <QueuePeek queues={view.queues} />
      <KnowledgeWhenIdle />
      <MyCallsCard view={view} />
    </div>
  )
}

function ReadyCard({ restsUntil }: { restsUntil: number | null }): JSX.Element {
  if (restsUntil !== null) return <RestCard restsUntil={restsUntil} />
  return (
    <section class="card idle-card is-ready" aria-labelledby="idle-title">
      <span class="idle-icon">
        <Icon name="check" />
      </span>
      <div>
        <h1 id="idle-title">{t('idle.readyTitle')}</h1>
        <p>{t('idle.readyText')}</p>
        <p class="quiet">
          {t('idle.readyKeys')} <Key chord={shortcuts.accept} />
        </p>
      </div>
    </section>
  )
}

/** A pause that the rules give: calm, with its end in sight. The engine ends it, and then the view says so. */
function RestCard({ restsUntil }: { restsUntil: number }): JSX.Element {
  const leftMs = Math.max(0, Math.ceil((restsUntil - nowAt.value) / 1000) * 1000)
  return (
    <section class="card idle-card is-resting" aria-labelledby="idle-title">
      <span class="idle-icon">
        <Icon name="pause" />
      </span>
      <div>
        <h1 id="idle-title">{t('idle.restTitle')}</h1>
        <p>{t('idle.restText', { time: clockSecondText(restsUntil, formatTag()) })}</p>
        <p role="timer" aria-live="off" aria-label={t('idle.restLeft')} class="rest-clock clock">
          {clockText(leftMs)}
        </p>
        <p class="quiet">{t('idle.restDanger')}</p>
      </div>
    </section>
  )
}

function AwayCard({ view }: { view: AgentView }): JSX.Element {
  const { awayReason } = view
  const imposed = awayReason !== null && isImposed(awayReason)
  const explanation =
    awayReason !== null && awayReason in explanations
      ? explanations[awayReason as keyof typeof explanations]
      : 'idle.awayText'
  return (
    <section class={`card idle-card ${imposed ? 'is-imposed' : 'is-away'}`} aria-labelledby="idle-title">
      <span class="idle-icon">
        <Icon name={imposed ? 'warning' : 'pause'} />
      </span>
      <div>
        <h1 id="idle-title">{t('idle.awayTitle')}</h1>
        <p>{t(explanation)}</p>
        <p>
          <button
            type="button"
            class="primary large"
            disabled={pending.value !== null}
            onClick={() => void becomeAvailable()}
          >
            {t('idle.becomeReady')}
          </button>
        </p>
      </div>
    </section>
  )
}

/** The lines this agent can take from. */
export function QueuePeek({ queues }: { queues: readonly QueueForAgent[] }): JSX.Element {
  const waitingCount = queues.reduce((total, queue) => total + queue.waitingCount, 0)
  return (
    <section class="card queues" aria-labelledby="queues-title">
      <header class="card-head">
        <h2 id="queues-title">{t('queues.title')}</h2>
        <p class="quiet">{queues.length === 0 ? '' : t('queues.waiting', { count: waitingCount })}</p>
      </header>
      {queues.length === 0 ? (
        <p class="empty">{t('queues.none')}</p>
      ) : (
        <div class="table-wrap" tabIndex={0} role="group" aria-labelledby="queues-title">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('queues.service')}</th>
                <th scope="col">{t('queues.language')}</th>
                <th scope="col" class="number">
                  {t('queues.waitingColumn')}
                </th>
                <th scope="col" class="number">
                  {t('queues.longest')}
                </th>
              </tr>
            </thead>
            <tbody>
              {queues.map((queue) => (
                <tr key={queue.queueId} class={queue.waitingCount > 0 ? 'has-waiting' : ''}>
                  <th scope="row">{label(queue.serviceLabels)}</th>
                  <td>{t(languageWords[queue.language])}</td>
                  <td class="number">{queue.waitingCount}</td>
                  <td class="number">
                    {queue.oldestQueuedAt === null ? <None /> : <Elapsed since={queue.oldestQueuedAt} />}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function None(): JSX.Element {
  return (
    <span class="quiet">
      <span aria-hidden="true">–</span>
      <span class="visually-hidden">{t('queues.nobody')}</span>
    </span>
  )
}
