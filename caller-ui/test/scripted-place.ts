/** The line and the places around a kiosk, as the tests have them. */
import type { MatterId, ServiceId, SiteId } from '#server/contract/ids.ts'
import type { HelpView, LineView, MatterView, PlaceView } from '#server/contract/views.ts'

export const openLine: LineView = {
  isOpen: true,
  isPaused: false,
  opensAt: null,
  closesAt: null,
  hasPlacesAtOpening: false,
  waitingAboutCount: 0,
}

/** Closed, with the next opening, where one is known. */
export const closedLine = (opensAt: number | null): LineView => {
  return {
    isOpen: false,
    isPaused: false,
    opensAt,
    closesAt: null,
    hasPlacesAtOpening: opensAt !== null,
    waitingAboutCount: null,
  }
}

export const noHelp: HelpView = { phone: null, emergencyPhones: [], here: null, staffing: null, places: [] }

function place(siteId: string, name: string, address: string, where: readonly [number, number], walkM: number) {
  const [latitude, longitude] = where
  return { siteId: siteId as SiteId, name, address, point: { latitude, longitude }, walkM }
}

/** Around a library on Amager: a place with staff until then, and one that has some from then on. */
export function helpAround({ until, from }: { readonly until: number; readonly from: number }): HelpView {
  const places: PlaceView[] = [
    {
      ...place('kvik-indre-by', 'Borgerservice Kvik, Krystalgade', 'Krystalgade 15', [55.6812, 12.5736], 2_900),
      staffing: { isStaffed: true, until, from: null },
    },
    {
      ...place('noerrebro-bibliotek', 'Nørrebro Bibliotek', 'Bragesgade 8', [55.7003, 12.5383], 6_700),
      staffing: { isStaffed: false, until: null, from },
    },
    {
      ...place('vanloese-kulturhus', 'Kulturstationen Vanløse', 'Frode Jakobsens Plads 4', [55.6874, 12.4912], 9_900),
      staffing: { isStaffed: false, until: null, from },
    },
  ]
  return {
    phone: '33 66 33 66',
    emergencyPhones: [
      { labels: { da: 'Fare for liv: alarmcentralen', en: 'Life in danger: emergency services' }, number: '112' },
      { labels: { da: 'Syg eller skadet: Akuttelefonen', en: 'Ill or injured: medical helpline' }, number: '1813' },
    ],
    here: { latitude: 55.6623, longitude: 12.6037 },
    staffing: null,
    places,
  }
}

const labels = (da: string, en: string) => ({ da, en })
const matter = (matterId: string, serviceId: string, da: string, en: string): MatterView => ({
  matterId: matterId as MatterId,
  serviceId: serviceId as ServiceId,
  labels: labels(da, en),
})

/** What may be talked about at a library. */
export const matters: readonly MatterView[] = [
  matter('passport', 'citizen', 'Pas og kørekort', 'Passport and driving licence'),
  matter('moving', 'citizen', 'Flytning og CPR', 'Moving and CPR'),
  matter('mitid', 'citizen', 'MitID og Digital Post', 'MitID and Digital Post'),
  matter('pension', 'citizen', 'Pension og boligstøtte', 'Pension and housing benefit'),
  matter('other-authority', 'citizen', 'Skat og Udbetaling Danmark', 'Tax and Udbetaling Danmark'),
  matter('loans', 'library', 'Lån og e-bøger', 'Loans and e-books'),
  matter('homework', 'library', 'Lektiehjælp', 'Homework help'),
  matter('events', 'culture', 'Arrangementer og lokaler', 'Events and rooms'),
]
