/** The page of a day to come: what it asks for and says, and every state of it in both languages and both lights. */
import t from 'tap'
import { openBrowser, type Screen } from './browser.ts'
import { judge, looks, openLook } from './looks.ts'
import { forecastFor, whatIfResult } from './made-up-forecast.ts'
import { niels } from './people.ts'
import { ScriptedServer } from './scripted-server.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
// Screens take their time where many tests share a machine.
t.setTimeout(240_000)

const ROOTS = 'page|board|figures?|formula|report|tomorrow|roster|whatIf|title|error|language'

/** The cells of a table by its caption, row by row. */
const cellsOf = (screen: Screen, caption: string): Promise<string[][]> =>
  screen.page.$$eval(
    'table',
    (tables, wanted) => {
      const table = tables.find((each) => each.caption?.textContent === wanted)
      return [...(table?.rows ?? [])].map((row) => [...row.cells].map((cell) => cell.textContent.trim()))
    },
    caption,
  )

/** Chooses a file with that text, as somebody does from their spreadsheet. */
const sendFile = (screen: Screen, text: string): Promise<void> =>
  screen.page.$eval(
    '.roster-file input',
    (input, csv) => {
      const files = new DataTransfer()
      files.items.add(new File([csv], 'roster.csv', { type: 'text/csv' }))
      input.files = files.files
      input.dispatchEvent(new Event('change', { bubbles: true }))
    },
    text,
  )

