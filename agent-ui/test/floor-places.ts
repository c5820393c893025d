/** Places of the city, the day of its queues and what is warned of, as the tests show them. */
import type { WarningForSupervisor } from '#server/contract/views.ts'
import type { PastWarning } from '#server/contract/warnings.ts'

type Counts = Partial<Record<'online' | 'inCall' | 'camera' | 'microphone' | 'silent' | 'out' | 'waiting', number>>

const site = (name: string, point: readonly [number, number] | null, kiosksCount: number, counts: Counts = {}) => ({
  siteId: name
    .toLowerCase()
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'oe')
    .replaceAll('å', 'aa')
    .replaceAll(/[^a-z]+/g, '-'),
  name,
  point: point === null ? null : { latitude: point[0], longitude: point[1] },
  kiosksCount,
  onlineCount: counts.online ?? kiosksCount,
  inCallCount: counts.inCall ?? 0,
  cameraFaultyCount: counts.camera ?? 0,
  microphoneFaultyCount: counts.microphone ?? 0,
  silentCount: counts.silent ?? 0,
  outOfOrderCount: counts.out ?? 0,
  waitingCount: counts.waiting ?? 0,
})

export const citySites = [
  site('Københavns Hovedbibliotek', [55.6813, 12.5735], 4, { inCall: 2, waiting: 2 }),
  { ...site('Københavns Lufthavn', [55.6299, 12.6484], 2, { online: 1, silent: 1 }), siteId: 'lufthavnen' },
  {
    ...site('Sundby Bibliotek', [55.6615, 12.6061], 2, { camera: 1, microphone: 1, waiting: 1 }),
    siteId: 'sundby',
  },
  site('Nørrebro Bibliotek', [55.6955, 12.5498], 2, { inCall: 1 }),
  site('Valby Kulturhus', [55.6612, 12.5166], 1),
  site('Vanløse Bibliotek', [55.6868, 12.4889], 1, { online: 0 }),
  site('Bispebjerg Jobcenter', [55.7118, 12.535], 2),
  site('Østerbro Bibliotek', [55.7068, 12.5779], 2, { waiting: 1 }),
  site('Føtex Amager', [55.6551, 12.6166], 1, { inCall: 1 }),
  site('Borgerservice Kvik', [55.6722, 12.5645], 3, { out: 1 }),
  site('Sydhavn Kulturhus', [55.6486, 12.5411], 1),
  site('Tingbjerg Bibliotek', [55.7184, 12.4816], 1),
  site('Borgerservice på vej', null, 0),
]

const QUARTER_MS = 900_000

/** From eight in the morning by the clock of whoever looks, for two hours and a half. */
export const cityDays = (nowAt: number) => {
  const startsAt = Math.floor(nowAt / QUARTER_MS) * QUARTER_MS - 10 * QUARTER_MS
  return [
    {
      queueId: 'citizen.da',
      startsAt,
      offered: [1, 2, 4, 6, 5, 7, 8, 10, 9, 6, 3],
      answered: [1, 2, 4, 5, 5, 6, 6, 8, 8, 6, 1],
    },
    { queueId: 'citizen.en', startsAt: startsAt + 2 * QUARTER_MS, offered: [1, 0, 3, 2, 6], answered: [1, 0, 3, 2, 4] },
    { queueId: 'library.da', startsAt: startsAt + QUARTER_MS, offered: [3, 5, 4, 6, 6], answered: [3, 5, 4, 6, 6] },
  ]
}

/** One of each kind, the newest first; the last has been seen. */
export const someWarnings = (nowAt: number): WarningForSupervisor[] => {
  const citizen = { serviceLabels: { da: 'Borgerservice', en: 'Citizen service' }, language: 'da', siteName: null }
  const none = { serviceLabels: null, language: null, siteName: null }
  const warning = (id: number, minutesAgo: number) => ({
    warningId: `7a3e7f0e-6f0a-4c8e-9a51-3f2f7c1f9a0${id}`,
    raisedAt: nowAt - minutesAgo * 60_000,
    acknowledged: null,
  })
  const acknowledged = { byName: 'Lone Bruun', at: nowAt - 60_000 }
  return [
    { ...warning(1, 1), ...citizen, kind: 'longest-wait', subject: 'citizen.da', value: 360_000 },
    { ...warning(2, 2), ...none, kind: 'nobody-signed-in', subject: 'so', language: 'so', value: null },
    { ...warning(3, 4), ...citizen, kind: 'service-level', subject: 'citizen.da', value: 0.41 },
    { ...warning(4, 9), ...citizen, kind: 'promise-broken', subject: 'citizen.da', value: 2 },
    {
      ...warning(5, 30),
      ...none,
      kind: 'kiosk-silent',
      subject: 'kiosk-sundby',
      siteName: 'Sundby Bibliotek',
      value: null,
      acknowledged,
    },
  ]
}

/** Two that are over: one that somebody had seen, one that nobody had. */
export const pastWarnings = (nowAt: number): PastWarning[] => {
  const acknowledged = { byName: 'Lone Bruun', at: nowAt - 50 * 60_000 }
  const over = someWarnings(nowAt - 60 * 60_000).map((each) => ({ ...each, clearedAt: nowAt - 30 * 60_000 }))
  return over.slice(0, 2).map((each, index) => (index === 0 ? { ...each, acknowledged } : each))
}
