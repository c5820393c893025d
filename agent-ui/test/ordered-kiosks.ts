/** What becomes of the supervisor's screens when one is ordered out of use or back. */
import type { supervisorRequests } from '#server/contract/supervisor-socket.ts'
import type { SupervisorView } from '#server/contract/views.ts'
import type { Body } from '#sfu/contract/wire.ts'

/** As the server has it after an order: a kiosk with which nothing is the matter any more is not shown. */
export function ordered(
  kiosks: SupervisorView['kiosks'],
  { kioskId, isOutOfOrder }: Body<typeof supervisorRequests, 'kiosk.order'>,
  since: number,
): SupervisorView['kiosks'] {
  const known = kiosks.find((kiosk) => kiosk.kioskId === kioskId)
  const others = kiosks.filter((kiosk) => kiosk !== known)
  const before = known ?? { kioskId, siteName: 'Sundby Bibliotek', silent: null, faults: [] }
  if (isOutOfOrder) return [...others, { ...before, outOfOrder: { since, byName: 'Niels Krogh' } }]
  const isWell = before.silent === null && before.faults.length === 0
  return isWell ? others : [...others, { ...before, outOfOrder: null }]
}
