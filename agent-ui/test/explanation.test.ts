/** «Why did the call wait?», on the supervisor's page. */
import t from 'tap'
import { boardTests, floorPage } from './board-page.ts'
import { openBrowser } from './browser.ts'
import { explanation } from './explained-calls.ts'
import { CALL_ID, branded, niels } from './people.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
// Screens take their time where many tests share a machine.
t.setTimeout(240_000)

const pageTest = boardTests(browser)
const callPage = { path: `/agent/supervisor.html#call=${CALL_ID}`, who: niels }
const OTHER_CALL_ID = '5d2c7f0e-6f0a-4c8e-9a51-3f2f7c1f9a11'

pageTest('from the floor to a call by its id, and back', floorPage, async (t, { screen }) => {
  await screen.press('Et opkald', 'link')
  await screen.heading('Hvorfor ventede opkaldet?')
  await screen.says('Indsæt id’et på et opkald')
  await screen.fill('Opkaldets id', '12345')
  await screen.press('Vis')
  await screen.says('Det ligner ikke et opkalds id.')
  await screen.fill('Opkaldets id', `  https://skranke.example/supervisor/#call=${CALL_ID.toUpperCase()} `)
  await screen.press('Vis')
  await screen.says(
    'Opkaldet ventede 6 min: 4 stod foran, to medarbejdere kunne tage det, og ét tilbud blev ikke besvaret.',
  )
  t.equal(new URL(screen.page.url()).hash, `#call=${CALL_ID}`)
  await screen.press('Overblik', 'link')
  await screen.find('heading', 'Venter nu')
  await screen.page.goBack()
  await screen.says('Opkaldet ventede 6 min')
})

pageTest('a call in full: its course, who could, who could not, and the rules', callPage, async (t, { screen }) => {
  await screen.heading('Sådan gik det')
  await screen.says('Borgeren fik lovet 4–7 min. Det holdt.')
  const course = await screen.page.$$eval('.timeline > li', (entries) =>
    entries.map((entry) => entry.textContent ?? ''),
  )
  t.match(course, [
    /^14\.30\.00Borgeren trykkede på hjælp/,
    /^14\.30\.00Opkaldet fik sin plads i køen: 4 stod foran/,
    /^14\.31\.30Et krav blev lempet/,
    /^14\.31\.35Borgeren fik tilbudt at komme igen/,
    /^14\.31\.50Ringede hos Erik Dahl: svarede ikke/,
    /^14\.32\.20Andet: kiosk\.polished/,
    /^14\.33\.40Ringede hos Dorte Skov: afviste med grunden «Jeg kender borgeren».*Hjalp et andet center.*Begrundelsen er ikke gemt/,
    /^14\.35\.30Ringede hos Sara Holm: tog opkaldet/,
    /^14\.36\.12Begge havde billede eller lyd/,
    /^14\.36\.20Systemet bad en tolk med i samtalen/,
    /^14\.36\.40Tolken kom med i samtalen/,
    /^14\.37\.00En kollega blev bedt med i samtalen/,
    /^14\.37\.20Der blev ikke længere spurgt efter en kollega/,
    /^14\.43\.20Borgeren lagde på/,
    /^14\.43\.20Opkaldet var slut: besvaret/,
  ])
  await screen.page.$$eval('.timeline summary', (all) => (all.at(-1) as HTMLElement).click())
  await screen.says('Kunne ikke få det')
  for (const words of [
    'og 20 flere',
    '31 var i samtale: Amal Yusuf, Iben Toft og 29 flere',
    '2 mangler Borgerservice på det trin: Gry Bang, Hans Friis',
    '1 måtte vente, fordi opkaldet var holdt til en anden',
    'Borgerservice, mindst trin 3; Dansk, mindst trin 1',
    '2026-12-01',
  ]) {
    await screen.says(words)
  }
  await screen.press(OTHER_CALL_ID, 'link')
  await screen.page.waitForFunction((id) => location.hash === `#call=${id}`, {}, OTHER_CALL_ID)
  await screen.says('Opkaldet ventede 6 min')
})

