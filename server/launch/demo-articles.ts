/** Many articles in Danish, made up from a seed: for tests and benches, which need more of them than anybody writes. */
import { seededRandom } from '#server/routing/simulation/random.ts'
import { textOfMarkdown } from '../knowledge/markdown-text.ts'
import type { WrittenArticle } from '../store/articles.ts'

/** What a municipality answers for, each with words that belong to it. */
const SUBJECTS: Readonly<Record<string, string>> = {
  pas: 'pasfoto fingeraftryk rejsedokument',
  kørekort: 'førerbevis køreprøve lægeerklæring',
  sundhedskort: 'sygesikring lægevalg praksis',
  boligstøtte: 'husleje lejekontrakt boligareal',
  folkepension: 'pensionsalder pensionstillæg opsparing',
  førtidspension: 'arbejdsevne helbred rehabilitering',
  kontanthjælp: 'rådighed formue aktivering',
  sygedagpenge: 'sygemelding arbejdsgiver lønmodtager',
  barselsdagpenge: 'orlov termin fødsel',
  børnepenge: 'ungeydelse forsørger kvartal',
  børnetilskud: 'enlig forsørger erklæring',
  daginstitution: 'børnehave opskrivning venteliste',
  vuggestue: 'småbørn indkøring madordning',
  dagpleje: 'gæstepleje dagplejer legestue',
  fritidshjem: 'skolestart klub indmeldelse',
  skoleindskrivning: 'skoledistrikt børnehaveklasse klasse',
  skoletandpleje: 'tandlæge tandregulering bøjle',
  tandlægehjælp: 'tandbehandling overslag tandprotese',
  hjemmehjælp: 'rengøring visitation plejehjem',
  madservice: 'diæt levering måltid',
  hjælpemidler: 'kørestol rollator høreapparat',
  hjemmesygepleje: 'sårpleje medicin sygeplejerske',
  plejebolig: 'ældrebolig demens boliggaranti',
  ledsagerordning: 'ledsagerkort synshandicap timer',
  handicapkørsel: 'flextrafik kørestolsbruger tur',
  parkeringstilladelse: 'parkeringszone beboerlicens bil',
  affaldssortering: 'skraldespand madaffald beholder',
  storskrald: 'afhentning møbler genbrugsplads',
  genbrugsplads: 'haveaffald container nøglekort',
  rottebekæmpelse: 'rotter skadedyr kloak',
  byggetilladelse: 'tegninger nabohøring lokalplan',
  ejendomsskat: 'grundskyld vurdering indefrysning',
  flytning: 'adresse folkeregister logi',
  navneændring: 'efternavn mellemnavn navnebevis',
  vielse: 'bryllup prøvelsesattest vidner',
  navngivning: 'fornavn nyfødt forældremyndighed',
  faderskab: 'medmor omsorgserklæring forælder',
  begravelseshjælp: 'bedemand kremering dødsbo',
  valgkort: 'stemmeret valgsted brevstemme',
  statsborgerskab: 'indfødsretsprøve grundlovsceremoni troskab',
  opholdsbevis: 'registreringsbevis studerende arbejdstager',
  danskuddannelse: 'sprogskole modul klippekort',
  mitid: 'kodeviser aktiveringskode bruger-id',
  'digital post': 'e-boks indbakke læseadgang',
  nemkonto: 'bankkonto kontonummer registreringsnummer',
  lånerkort: 'bibliotek pinkode udlån',
  biblioteksbøger: 'fornyelse reservation aflevering',
  lektiehjælp: 'lektiecafé frivillige skolebørn',
  'it-hjælp': 'computer tablet undervisning',
  idrætsanlæg: 'svømmehal bane booking',
  foreningstilskud: 'medlemstal regnskab folkeoplysning',
  lokalelån: 'kulturhus sal mødelokale',
  musikskole: 'instrument kor undervisning',
  kolonihave: 'havelod haveforening kolonihavehus',
  skadestue: 'lægevagt sygehus henvisning',
  vaccination: 'influenza vaccine sundhedsplejerske',
  sundhedsplejerske: 'amning spædbarn hjemmebesøg',
  misbrugsbehandling: 'alkohol stoffer samtaleforløb',
  krisecenter: 'vold ophold sikkerhed',
  gældsrådgivning: 'budget inkasso kreditor',
  retshjælp: 'advokat jurist rådgivning',
  forældremyndighed: 'samvær familieretshus bopæl',
  skilsmisse: 'separation bodeling vilkår',
  adoption: 'godkendelse adoptant slægtsforhold',
  plejefamilie: 'anbringelse familiepleje vederlag',
  aflastning: 'kontaktperson weekendophold familie',
  jobcenter: 'jobsamtale cv jobnet',
  fleksjob: 'fleksløntilskud ressourceforløb minifleksjob',
  revalidering: 'virksomhedspraktik erhvervsplan omskoling',
  løntilskud: 'ansættelse praktik virksomhed',
  elevstøtte: 'ungdomsuddannelse lærling skoleydelse',
  hundetilladelse: 'hundesnor hunderegister hvalp',
  udeservering: 'fortovscafé borde tilladelse',
  alkoholbevilling: 'restaurant bevillingsnævn åbningstid',
  taxikort: 'chauffør straffeattest kursus',
  cykelparkering: 'cykelstativ herreløs cykel',
  vejskade: 'hul fortov asfalt',
  gadelys: 'lygtepæl lampe mørkt',
  snerydning: 'fortov grundejer glatførebekæmpelse',
  træfældning: 'bevaringsværdigt træ grene',
}

