/** Who waits, and moving one of them: to the front, to another queue, or both. Asked for when somebody looks, not pushed. */
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { MOVE_REASONS, type MoveId, type MoveReason, type WaitingCall } from '#server/contract/floor-actions.ts'
import type { WaitingCalls as Waiting } from '#server/contract/floor-actions.ts'
import type { QueueId } from '#server/contract/ids.ts'
import type { SupervisorView } from '#server/contract/views.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import { Elapsed } from '../components/elapsed.tsx'
import { queueText } from '../explanation/names.ts'
import { attributeText } from '../text/attribute-text.ts'
import { classNameText } from '../text/class-text.ts'
import { t } from '../text/language.ts'
import { moveReasonText } from '../text/move-text.ts'
import type { ErrorDetail } from '../text/words.ts'
import { newAsking } from './floor-ask.ts'
import { askFloor } from './floor-state.ts'

const { isBusy, fault, ask } = newAsking()
const isOpen = signal(false)
const waiting = signal<Waiting | null>(null)
/** What came of taking a call oneself, as far as the way to the desk goes with it. */
const taken = signal<'rings' | 'no-desk' | null>(null)
/** Whom the form is about. */
const chosen = signal<WaitingCall | null>(null)
const toQueue = signal('')
const isToFront = signal(true)
const reason = signal<MoveReason | ''>('')

export function WaitingCalls({ floor }: { floor: SupervisorView }): JSX.Element {
  const countsKey = floor.queues.map((queue) => `${queue.waitingCount} ${queue.offeredCount}`).join()
  useEffect(() => {
    if (isOpen.value && !isBusy.peek()) void fetchCalls()
  }, [countsKey, isOpen.value])
  return (
    <>
      <div class="waiting-head">
        <h3 id="waiting-title">{t('stepIn.waiting')}</h3>
        <button type="button" aria-expanded={isOpen.value} onClick={() => (isOpen.value = !isOpen.value)}>
          {isOpen.value ? t('stepIn.hide') : t('stepIn.show')}
        </button>
      </div>
      {isOpen.value && waiting.value !== null && <List waiting={waiting.value} floor={floor} />}
      {isOpen.value && chosen.value !== null && <MoveForm call={chosen.value} floor={floor} />}
      <TakenNotice />
      {fault.value !== null && (
        <p class="fault" role="alert">
          {fault.value}
        </p>
      )}
    </>
  )
}

function List({ waiting: { calls, totalCount }, floor }: { waiting: Waiting; floor: SupervisorView }): JSX.Element {
  if (calls.length === 0) return <p class="quiet">{t('queues.nobody')}</p>
  return (
    <>
      <ol class="notices-list waiting-list" aria-labelledby="waiting-title">
        {calls.map((call) => (
          <li key={call.callId}>
            <div>
              <strong>{call.siteName}</strong> <Elapsed since={call.arrivedAt} />
              <p class="quiet">{factsText(call, floor)}</p>
            </div>
            {call.isMovable ? <Actions call={call} floor={floor} /> : <span class="quiet">{t('stepIn.rings')}</span>}
          </li>
        ))}
      </ol>
      {calls.length < totalCount && <p class="quiet">{t('stepIn.more', { count: totalCount - calls.length })}</p>}
    </>
  )
}

function Actions({ call, floor }: { call: WaitingCall; floor: SupervisorView }): JSX.Element {
  return (
    <span class="waiting-actions">
      {call.isTakeable && (
        <button
          type="button"
          aria-label={t('stepIn.takeFrom', { site: call.siteName })}
          disabled={isBusy.value}
          onClick={() => takeMyself(call, floor)}
        >
          {t('stepIn.take')}
        </button>
      )}
      <button
        type="button"
        aria-label={t('stepIn.moveFrom', { site: call.siteName })}
        aria-pressed={chosen.value?.callId === call.callId}
        onClick={() => choose(call)}
      >
        {t('stepIn.move')}
      </button>
    </span>
  )
}

/** [R44] The call rings at one's own desk from then on; the way there stands beside the words, also where there is none yet. */
function TakenNotice(): JSX.Element | null {
  if (taken.value === null) return null
  return (
    <p role={taken.value === 'rings' ? 'status' : 'alert'} class={taken.value === 'rings' ? '' : 'fault'}>
      {t(taken.value === 'rings' ? 'stepIn.taken' : 'stepIn.noDesk')}{' '}
      <a href="/agent/#desk" target="skranke-desk">
        {t('stepIn.toOwnDesk')}
      </a>
    </p>
  )
}

