/** What carries a connection, from the browser's own figures. */
import type { MachineTest } from '#server/contract/kiosk-report.ts'

type Stats = Readonly<Record<string, unknown>>

/** What carries the pair of addresses that is in use; null where the browser does not say. */
export function transportOf(report: ReadonlyMap<string, Stats>): MachineTest['transport'] {
  const all = [...report.values()]
  const used = new Set(all.filter(({ type }) => type === 'transport').map((each) => each['selectedCandidatePairId']))
  const pair = all.find(({ type, id }) => type === 'candidate-pair' && used.has(id))
  const protocol = report.get(String(pair?.['localCandidateId']))?.['protocol']
  return protocol === 'udp' || protocol === 'tcp' ? protocol : null
}
