/** What carries a connection, from the browser's own figures. */

/** TCP where UDP does not get through, and then pictures stand still more often. */
export type Transport = 'udp' | 'tcp'

type Stats = Readonly<Record<string, unknown>>

/** What carries the pair of addresses that is in use; null where the browser does not say. */
export function transportOf(report: ReadonlyMap<string, Stats>): Transport | null {
  const all = [...report.values()]
  const used = new Set(all.filter(({ type }) => type === 'transport').map((each) => each['selectedCandidatePairId']))
  const pair = all.find(({ type, id }) => type === 'candidate-pair' && used.has(id))
  const protocol = report.get(String(pair?.['localCandidateId']))?.['protocol']
  return protocol === 'udp' || protocol === 'tcp' ? protocol : null
}
