/** What is warned of, since when, and who has seen it. */
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import type { WarningForSupervisor } from '#server/contract/views.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import { Icon } from '../components/icons.tsx'
import { clockTimeText } from '../model/copenhagen-time.ts'
import { unseenFirst } from '../model/warnings.ts'
import { formatTag, t } from '../text/language.ts'
import { warningText } from '../text/warning-text.ts'
import { errorText } from '../text/words.ts'
import { askFloor } from './floor-state.ts'
import { PastWarnings } from './past-warnings.tsx'
import { isSoundHeldBack, isSoundOn, switchSound } from './warning-sound.ts'

const fault = signal<string | null>(null)

type WarningsProps = { readonly warnings: readonly WarningForSupervisor[] }

export function WarningsCard({ warnings }: WarningsProps): JSX.Element {
  return (
    <section class="card board-card notices-card warnings-card" aria-labelledby="warnings-title">
      <div class="warnings-head">
        <h2 id="warnings-title">{t('warnings.title')}</h2>
        <SeeAll warnings={warnings} />
        <button type="button" aria-pressed={isSoundOn.value} onClick={switchSound}>
          {t('warnings.sound')}
        </button>
      </div>
      {isSoundHeldBack.value && <p class="notice">{t('warnings.soundHeldBack')}</p>}
      <Newest warnings={warnings} />
      {warnings.length === 0 ? (
        <p class="quiet">{t('warnings.none')}</p>
      ) : (
        // With a place of the keyboard, since it scrolls where there are many.
        <ul class="notices-list warnings-list" tabIndex={0} aria-labelledby="warnings-title">
          {unseenFirst(warnings).map((warning) => (
            <Row key={warning.warningId} warning={warning} />
          ))}
        </ul>
      )}
      <PastWarnings standing={warnings.map(({ warningId }) => warningId).join()} />
      {fault.value !== null && (
        <p class="fault" role="alert">
          {fault.value}
        </p>
      )}
    </section>
  )
}

/** Said to who cannot see it: the newest alone, and not the whole list with each change of it. */
function Newest({ warnings }: WarningsProps): JSX.Element {
  const [first] = unseenFirst(warnings)
  return (
    <p class="visually-hidden" role="status">
      {first === undefined || first.acknowledged !== null ? '' : warningText(first)}
    </p>
  )
}

/** Where a whole house is without a network, nobody presses once for each of its screens. */
function SeeAll({ warnings }: WarningsProps): JSX.Element | null {
  const unseen = warnings.filter(({ acknowledged }) => acknowledged === null)
  if (unseen.length < 2) return null
  return (
    <button type="button" onClick={() => void see(unseen)}>
      {t('warnings.acknowledgeAll', { count: unseen.length })}
    </button>
  )
}

function Row({ warning }: { warning: WarningForSupervisor }): JSX.Element {
  const { raisedAt, acknowledged } = warning
  const words = warningText(warning)
  return (
    <li class={acknowledged === null ? 'tone-alarm' : 'quiet'}>
      <p>
        <Icon name="warning" /> <strong>{words}</strong>{' '}
        <small>{t('warnings.since', { time: clockTimeText(raisedAt, formatTag()) })}</small>
      </p>
      {acknowledged === null ? (
        <button type="button" aria-label={`${t('warnings.acknowledge')}: ${words}`} onClick={() => void see([warning])}>
          {t('warnings.acknowledge')}
        </button>
      ) : (
        <small>
          {t('warnings.seen', { name: acknowledged.byName, time: clockTimeText(acknowledged.at, formatTag()) })}
        </small>
      )}
    </li>
  )
}

async function see(warnings: readonly WarningForSupervisor[]): Promise<void> {
  fault.value = null
  try {
    await askFloor('warning.acknowledge', { warningIds: warnings.map(({ warningId }) => warningId) })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    fault.value = errorText(error.code)
  }
}

/** On the wall: the newest that nobody has seen, and how many more there are. */
export function WallWarning({ warnings }: WarningsProps): JSX.Element | null {
  const unseen = unseenFirst(warnings).filter(({ acknowledged }) => acknowledged === null)
  const [first] = unseen
  if (first === undefined) return null
  return (
    <p class="wall-warning" role="status">
      <Icon name="warning" />
      <span>{warningText(first)}</span>
      {unseen.length > 1 && <small>{t('warnings.more', { count: unseen.length - 1 })}</small>}
    </p>
  )
}
