/** A city to try things in: ten districts, a site of every kind, three centres. Places are Copenhagen's, people are not. */

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

export const centres = [
  ['hans-nansens-gaard', 'Hans Nansens Gård'],
  ['laerkevej', 'Lærkevej'],
  ['sundby', 'Sundby'],
] as const

export const services = [
  ['citizen', { da: 'Borgerservice', en: 'Citizen service' }],
  ['library', { da: 'Bibliotek', en: 'Library' }],
  ['culture', { da: 'Kulturhus', en: 'Culture house' }],
] as const

export const matters = [
  ['passport', 'citizen', { da: 'Pas og kørekort', en: 'Passport and driving licence' }],
  ['moving', 'citizen', { da: 'Flytning og CPR', en: 'Moving and CPR' }],
  ['mitid', 'citizen', { da: 'MitID og Digital Post', en: 'MitID and Digital Post' }],
  ['pension', 'citizen', { da: 'Pension og boligstøtte', en: 'Pension and housing benefit' }],
  ['other-authority', 'citizen', { da: 'Skat og Udbetaling Danmark', en: 'Tax and Udbetaling Danmark' }],
  ['loans', 'library', { da: 'Lån og e-bøger', en: 'Loans and e-books' }],
  ['homework', 'library', { da: 'Lektiehjælp', en: 'Homework help' }],
  ['events', 'culture', { da: 'Arrangementer og lokaler', en: 'Events and rooms' }],
] as const

export const languages = ['da', 'en'] as const

/** User name, name, role, centre, skills. First names stand alone on the kiosk. */
export const people = [
  ['amal', 'Amal Hassan', 'agent', 'hans-nansens-gaard', ['citizen', 'da', 'en']],
  ['bo', 'Bo Lindholm', 'agent', 'hans-nansens-gaard', ['citizen', 'library', 'da', 'en']],
  ['cecilie', 'Cecilie Krogh', 'agent', 'hans-nansens-gaard', ['library', 'culture', 'da', 'en']],
  ['dogan', 'Dogan Yilmaz', 'agent', 'laerkevej', ['citizen', 'da']],
  ['elin', 'Elin Mortensen', 'agent', 'laerkevej', ['citizen', 'culture', 'da', 'en']],
  ['farah', 'Farah Noor', 'agent', 'sundby', ['citizen', 'library', 'da', 'en']],
  ['lone', 'Lone Bruun', 'supervisor', 'hans-nansens-gaard', []],
] as const
