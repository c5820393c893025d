/** A city to try things in: ten districts, a site of every kind, three centres. Places are Copenhagen's, people are not. */
import { demoLabels } from './demo-labels.ts'

export const districts = [
  ['indre-by', 'Indre By'],
  ['oesterbro', 'Østerbro'],
  ['noerrebro', 'Nørrebro'],
  ['vesterbro', 'Vesterbro-Kongens Enghave'],
  ['valby', 'Valby'],
  ['vanloese', 'Vanløse'],
  ['broenshoej', 'Brønshøj-Husum'],
  ['bispebjerg', 'Bispebjerg'],
  ['amager-oest', 'Amager Øst'],
  ['amager-vest', 'Amager Vest'],
] as const

/** Id, name, kind, address, district, and the service its kiosk asks for first. */
export const sites = [
  [
    'hovedbanegaarden',
    'Borgerservice Mini, Hovedbanegården',
    'borgerservice-mini',
    'Bernstorffsgade 16',
    'vesterbro',
    'citizen',
  ],
  ['oesterbro-bibliotek', 'Østerbro Bibliotek', 'library', 'Dag Hammarskjölds Allé 19', 'oesterbro', 'library'],
  ['noerrebro-bibliotek', 'Nørrebro Bibliotek', 'library', 'Bragesgade 8', 'noerrebro', 'library'],
  ['vanloese-kulturhus', 'Kulturstationen Vanløse', 'culture-house', 'Frode Jakobsens Plads 4', 'vanloese', 'culture'],
  ['valby-kulturhus', 'Valby Kulturhus', 'culture-house', 'Valgårdsvej 4', 'valby', 'culture'],
  ['broenshoej-marked', 'Supermarkedet, Brønshøj Torv', 'supermarket', 'Brønshøjvej 3', 'broenshoej', 'citizen'],
  ['lufthavnen', 'Københavns Lufthavn, Terminal 3', 'airport', 'Lufthavnsboulevarden 6', 'amager-vest', 'citizen'],
  ['jobcenter-nord', 'Jobcenter, Bispebjerg', 'job-centre', 'Tomsgårdsvej 19', 'bispebjerg', 'citizen'],
  ['socialcenter-amager', 'Socialcenter Amager', 'social-centre', 'Øresundsvej 18', 'amager-oest', 'citizen'],
  ['kvik-indre-by', 'Borgerservice Kvik, Krystalgade', 'borgerservice', 'Krystalgade 15', 'indre-by', 'citizen'],
] as const

/** Where employees call from their own desk with a citizen beside them, and no kiosk stands: id, name, kind, address, district. */
export const counters = [
  ['laerkevej-skranke', 'Borgerservice Lærkevej', 'borgerservice', 'Lærkevej 18', 'bispebjerg'],
  ['sundby-skranke', 'Borgerservice Sundby', 'borgerservice', 'Jemtelandsgade 3', 'amager-oest'],
] as const

/**
 * Degrees north and east of each site. The airport and the station are where they are; the others within the width of a
 * street.
 */
export const points: Readonly<Record<(typeof sites)[number][0], readonly [number, number]>> = {
  hovedbanegaarden: [55.6727, 12.5646],
  'oesterbro-bibliotek': [55.6926, 12.5802],
  'noerrebro-bibliotek': [55.7003, 12.5383],
  'vanloese-kulturhus': [55.6874, 12.4912],
  'valby-kulturhus': [55.6616, 12.5164],
  'broenshoej-marked': [55.7047, 12.4989],
  lufthavnen: [55.6295, 12.6493],
  'jobcenter-nord': [55.7075, 12.5333],
  'socialcenter-amager': [55.6623, 12.6037],
  'kvik-indre-by': [55.6812, 12.5736],
}

/** What a screen shows where nobody answers: the city's own number first, then those for whoever cannot wait. */
export const phones = [
  ['contact', '33 66 33 66', demoLabels['city-phone']],
  ['emergency', '112', demoLabels['alarm-phone']],
  ['emergency', '1813', demoLabels['doctor-phone']],
  ['emergency', '114', demoLabels['police-phone']],
] as const

export const centres = [
  ['hans-nansens-gaard', 'Hans Nansens Gård'],
  ['laerkevej', 'Lærkevej'],
  ['sundby', 'Sundby'],
] as const

export const services = [
  ['citizen', demoLabels.citizen],
  ['library', demoLabels.library],
  ['culture', demoLabels.culture],
] as const

export const matters = [
  ['passport', 'citizen', demoLabels.passport],
  ['moving', 'citizen', demoLabels.moving],
  ['mitid', 'citizen', demoLabels.mitid],
  ['pension', 'citizen', demoLabels.pension],
  ['other-authority', 'citizen', demoLabels['other-authority']],
  ['loans', 'library', demoLabels.loans],
  ['homework', 'library', demoLabels.homework],
  ['events', 'culture', demoLabels.events],
] as const

export { LANGUAGES as languages } from '../contract/ids.ts'

/** Employees of the places, who call together with a citizen: number, name, and the site or else the centre they work at. */
export const staff = [
  ['1001', 'Maja Holm', 'kvik-indre-by', null],
  ['1002', 'Jonas Friis', null, 'laerkevej'],
  ['1003', 'Sofie Lund', 'valby-kulturhus', null],
] as const

/** Who may call from their own desk with a citizen beside them, and at which site that is. */
export const besideSites: Readonly<Record<string, string>> = {
  kirsten: 'kvik-indre-by',
  dogan: 'laerkevej-skranke',
  farah: 'sundby-skranke',
}

/** User name, name, role, centre, skills. First names stand alone on the kiosk. */
export const people = [
  ['amal', 'Amal Hassan', 'agent', 'hans-nansens-gaard', ['citizen', 'da', 'en']],
  ['bo', 'Bo Lindholm', 'agent', 'hans-nansens-gaard', ['citizen', 'library', 'da', 'en']],
  ['cecilie', 'Cecilie Krogh', 'agent', 'hans-nansens-gaard', ['library', 'culture', 'da', 'en']],
  ['dogan', 'Dogan Yilmaz', 'agent', 'laerkevej', ['citizen', 'da']],
  ['elin', 'Elin Mortensen', 'agent', 'laerkevej', ['citizen', 'culture', 'da', 'en']],
  ['farah', 'Farah Noor', 'agent', 'sundby', ['citizen', 'library', 'da', 'en']],
  ['marta', 'Marta Kowalska', 'agent', 'sundby', ['citizen', 'da', 'pl', 'uk', 'ro']],
  ['niloufar', 'Niloufar Rahimi', 'agent', 'laerkevej', ['citizen', 'da', 'fa', 'ar', 'ur']],
  ['yusuf', 'Yusuf Warsame', 'agent', 'hans-nansens-gaard', ['citizen', 'library', 'da', 'so', 'tr', 'dts']],
  ['kirsten', 'Kirsten Dahl', 'agent', 'hans-nansens-gaard', []],
  ['lone', 'Lone Bruun', 'supervisor', 'hans-nansens-gaard', ['da', 'en']],
  ['inge', 'Inge Nørgaard', 'administrator', 'hans-nansens-gaard', []],
] as const

/** Functions that articles of the demo city name as their owner, and who is asked about them. */
export const owners = [
  ['pas-og-koerekort', 'Pas og kørekort', ['yusuf']],
  ['udbetaling-danmark', 'Udbetaling Danmark-vejledning', ['yusuf']],
] as const