pageTest('the sentence fits how the call went', callPage, async (_t, { server, screen }) => {
  await screen.says('Opkaldet ventede 6 min')
  const { wait } = explanation()
  const plain = { ...wait, aheadCount: 0, ableAgentsCount: null, offersExpiredCount: 0 }
  const cases = [
    [{ wait: plain, promise: null }, 'Opkaldet ventede 6 min.'],
    [
      {
        outcome: 'abandoned',
        answeredAt: null,
        wait: { ...wait, waitMs: 45_000, aheadCount: 1, ableAgentsCount: 0, offersExpiredCount: 0 },
      },
      'Borgeren gik efter 45 s: én stod foran, og ingen på arbejde kunne tage det.',
    ],
    [
      {
        outcome: null,
        endReason: null,
        answeredAt: null,
        endedAt: null,
        wait: { ...plain, stepsOpenedCount: 1, awayMs: 130_000, lostMs: 20_000 },
      },
      'Opkaldet venter stadig, 6 min indtil nu: kravene blev lempet én gang, borgeren var væk med sin billet i 2 min 10 s, og skærmens forbindelse var væk i 20 s.',
    ],
    [
      { outcome: 'full', endReason: 'queue-full', answeredAt: null },
      'Opkaldet blev ikke lukket ind, fordi køen var så lang',
    ],
    [{ outcome: 'closed', endReason: 'last-entry', answeredAt: null }, 'fordi ingen kunne nå at svare før lukketid.'],
    [{ outcome: 'paused', endReason: 'queue-paused', answeredAt: null }, 'fordi køen var sat på pause.'],
    [
      { outcome: 'expired', endReason: 'ticket-lapsed', answeredAt: null },
      'Billetten blev kaldt efter 6 min, og ingen kom',
    ],
    [
      { outcome: 'failed', endReason: 'media-lost', answeredAt: null },
      'Opkaldet blev afbrudt af en teknisk fejl efter 6 min',
    ],
    [
      { outcome: 'failed', endReason: 'agent-hung-up', answeredAt: null },
      'Medarbejderen lagde på efter 6 min, før der var',
    ],
    [{ promise: { p50Ms: 0, p80Ms: 50_000, isKept: false } }, 'Borgeren fik lovet under 1 min. Det holdt ikke.'],
  ] as const
  for (const [changes, words] of cases) {
    server.explain = (callId) => explanation({ callId: branded(callId), ...changes })
    await screen.page.reload()
    await screen.says(words)
  }
})

pageTest('a call that waits is looked at again', callPage, async (_t, { server, screen }) => {
  await screen.says('Opkaldet ventede 6 min')
  const open = { outcome: null, endReason: null, answeredAt: null, endedAt: null, promise: null }
  server.explain = () => explanation(open)
  await screen.page.reload()
  await screen.says('Opkaldet venter stadig')
  server.explain = () => explanation()
  await screen.press('Hent igen')
  await screen.says('Opkaldet ventede 6 min')
})

pageTest('calls nobody knows, and explanations that do not come', callPage, async (t, { server, screen }) => {
  await screen.says('Opkaldet ventede 6 min')
  server.explain = () => 'unknown-call'
  await screen.page.reload()
  await screen.says('Vi kender ikke et opkald med det id.')
  server.explain = () => 'not-ready'
  await screen.press('Prøv igen')
  await screen.says('Forklaringen kunne ikke hentes. Serveren er ved at starte.')
  await screen.page.setOfflineMode(true)
  await screen.press('Prøv igen')
  await screen.says('Serveren svarer ikke.')
  await screen.page.setOfflineMode(false)
  server.explain = () => explanation()
  await screen.press('Prøv igen')
  await screen.says('Opkaldet ventede 6 min')
  server.explain = () => 'not-signed-in'
  await screen.page.reload()
  await screen.heading('Log ind')
  t.equal(await screen.page.$('.explanation'), null)
})