/** What can be asked of each: the end of the address, the title, and two sentences. `*` is the subject. */
const ASPECTS: Readonly<Record<string, readonly [title: string, first: string, second: string]>> = {
  ansoegning: ['Søg om *', 'Ansøgningen udfyldes på nettet.', 'Ansøgeren får en kvittering for ansøgningen.'],
  fornyelse: ['Forny *', 'Fornyelsen skal ske, før den gamle udløber.', 'Husk at forny i god tid.'],
  bortkommet: ['*: bortkommet eller stjålet', 'Er det mistet, skal det meldes.', 'Politiet får tyverier at vide.'],
  pris: ['Hvad koster *?', 'Prisen afhænger af alderen.', 'Gebyret betales med kort, når man bestiller.'],
  frist: ['*: frister', 'Fristen står i brevet.', 'Kommer det for sent, bortfalder sagen.'],
  klage: ['Klag over en afgørelse om *', 'Klagen sendes inden fire uger.', 'Ankestyrelsen ser på klagen bagefter.'],
  fuldmagt: [
    '*: fuldmagt til en pårørende',
    'En fuldmagt skal være underskrevet.',
    'Den pårørende viser sin legitimation.',
  ],
  bilag: ['Dokumentation for *', 'Vedlæg bilag som kopi eller foto.', 'Manglende bilag sendes bagefter.'],
  ventetid: ['*: sagsbehandlingstid', 'Sagen tager nogle uger.', 'Ventetiden er længst om sommeren.'],
  afslag: ['Afslag på *', 'Et afslag er altid begrundet.', 'Man kan se i afslaget, hvad der manglede.'],
  udbetaling: [
    '*: hvornår kommer pengene?',
    'Pengene udbetales sidst på måneden.',
    'Udbetalingen står på kontoen samme dag.',
  ],
  aendring: ['Meld ændringer: *', 'Nye forhold skal meldes.', 'Ændringen gælder fra måneden efter.'],
  boern: ['* for børn', 'Barnet skal have en voksen med.', 'Begge forældre skriver under for barnet.'],
  unge: ['* for unge under 18', 'En ung mellem 15 og 18 kan selv søge.', 'Den unge får svaret direkte.'],
  studerende: ['* for studerende', 'Studiekortet er bevis nok.', 'SU tæller med som indtægt for studerende.'],
  pensionister: ['* for pensionister', 'Pensionister får nedsat betaling.', 'Pensionsmeddelelsen er bevis nok.'],
  udland: ['* i udlandet', 'I et andet land gælder andre regler.', 'Ambassaden i udlandet kan hjælpe.'],
  selvbetjening: [
    '*: selvbetjening på nettet',
    'Løsningen findes på borger.dk.',
    'Selvbetjeningen er åben hele døgnet.',
  ],
  papir: ['* på papir, uden computer', 'Et skema kan sendes med posten.', 'Blanketten afleveres i borgerservice.'],
  tolk: ['*: hjælp med tolk', 'En tolk kan være med på skærmen.', 'Tolken har tavshedspligt.'],
  samliv: ['* når man bor sammen', 'Samlevere tæller med i beregningen.', 'Den, der flytter ind, skal oplyses.'],
  doedsfald: ['* efter et dødsfald', 'Skifteretten får besked om dødsfaldet.', 'De efterladte skal ikke gøre mere.'],
  adresse: [
    '* ved ny adresse',
    'Den nye adresse overføres af sig selv.',
    'Flytter man til en anden kommune, følger sagen med.',
  ],
  tilbagebetaling: ['Tilbagebetaling af *', 'For meget udbetalt kræves tilbage.', 'Man kan betale i rater.'],
  kontakt: ['*: hvem ringer man til?', 'Telefonen er åben om formiddagen.', 'Hotlinen besvarer korte spørgsmål.'],
}