for (const look of looks) {
  t.test(`a day to come: ${look.name}`, async (t) => {
    const server = await ScriptedServer.start()
    const { tomorrow } = server
    const path = '/agent/tomorrow.html?date=2026-11-30'
    const screen = await openLook(browser, server, look, { cookie: server.cookieOf(niels), path })
    const check = (name: string, selector: string) => judge(t, screen, `tomorrow ${name}`, selector, ROOTS)
    const later = () => screen.page.click('.report-steps button:nth-of-type(2)')
    try {
      await check('of a Monday', '.need')
      await screen.page.$$eval('details', (all) => all.forEach((each) => (each.open = true)))
      await check('with its tables', '.chart-table td')
      if (look.language === 'da') await wordsAndQuestions(screen)
      tomorrow.answer = (query) => forecastFor(query, { isPlanned: true })
      await screen.page.type('.roster-count', '7')
      await screen.page.click('.roster-tools form button')
      await screen.page.click('.roster-form button[type=submit]')
      await check('with a roster', '.line-planned')
      const [saved] = tomorrow.planned
      t.equal(saved !== undefined && 'counts' in saved && saved.counts.length, 24)
      t.ok(saved !== undefined && 'counts' in saved && saved.counts.every(({ agentsCount }) => agentsCount === 7))
      await screen.page.type('.roster-field input', 'x')
      await screen.page.click('.roster-form button[type=submit]')
      await check('with a roster that is none', '.roster-outcome[role=alert]')
      t.equal(tomorrow.planned.length, 1)
      const text = 'citizen.da;2026-11-30;09:10;4'
      tomorrow.rosterAnswer = { writtenCount: 0, faultsCount: 31, faults: [{ line: 2, code: 'time', text }] }
      await sendFile(screen, text)
      await check('with a file that is refused', '.roster-outcome li')
      t.same(tomorrow.planned.at(-1), { csv: text })
      tomorrow.rosterAnswer = 'not-ready'
      await sendFile(screen, text)
      await check('with a roster that cannot be kept', 'p.roster-outcome[role=alert]')
      const question = { queueId: 'citizen.ar', date: '2026-11-23', moreCount: -1 } as never
      tomorrow.whatIf = { kind: 'running', question }
      await screen.page.click('[aria-labelledby=what-if-title] button')
      await check('while a day is run again', '[aria-labelledby=what-if-title][aria-busy=true] .spinner')
      tomorrow.whatIf = { kind: 'done', question, result: whatIfResult(-0.12) }
      await check('with what would have been', '[aria-labelledby=what-if-title] td')
      t.match(tomorrow.whatIfAsked, [{ date: '2026-11-23', moreCount: -1 }])
      t.match(await screen.text(), look.language === 'da' ? /−12 .*point/ : /−12 .*points/)
      tomorrow.whatIf = 'too-many-requests'
      await screen.page.click('[aria-labelledby=what-if-title] button')
      await check('while another is worked on', '[aria-labelledby=what-if-title] [role=alert]')
      tomorrow.whatIf = { kind: 'failed', question, code: 'differs' }
      await screen.page.click('[aria-labelledby=what-if-title] button')
      await screen.says(look.language === 'da' ? 'Dagen kan ikke køres igen' : 'The day cannot be run again')
      tomorrow.answer = (query) => forecastFor(query, { abandonedCount: 4 })
      await later()
      await check('where too few gave up', '.need')
      t.match(await screen.text(), look.language === 'da' ? /Erlang C: ingen går/ : /Erlang C: nobody leaves/)
      tomorrow.answer = (query) => forecastFor(query, { daysCount: 2 })
      await later()
      await check('with too little history', '.figures-state[role=status]:not([aria-busy])')
      t.match(await screen.text(), look.language === 'da' ? /Ved ikke/ : /Unknown/)
      tomorrow.answer = (query) => forecastFor(query, { isClosed: true, holidayName: '1. juledag' })
      await later()
      await screen.says('1. juledag')
      await check('that is closed', '.figures-state[role=status]:not([aria-busy])')
      let give = (): void => undefined
      const held = new Promise<void>((resolve) => (give = resolve))
      tomorrow.answer = async (query) => {
        await held
        return forecastFor(query)
      }
      await later()
      await check('on its way', '.figures-state[aria-busy=true]')
      give()
      await screen.page.waitForSelector('.need')
      tomorrow.answer = () => 'not-ready'
      await later()
      await check('that does not come', '.figures-state[role=alert]')
      await screen.page.setOfflineMode(true)
      await later()
      await check('without a network', '.figures-state[role=alert]')
      t.match(await screen.text(), look.language === 'da' ? /kunne ikke hentes/ : /could not be loaded/)
      await screen.page.setOfflineMode(false)
      t.same(screen.complaints, [])
      t.same(server.bugs, [])
    } finally {
      await screen.close()
      await server.stop()
    }

    /** What is drawn is told in words and as a table; another queue and target are asked for, and stand in the address. */
    async function wordsAndQuestions(page: Screen): Promise<void> {
      const [head, first, ...rest] = await cellsOf(page, 'Opkald pr. kvarter')
      t.same(head, ['Kvarter', 'Ventet', 'Fra', 'Til'])
      t.same(first?.slice(0, 2), ['09.00', '3'])
      t.equal(rest.length, 23)
      t.match(await page.text(), /Der ventes 125 opkald, fire dage ud af fem mellem \d+ og \d+\. Flest kl\. 10\.30/)
      const needs = await cellsOf(page, 'Medarbejdere pr. kvarter')
      t.ok(needs.slice(1).every(([, a, aHigh, c, cHigh]) => Number(a) <= Number(c) && Number(aHigh) <= Number(cHigh)))
      const chosen = await page.page.$eval('select[name=level]', (field) => [
        field.value,
        field.selectedOptions[0]?.text,
      ])
      t.match(
        chosen,
        ['85', /^85\s?% .*\((målet i reglerne|the target of the rules)\)$/],
        'the page starts from the policy',
      )
      await page.page.select('select[name=queue]', 'citizen.ar')
      await page.page.waitForSelector('.need')
      await page.page.select('select[name=level]', '95')
      await page.says('95 %')
      await page.page.waitForSelector('.need')
      const asked = { queue: 'citizen.ar', date: '2026-11-30', level: '95' }
      t.same(tomorrow.asked.at(-1), asked)
      t.equal(new URL(page.page.url()).search, `?${new URLSearchParams(asked)}`)
      await page.page.select('select[name=level]', '85')
      await page.page.waitForSelector('.need')
      t.same(
        tomorrow.asked.at(-1),
        { queue: 'citizen.ar', date: '2026-11-30' },
        'the policy’s own is not asked for by number',
      )
    }
  })
}
