/** The supervisor looks after the screens. */
import t from 'tap'
import { boardTests, floorPage } from './board-page.ts'
import { openBrowser } from './browser.ts'
import { judge } from './looks.ts'
import { branded } from './people.ts'
import { GOOD_CODE } from './scripted-kiosk-keys.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
t.setTimeout(240_000)

const ROOTS = 'kiosks|keys|machine|sheet|enrol|page|error'

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

pageTest(
  'a screen is set up by its code, cared for from afar, and blocked',
  floorPage,
  async (t, { server, screen }) => {
    const { kioskKeys } = server
    const form = 'form[aria-label="Sæt skærme op"]'
    await screen.press('Sæt en skærm op eller spær den')
    await screen.page.waitForSelector(`${form} select`)
    await screen.page.select(`${form} select`, 'kiosk-sundby')
    await screen.says('Der er ikke sat nogen skærm op her.')
    await screen.fill('Koden på skærmen', 'aaaa-aaaa')
    await screen.press('Sæt op')
    await screen.says('Ingen skærm viser den kode lige nu.')
    await judge(t, screen, 'a code that is none', '.fault', ROOTS)
    await screen.fill('Koden på skærmen', ' k7mq 4xrt')
    await screen.press('Sæt op')
    await screen.says('Skærmen er sat op og går i gang om et øjeblik.')
    t.same(kioskKeys.asked.at(-1), { path: 'enrol', body: { code: GOOD_CODE, kioskId: 'kiosk-sundby' } })

    await screen.page.select(`${form} select`, 'kiosk-valby')
    await screen.says('Viser en ældre udgave af siden.')
    await screen.says('Siden bruger 84 MB.')
    await screen.press('Hent siden på ny, når ingen er der')
    await screen.says('Skærmen har fået besked.')
    t.same(kioskKeys.asked.at(-1), { path: 'order', body: { kioskId: 'kiosk-valby', order: 'reload' } })
    await judge(t, screen, 'a screen that is set up', '.keys-chosen', ROOTS)
    await screen.press('Spær skærmen')
    await screen.press('Nej, lad den være')
    await screen.press('Spær skærmen')
    await screen.press('Ja, spær den')
    await screen.says('Der er ikke sat nogen skærm op her.')
    t.same(kioskKeys.asked.at(-1), { path: 'revoke', body: { kioskId: 'kiosk-valby' } })
  },
)

pageTest('one screen gets a message, which is taken down', floorPage, async (t, { server, screen }) => {
  const form = 'form[aria-labelledby=kiosk-message-title]'
  await screen.page.waitForSelector(`${form} option[value=kiosk-sundby]`)
  await screen.page.select(`${form} select`, 'kiosk-sundby')
  t.ok(await screen.page.$(`${form} button.primary:disabled`), 'not without words')
  await screen.page.type(`${form} input[name=kiosk-da]`, 'Hovedtelefonerne er til reparation')
  await screen.page.select(`${form} label:last-of-type select`, 'until-taken-down')
  await screen.press('Vis på skærmen')
  await screen.says('Sundby Bibliotek, kiosk-sundby. Fra Niels Krogh. Vises til')
  const words = { da: 'Hovedtelefonerne er til reparation' }
  const body = { kioskId: 'kiosk-sundby', words, lasts: 'until-taken-down' }
  t.match(server.asked.at(-1), { name: 'kiosk.show-message', body })
  await screen.says('Den nye kommer i stedet.')
  await screen.says('Der står ingen besked på skærmene.')
  await judge(t, screen, 'a message on one screen', `${form} .notices-list`, `${ROOTS}|kioskMessage|notices`)
  server.refusals.set('notice.take-back', 'not-ready')
  await screen.press('Tag beskeden ned: Sundby Bibliotek, kiosk-sundby')
  await screen.page.waitForSelector(`${form} .fault`)
  await screen.press('Tag beskeden ned: Sundby Bibliotek, kiosk-sundby')
  await screen.page.waitForSelector(`${form} .notices-list`, { hidden: true })
})

pageTest('a screen that is nobody yet', { path: '/agent/enrol.html', who: null }, async (t, { server, screen }) => {
  await screen.says('K7MQ')
  for (const [width, height] of [
    [1080, 1920],
    [1920, 1080],
  ] as const) {
    await screen.page.setViewport({ width, height })
    const isWhole = await screen.page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement
      return scrollWidth <= innerWidth && scrollHeight <= innerHeight
    })
    t.ok(isWhole, `nothing lies beside the glass of ${width} × ${height}`)
    await judge(t, screen, `a code at ${height}`, '.enrol-code', ROOTS)
  }
  await screen.press('English')
  await screen.says('This screen is to be set up')
  server.kioskKeys.isFull = true
  await screen.page.reload()
  await screen.says('Too many screens wait')
  await judge(t, screen, 'too many screens', '.enrol-card', ROOTS)
})
