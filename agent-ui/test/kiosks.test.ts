/** The supervisor looks after the screens. */
import t from 'tap'
import { boardTests, floorPage } from './board-page.ts'
import { openBrowser } from './browser.ts'
import { branded } from './people.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
t.setTimeout(240_000)

const pageTest = boardTests(browser)

pageTest(
  'what is the matter is told, and a screen is taken out of use and back',
  floorPage,
  async (t, { server, screen }) => {
    await screen.heading('Skærme')
    await screen.says('Der er ikke noget i vejen med nogen skærm.')
    const kioskId = branded<(typeof server.floor.kiosks)[number]['kioskId']>('kiosk-lufthavnen')
    const since = Date.now() - 3_600_000
    const faults = [{ part: 'camera' as const, since }]
    server.showFloor({
      kiosks: [{ kioskId, siteName: 'Københavns Lufthavn', silent: { heardAt: since }, faults, outOfOrder: null }],
    })
    await screen.says('Har ikke meldt sig siden')
    await screen.says('Kameraet virker ikke, siden')
    await screen.press('Tag ud af drift: Københavns Lufthavn, kiosk-lufthavnen')
    await screen.says('Af Niels Krogh.')
    t.match(server.asked.at(-1), { name: 'kiosk.order', body: { kioskId, isOutOfOrder: true } })
    await screen.press('Tag i brug igen: Københavns Lufthavn, kiosk-lufthavnen')
    await screen.saysNoMore('Af Niels Krogh.')
    t.match(server.asked.at(-1), { body: { kioskId, isOutOfOrder: false } })
    // One with which nothing is the matter.
    await screen.page.select('form[aria-label="En anden skærm"] select', 'kiosk-sundby')
    server.refusals.set('kiosk.order', 'unknown-place')
    await screen.press('Tag ud af drift')
    await screen.says('Stedet, køen eller skærmen findes ikke længere.')
    await screen.press('Tag ud af drift')
    await screen.find('button', 'Tag i brug igen: Sundby Bibliotek, kiosk-sundby')
  },
)