function factsText({ queueId, classId, isAway }: WaitingCall, floor: SupervisorView): string {
  const parts = [queueText(queueId, floor)]
  if (classId !== 'ordinary') parts.push(classNameText(classId))
  if (isAway) parts.push(t('stepIn.away'))
  return parts.join(' · ')
}

function MoveForm({ call, floor }: { call: WaitingCall; floor: SupervisorView }): JSX.Element {
  const isReady = !isBusy.value && reason.value !== '' && (isToFront.value || toQueue.value !== '')
  return (
    <form class="notices-form" aria-labelledby="move-title" onSubmit={submit}>
      <h3 id="move-title">{t('stepIn.moveFrom', { site: call.siteName })}</h3>
      <label>
        {t('figures.queue')}
        <select value={toQueue.value} onChange={(event) => (toQueue.value = event.currentTarget.value)}>
          <option value="">{t('stepIn.sameQueue')}</option>
          {floor.queues
            .filter(({ queueId }) => queueId !== call.queueId)
            .map(({ queueId }) => (
              <option key={queueId} value={queueId}>
                {queueText(queueId, floor)}
              </option>
            ))}
        </select>
      </label>
      <label class="waiting-front">
        <input
          type="checkbox"
          checked={isToFront.value}
          onChange={(event) => (isToFront.value = event.currentTarget.checked)}
        />
        {t('stepIn.toFront')}
      </label>
      <label>
        {t('stepIn.why')}
        <select value={reason.value} onChange={(event) => (reason.value = event.currentTarget.value as MoveReason)}>
          <option value="">{t('stepIn.chooseReason')}</option>
          {MOVE_REASONS.map((code) => (
            <option key={code} value={code}>
              {moveReasonText(code)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="primary" disabled={!isReady}>
        {t('stepIn.move')}
      </button>
      <button type="button" onClick={() => (chosen.value = null)}>
        {t('stepIn.cancel')}
      </button>
      <p class="quiet waiting-hint">{t('stepIn.moveHint')}</p>
    </form>
  )
}

function takeMyself({ callId }: WaitingCall, floor: SupervisorView): void {
  chosen.value = null
  taken.value = null
  const lacked = ({ lacks = '' }: ErrorDetail) =>
    t('stepIn.notAble', {
      lacks: lacks
        .split(' ')
        .map((one) => attributeText(one, floor.queues))
        .join(', '),
    })
  const words = {
    'agent-away': t('stepIn.deskLost'),
    'agent-busy': t('stepIn.takerBusy'),
    'not-able': lacked,
    'wrong-state': t('stepIn.takeTooLate'),
    'unknown-call': t('stepIn.takeTooLate'),
  }
  void ask(async () => {
    try {
      waiting.value = await askFloor('call.take', { callId })
      taken.value = 'rings'
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'unknown-agent') throw error
      taken.value = 'no-desk'
    }
  }, words)
}

function choose(call: WaitingCall): void {
  chosen.value = chosen.value?.callId === call.callId ? null : call
  toQueue.value = ''
  isToFront.value = true
  reason.value = ''
}

async function fetchCalls(): Promise<void> {
  await ask(async () => void (waiting.value = await askFloor('calls.waiting', {})))
  const { calls } = waiting.value ?? { calls: [] }
  const isThere = calls.some(({ callId, isMovable }) => callId === chosen.value?.callId && isMovable)
  if (!isThere) chosen.value = null
}

function submit(event: SubmitEvent): void {
  event.preventDefault()
  const call = chosen.value
  if (call === null || reason.value === '') return
  const moveId = crypto.randomUUID() as string as MoveId
  const queueId = toQueue.value === '' ? null : (toQueue.value as string as QueueId)
  const move = { moveId, callId: call.callId, queueId, isToFront: isToFront.value, reason: reason.value }
  const tooLate = { 'wrong-state': t('stepIn.tooLate'), 'unknown-call': t('stepIn.tooLate') }
  void ask(async () => {
    waiting.value = await askFloor('call.move', move)
    chosen.value = null
  }, tooLate)
}
