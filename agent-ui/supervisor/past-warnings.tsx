/** What was warned of within the last day and is over: when, and who had seen it. Asked for when somebody looks. */
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import type { PastWarning } from '#server/contract/warnings.ts'
import { clockTimeText } from '../model/copenhagen-time.ts'
import { formatTag, t } from '../text/language.ts'
import { warningText } from '../text/warning-text.ts'
import { newAsking } from './floor-ask.ts'
import { askFloor } from './floor-state.ts'

const { isBusy, fault, ask } = newAsking()
const isOpen = signal(false)
const past = signal<readonly PastWarning[] | null>(null)

/** `standing`: what stands now; once that is other, something may have come to an end. */
export function PastWarnings({ standing }: { standing: string }): JSX.Element {
  useEffect(() => {
    if (isOpen.value) void fetchPast()
  }, [standing, isOpen.value])
  return (
    <div class="past-warnings" aria-busy={isBusy.value}>
      <button type="button" aria-expanded={isOpen.value} onClick={() => (isOpen.value = !isOpen.value)}>
        {isOpen.value ? t('warnings.hidePast') : t('warnings.showPast')}
      </button>
      {isOpen.value && past.value === null && isBusy.value && <p role="status">{t('warnings.askingPast')}</p>}
      {isOpen.value && past.value !== null && <List warnings={past.value} />}
      {isOpen.value && fault.value !== null && (
        <p class="fault" role="alert">
          {fault.value}{' '}
          <button type="button" disabled={isBusy.value} onClick={() => void fetchPast()}>
            {t('page.tryAgain')}
          </button>
        </p>
      )}
    </div>
  )
}

function List({ warnings }: { warnings: readonly PastWarning[] }): JSX.Element {
  if (warnings.length === 0) return <p class="quiet">{t('warnings.nonePast')}</p>
  return (
    <ul class="notices-list warnings-list" tabIndex={0} aria-label={t('warnings.past')}>
      {warnings.map((warning) => (
        <li key={warning.warningId}>
          <p>
            {warningText(warning)} <small class="quiet">{spanText(warning)}</small>
          </p>
          <small>{seenText(warning)}</small>
        </li>
      ))}
    </ul>
  )
}

const timeText = (at: number): string => clockTimeText(at, formatTag())

const spanText = ({ raisedAt, clearedAt }: PastWarning): string =>
  t('warnings.fromTo', { from: timeText(raisedAt), to: timeText(clearedAt) })

const seenText = ({ acknowledged }: PastWarning): string =>
  acknowledged === null
    ? t('warnings.seenByNobody')
    : t('warnings.seen', { name: acknowledged.byName, time: timeText(acknowledged.at) })

async function fetchPast(): Promise<void> {
  if (isBusy.peek()) return
  await ask(async () => void (past.value = (await askFloor('warning.past', {})).warnings))
}
