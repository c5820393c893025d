/** The screens with which something is the matter, and taking one out of use or back. */
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import type { KioskForSupervisor, KioskPart } from '#server/contract/kiosk-care.ts'
import type { KioskId } from '#server/contract/ids.ts'
import type { SupervisorView } from '#server/contract/views.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import { dayTimeText } from '../model/copenhagen-time.ts'
import { formatTag, t } from '../text/language.ts'
import { errorText } from '../text/words.ts'
import { askFloor } from './floor-state.ts'
import { all, fetchList, isListLost } from './kiosk-list.ts'
import { KioskMessages } from './kiosk-messages.tsx'

const fault = signal<string | null>(null)
const isBusy = signal(false)
const chosen = signal('')

const partNames = {
  camera: 'kiosks.camera',
  microphone: 'kiosks.microphone',
  speaker: 'kiosks.speaker',
  path: 'kiosks.path',
  page: 'kiosks.page',
} as const satisfies Record<KioskPart, string>

export function KiosksCard({ floor: { kiosks, notices } }: { floor: SupervisorView }): JSX.Element {
  useEffect(() => void ask(fetchList), [])
  return (
    <section class="card board-card notices-card" aria-labelledby="kiosks-title">
      <h2 id="kiosks-title">{t('kiosks.title')}</h2>
      {kiosks.length === 0 ? (
        <p class="quiet">{t('kiosks.none')}</p>
      ) : (
        <ul class="notices-list">
          {kiosks.map((kiosk) => (
            <Troubled key={kiosk.kioskId} kiosk={kiosk} />
          ))}
        </ul>
      )}
      <TakeOut kiosks={kiosks} />
      <KioskMessages notices={notices} />
    </section>
  )
}

function Troubled({ kiosk }: { kiosk: KioskForSupervisor }): JSX.Element {
  const { kioskId, siteName, outOfOrder } = kiosk
  const isOut = outOfOrder !== null
  return (
    <li>
      <div>
        <strong>{siteName}</strong> <span class="quiet">{kioskId}</span>
        {wordsOf(kiosk).map((words) => (
          <p key={words}>{words}</p>
        ))}
      </div>
      <button
        type="button"
        disabled={isBusy.value}
        aria-label={`${isOut ? t('kiosks.takeBack') : t('kiosks.takeOut')}: ${siteName}, ${kioskId}`}
        onClick={() => void order(kioskId, !isOut)}
      >
        {isOut ? t('kiosks.takeBack') : t('kiosks.takeOut')}
      </button>
    </li>
  )
}

function wordsOf({ silent, faults, outOfOrder }: KioskForSupervisor): string[] {
  const words: string[] = []
  if (outOfOrder !== null) {
    const { since, byName } = outOfOrder
    const isKnown = since !== null && byName !== null
    words.push(isKnown ? t('kiosks.outBy', { name: byName, time: timeText(since) }) : t('kiosks.out'))
  }
  if (silent !== null) {
    const { heardAt } = silent
    words.push(heardAt === null ? t('kiosks.neverHeard') : t('kiosks.silent', { time: timeText(heardAt) }))
  }
  const since = (at: number): string => t('kiosks.since', { time: timeText(at) })
  return [...words, ...faults.map((each) => `${t(partNames[each.part])} ${since(each.since)}`)]
}

const timeText = (at: number): string => dayTimeText(at, formatTag())

/** Any other screen: those above have a button of their own. */
function TakeOut({ kiosks }: { kiosks: readonly KioskForSupervisor[] }): JSX.Element {
  const shown = new Set(kiosks.map(({ kioskId }) => kioskId))
  const others = all.value?.filter(({ kioskId }) => !shown.has(kioskId)) ?? []
  const isChosen = others.some(({ kioskId }) => kioskId === chosen.value)
  return (
    <form class="notices-form" aria-label={t('kiosks.other')} onSubmit={submit} aria-busy={all.value === null}>
      <label>
        {t('kiosks.other')}
        <select
          disabled={all.value === null}
          value={isChosen ? chosen.value : ''}
          onChange={(event) => (chosen.value = event.currentTarget.value)}
        >
          <option value="">{all.value === null ? t('page.loadingTitle') : t('kiosks.choose')}</option>
          {others.map(({ kioskId, siteName }) => (
            <option key={kioskId} value={kioskId}>
              {siteName}, {kioskId}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" disabled={!isChosen || isBusy.value}>
        {t('kiosks.takeOut')}
      </button>
      {isListLost.value && (
        <button type="button" onClick={() => void ask(fetchList)}>
          {t('page.tryAgain')}
        </button>
      )}
      {fault.value !== null && (
        <p class="fault" role="alert">
          {fault.value}
        </p>
      )}
    </form>
  )
}

function submit(event: SubmitEvent): void {
  event.preventDefault()
  if (chosen.value !== '') void order(chosen.value as string as KioskId, true)
}

const order = (kioskId: KioskId, isOutOfOrder: boolean): Promise<boolean> =>
  ask(async () => {
    await askFloor('kiosk.order', { kioskId, isOutOfOrder })
    chosen.value = ''
  })

/** Whether it was done. */
async function ask(what: () => Promise<void>): Promise<boolean> {
  isBusy.value = true
  fault.value = null
  try {
    await what()
    return true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    fault.value = errorText(error.code)
    return false
  } finally {
    isBusy.value = false
  }
}
