/** How the chosen screen is as a machine, by its last word, and what can be ordered of it from afar. */
import type { JSX } from 'preact'
import type { MachineOrder } from '#server/contract/kiosk-care.ts'
import type { LastReport } from '#server/contract/kiosk-keys.ts'
import { dayTimeText } from '../model/copenhagen-time.ts'
import { clockText } from '../model/duration.ts'
import { formatTag, t } from '../text/language.ts'
import { isBusy, order, ordered, report } from './kiosk-keys-state.ts'

const orders = [
  ['reload', 'machine.reload'],
  ['restart', 'machine.restart'],
  ['test', 'machine.test'],
] as const satisfies readonly (readonly [MachineOrder, string])[]

export function KioskMachine({ isConnected }: { isConnected: boolean }): JSX.Element {
  const { value } = report
  return (
    <div class="keys-chosen" role="group" aria-label={t('machine.title')}>
      {value?.report != null && value.at !== null && <Facts at={value.at} report={value.report} last={value} />}
      <p class="row">
        {orders.map(([what, words]) => (
          <button key={what} type="button" disabled={!isConnected || isBusy.value} onClick={() => void order(what)}>
            {t(words)}
          </button>
        ))}
      </p>
      {ordered.value && <p role="status">{t('machine.ordered')}</p>}
    </div>
  )
}

type FactsProps = { at: number; report: NonNullable<LastReport['report']>; last: LastReport }

function Facts({ at, report: said, last: { isNewest } }: FactsProps): JSX.Element {
  const time = (instant: number): string => dayTimeText(instant, formatTag())
  const facts: (string | null)[] = [
    t('machine.heard', { time: time(at) }),
    isNewest === null ? null : t(isNewest ? 'machine.newest' : 'machine.older'),
    t('machine.uptime', { time: clockText(said.uptimeS * 1_000) }),
    said.memoryMb === null ? null : t('machine.memory', { count: said.memoryMb }),
    t('machine.dropped', { count: said.droppedFramesCount }),
    said.reloadsCount === undefined ? null : t('machine.reloads', { count: said.reloadsCount }),
    said.test === undefined ? null : testText(said.test, time(said.test.testedAt)),
  ]
  return <ul class="keys-acts">{facts.map((words) => words !== null && <li key={words}>{words}</li>)}</ul>
}

function testText(
  { roundTripMs, lossPercent, transport }: NonNullable<FactsProps['report']['test']>,
  time: string,
): string {
  if (roundTripMs === null) return t('machine.noWay', { time })
  const how = { time, ms: roundTripMs, loss: lossPercent ?? 0, transport: (transport ?? 'udp').toUpperCase() }
  return t('machine.way', how)
}