/** Sentences that could stand anywhere, and do. */
const ANYWHERE = [
  'Kommunen svarer så hurtigt, som det er muligt.',
  'Medbring gyldig legitimation, når du møder op.',
  'Oplysningerne behandles fortroligt.',
  'Du får besked i Digital Post, når sagen er afgjort.',
  'Reglerne er de samme i hele landet.',
  'Spørg en kollega, hvis borgeren er i tvivl.',
  'Det er gratis at få vejledning.',
  'Bestil tid på nettet, før du kommer.',
  'Sagsbehandleren ringer, hvis noget mangler.',
  'Loven blev ændret for nylig, og gamle breve kan vise andre satser.',
  'Der kan være lang kø om mandagen.',
  'Borgeren bestemmer selv, hvem der må være med.',
  'Satsen reguleres hvert år i januar.',
  'Den, der har brug for det, kan få læst brevet op.',
  'Nogle bydele har egne kontorer med andre åbningstider.',
  'Beregningen bygger på de sidste tre måneder.',
] as const

/** Letters of an address for a word: `kørekort` → `koerekort`. */
const addressOf = (word: string) =>
  word.replaceAll('æ', 'ae').replaceAll('ø', 'oe').replaceAll('å', 'aa').replaceAll(' ', '-')

/** Compounds as Danish makes them: one of the first with one of the second is a word, and there are thousands. */
const FIRST_PARTS = (
  'sagsbehandler borger kommune social sundheds børne ungdoms ældre bolig skole bygge miljø trafik kultur fritids arbejds ' +
  'familie økonomi data forvaltnings'
).split(' ')
const LAST_PARTS = (
  'sag skema kontor udvalg afgørelse ordning konsulent samtale aftale gruppe plan regel bevilling team leder møde vejledning ' +
  'indsats forløb tilbud register besøg attest rapport notat centre beregning kvote ansvar krav løsning portal oversigt ' +
  'medarbejder ydelse kursus frist område tilsyn nævn'
).split(' ')
const ENDINGS = ['', 'en', 'er', 'erne', 's']
const COMPOUNDS_COUNT = 8

/** All of them, in Danish; ids as `koerekort-bortkommet`. The same seed gives the same articles. */
export function madeUpArticles(seed: number): WrittenArticle[] {
  const { next } = seededRandom(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T
  return Object.entries(SUBJECTS).flatMap(([subject, related]) =>
    Object.entries(ASPECTS).map(([aspect, [title, first, second]]): WrittenArticle => {
      const words = related.split(' ')
      const compound = () => `${pick([subject.replaceAll(' ', ''), ...FIRST_PARTS])}${pick(LAST_PARTS)}${pick(ENDINGS)}`
      const compounds = Array.from({ length: COMPOUNDS_COUNT }, compound).join(', ')
      const sentences = Array.from({ length: 12 }, () => pick(ANYWHERE))
      const body = [
        `Her står det, som en rådgiver skal vide om ${subject}. ${first} ${sentences.slice(0, 3).join(' ')}`,
        `## Det skal borgeren have med`,
        ...words.map((word) => `- ${word}: ${pick(ANYWHERE)}`),
        `## Bagefter`,
        `${second} ${sentences.slice(3, 7).join(' ')} Se også, hvad der gælder om ${pick(words)} og ${subject}.`,
        `## Værd at vide`,
        `${sentences.slice(7).join(' ')} Det kan også handle om ${compounds}.`,
      ].join('\n\n')
      const named = title.replace('*', subject)
      return {
        articleId: `${addressOf(subject)}-${aspect}`,
        title: named.charAt(0).toUpperCase() + named.slice(1),
        serviceId: null,
        matterIds: [],
        language: 'da',
        keywords: [],
        body,
        ...textOfMarkdown(body),
        validFrom: '2026-01-01',
        validUntil: null,
        owner: 'Redaktionen',
        lastChecked: '2026-11-01',
      }
    }),
  )
}
