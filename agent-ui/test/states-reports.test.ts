/** Every state of the reports page, in both languages and both lights, on a desk and on a large screen. */
import t from 'tap'
import { openBrowser } from './browser.ts'
import { judge, looks, openLook } from './looks.ts'
import { reportFor, reportReply } from './made-up-reports.ts'
import { niels, sara } from './people.ts'
import { ScriptedServer } from './scripted-server.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
// Screens take their time where many tests share a machine.
t.setTimeout(240_000)

const ROOTS =
  'page|board|mail|callbackReport|agentFigure|figures?|formula|report|reportFigure|reportFormula|range|title|error|language'
const large = { name: 'English, dark, large', language: 'en', isDark: true, width: 1920, height: 1080 } as const

for (const look of [...looks, large]) {
  t.test(`reports: ${look.name}`, async (t) => {
    const server = await ScriptedServer.start()
    const { reports } = server
    try {
      const path = '/agent/reports.html?from=2026-11-23&to=2026-11-29&compare=before&site=sundby'
      const screen = await openLook(browser, server, look as never, { cookie: server.cookieOf(niels), path })
      const check = (name: string, selector: string) => judge(t, screen, `reports ${name}`, selector, ROOTS)
      const later = () => screen.page.click('.report-steps button:last-child')
      await screen.page.waitForSelector('.heat')
      await check('of a week', '.band')
      await screen.page.$$eval('details.chart-table', (all) => all.forEach((each) => (each.open = true)))
      await screen.page.click('.report-sets button:nth-child(5)')
      await screen.page.click('.report-filter:nth-child(4) summary')
      await screen.page.focus('.report-table thead .with-formula button')
      await check('with tables, a filter and a formula', '.formula-tip.is-shown')
      await screen.page.click('.report-agents > summary')
      await check('of the people of a centre', '.report-agents table')
      await screen.page.click('.report-agents > summary')
      const openMails = () => screen.page.click('.report-mails > summary')
      await openMails()
      await check('by e-mail', '.mail-list .mail-warning')
      await openMails()
      if (look.width === 1280) {
        reports.mails = { canSend: false, mails: [] }
        await openMails()
        await check('by e-mail without any and without a mail server', '.report-mails-content > .mail-warning')
        reports.mails = 'not-ready'
        await openMails()
        await openMails()
        await check('by e-mail that do not come', '.report-mails [role=alert]')
        await openMails()
        await screen.page.emulateMediaType('print')
        await check('printed', '.heat')
        await screen.page.emulateMediaType('screen')
        let give = (): void => undefined
        const held = new Promise<void>((resolve) => (give = resolve))
        reports.answer = async (query) => {
          await held
          return reportFor(query)
        }
        await later()
        await check('on its way', '.figures-state[aria-busy=true]')
        give()
        await screen.page.waitForSelector('.heat')
        reports.answer = () => reportReply({})
        await later()
        await check('with nothing in it', '.figures-state[role=status]')
        reports.answer = (query) => (query['interval'] === 'weekday-hour' ? 'not-ready' : reportFor(query))
        await later()
        await check('with a chart that does not come', '.chart-missing button')
      }
      reports.answer = () => 'not-ready'
      await later()
      await check('that does not come', '.figures-state[role=alert]')
      await screen.page.select('select[name=interval]', 'quarter-hour')
      await screen.page.click('.report-presets button:last-child')
      await check('of too many rows', '.report-fault')
      t.same(screen.complaints, [])
      await screen.close()
      if (look.width === 320) {
        const own = await openLook(browser, server, look as never, { cookie: server.cookieOf(sara), path })
        await judge(t, own, 'reports for an agent', 'table', ROOTS)
        t.same(own.complaints, [])
        await own.close()
      }
    } finally {
      await server.stop()
    }
  })
}
