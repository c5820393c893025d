/** Places of the city and the day of its queues, as the tests show them. */

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
