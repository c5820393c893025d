/** The reports page: what it asks for, what it says, and that a link says the same. Charts are asked by their tables. */
import { gzipSync } from 'node:zlib'
import t from 'tap'
import { boardTests, reportsPage } from './board-page.ts'
import { openBrowser, type Screen } from './browser.ts'
import { reportFor, reportReply } from './made-up-reports.ts'
import { sara } from './people.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
// Screens take their time where many tests share a machine.
t.setTimeout(240_000)

const pageTest = boardTests(browser)
const WEEK = '?from=2026-11-23&to=2026-11-29'
const week = { ...reportsPage, path: `/agent/reports.html${WEEK}` }

/** The cells of a table by its caption, row by row, as they are read. */
const cellsOf = (screen: Screen, caption: string): Promise<string[][]> =>
  screen.page.$$eval(
    'table',
    (tables, wanted) => {
      const table = tables.find((each) => each.caption?.textContent?.startsWith(wanted))
      return [...(table?.rows ?? [])].map((row) =>
        [...row.cells].map((cell) => {
          const copy = cell.cloneNode(true) as HTMLElement
          for (const tip of copy.querySelectorAll('[role=tooltip], [aria-hidden]')) tip.remove()
          return (copy.textContent ?? '').replaceAll(/\s+/g, ' ').trim()
        }),
      )
    },
    caption,
  )

/** Waits until the page has answered what it was asked. */
const answered = (screen: Screen) =>
  screen.page.waitForFunction(() => document.querySelector('main table') && !document.querySelector('[aria-busy=true]'))

const choose = (screen: Screen, name: string, value: string) => screen.page.select(`select[name=${name}]`, value)

pageTest('eight service levels, each with its formula and its interval', week, async (t, { screen }) => {
  await screen.heading('De otte serviceniveauer')
  const [, ...levels] = await cellsOf(screen, 'De otte serviceniveauer')
  t.equal(levels.length, 8)
  const headline = levels.filter(([name]) => name?.endsWith('Kommunens'))
  t.equal(headline.length, 1)
  t.match(headline[0]?.join(' '), /SL_short = A_T \/ \(A \+ B − B_s\) \d\d(,\d)?\s% \d\d(,\d)?–\d\d(,\d)?\s% .*\d+$/)
  t.match(levels.map(([, formula]) => formula).join('\n'), /SL_late = A_T \/ \(A \+ B_\{>T\}\)/)

  // On focus, as the description, and gone with Escape.
  const { page } = screen
  const heading = await page.waitForSelector('.report-table thead .with-formula button')
  await heading?.focus()
  await page.waitForSelector('.formula-tip.is-shown')
  const described = heading === null ? null : await page.accessibility.snapshot({ root: heading })
  t.match(described?.description, /Opkald, der kom ind i køen/)
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => document.querySelector('.formula-tip.is-shown') === null)
  await page.hover('.report-table thead th:nth-child(5) button')
  await page.waitForFunction(() =>
    /SL_short =/.test(document.querySelector('.formula-tip.is-shown')?.textContent ?? ''),
  )
})

pageTest('every chart has its table', week, async (t, { server, screen }) => {
  await answered(screen)
  const heat = await cellsOf(screen, 'Ugedage og timer')
  t.same(
    heat.map(([day]) => day),
    ['Ugedag', 'mandag', 'tirsdag', 'onsdag', 'torsdag', 'fredag', 'lørdag', 'søndag'],
  )
  t.same(heat[1]?.slice(1, 4), ['7', '12', '15'])
  t.equal(heat[7]?.[1], 'ingen opkald')
  await screen.page.click('.chart-card .report-presets button:nth-child(4)')
  t.equal((await cellsOf(screen, 'Ugedage og timer'))[1]?.[1], '2:22')

  const waits = await cellsOf(screen, 'Så længe ventede')
  t.same(waits[1]?.slice(0, 2), ['0:00–0:05', '9'])
  t.match(waits.at(-1), [/over 20:00/, '1'])
  await screen.says('Halvdelen fik svar inden 0:31, ni af ti inden 2:22. Den længste ventetid af alle var 10:11.')

  const flow = await cellsOf(screen, 'Fra henvendelse')
  t.match(flow[1], ['Pas og kørekort → Besvaret', '275'])
  t.ok(flow.some(([name]) => name === 'Besvaret → Løst første gang'))
  const line = await cellsOf(screen, 'Opkald over tid')
  t.match(line[1]?.[1], /^\d+$/)
  t.ok(line.length > 5)
  const callbacks = await cellsOf(screen, 'Lovede opkald')
  t.same(callbacks[1]?.slice(0, 7), ['Borgerservice · Dansk', '40', '26', '5', '2', '4', '3'])
  t.match(callbacks[1]?.[7], /^91,2\s% \(\d\d(,\d)?–\d\d(,\d)?\s%\)$/)
  t.match(callbacks.at(-1), ['I alt', '84'])
  const pictures = await screen.page.$$eval('svg[role=img]', (all) =>
    all.map((svg) => svg.getAttribute('aria-label') ?? ''),
  )
  t.equal(pictures.filter((words) => words.length > 20).length, 4, 'each picture says in a sentence what it shows')
  t.equal(server.reports.asked.length, 4, 'another measure of the same is not asked for again')
})

pageTest(
  'what is chosen stands in the address, and a link opens the same report',
  week,
  async (t, { server, screen }) => {
    await answered(screen)
    await choose(screen, 'group', 'site')
    await answered(screen)
    await choose(screen, 'interval', 'day')
    await answered(screen)
    await choose(screen, 'compare', 'before')
    await screen.says('sammenlignet med Uge 47, 2026')
    await screen.press('Serviceniveauer')
    await screen.page.click('.report-filter:nth-child(6) summary')
    await screen.page.click('.report-filter:nth-child(6) input')
    await screen.says('Kun Sprog:')
    t.equal(
      await screen.page.$eval('.report-filter:nth-child(6)', (filter) => filter.hasAttribute('open')),
      true,
      'stays open for the next',
    )
    await answered(screen)
    const rows = await cellsOf(screen, 'Tallene')
    t.match(rows[1], [
      /man\.? ?d?\.? ?23\. nov\. 2026/,
      'Københavns Hovedbibliotek',
      /^\d+ ?før \d+ \([+−±]\d*\)$/,
      /–.*%.*før/,
    ])
    const wanted = { from: '2026-11-23', to: '2026-11-30', compareFrom: '2026-11-16', language: /^(ar|da)$/ }
    t.match(
      server.reports.asked.findLast(({ group }) => group === 'site'),
      { ...wanted, interval: 'day' },
    )

    const address = new URL(screen.page.url())
    t.match(Object.fromEntries(address.searchParams), {
      group: 'site',
      interval: 'day',
      compare: 'before',
      set: 'levels',
    })
    await screen.page.goto(address.href)
    await answered(screen)
    t.same(await cellsOf(screen, 'Tallene'), rows)
    const files = await screen.page.$$eval('.report-files a', (links) =>
      links.map((link) => link.getAttribute('href') ?? ''),
    )
    t.match(files, [/group=site.*compareFrom=2026-11-16.*format=csv$/, /format=xlsx$/])

    await screen.press('Senere ▸')
    await screen.says('Uge 49, 2026')
    await screen.page.goBack()
    await screen.says('Uge 48, 2026')
    await answered(screen)
    t.same(await cellsOf(screen, 'Tallene'), rows)
  },
)

pageTest('nothing came, too much, a server that fails, and none', week, async (t, { server, screen }) => {
  await answered(screen)
  const { reports } = server
  reports.answer = () => reportReply({})
  await screen.press('◂ Tidligere')
  await screen.says('Der var ingen opkald i den periode.')

  reports.answer = () => 'bad-request'
  await screen.press('◂ Tidligere')
  await screen.says('flere end 1.000 rækker')
  reports.answer = () => 'not-ready'
  await screen.press('Prøv igen')
  await screen.says('Tallene kunne ikke hentes. Serveren er ved at starte.')
  await screen.page.setOfflineMode(true)
  await screen.press('Prøv igen')
  await screen.page.waitForFunction(() =>
    /svarer ikke|forbindelse/i.test(document.querySelector('[role=alert]')?.textContent ?? ''),
  )
  await screen.page.setOfflineMode(false)

  // One chart alone that does not come leaves the others.
  reports.answer = (query) => (query['interval'] === 'weekday-hour' ? 'not-ready' : reportFor(query))
  await screen.press('Prøv igen')
  await screen.heading('Fra henvendelse til udfald')
  await screen.page.waitForFunction(() => document.querySelectorAll('.chart-missing button').length === 1)
  t.ok((await cellsOf(screen, 'Tallene')).length > 2)
  reports.answer = reportFor
  await screen.press('Prøv igen')
  await screen.page.waitForSelector('.heat')
})

pageTest('the report on the page is sent by e-mail from now on', week, async (t, { server: { reports }, screen }) => {
  await answered(screen)
  await choose(screen, 'group', 'site')
  await answered(screen)
  // What loads above it may move it.
  await screen.page.$eval('.report-mails > summary', (summary) => summary.click())
  await screen.says('Ugen på bibliotekerne')
  await screen.says('leder@example.org, chef@example.org')
  await screen.says('Mailserveren afviste en adresse.')
  await screen.says('Har ikke kunnet sendes siden 1. nov.')
  await screen.says('Dag · Sted · Område: Bibliotek')
  await screen.page.type('input[name=mail-title]', 'Stederne')
  await screen.page.type('input[name=mail-to]', 'a@example.org, b@example.org')
  await screen.page.select('select[name=mail-every]', 'month')
  await screen.press('Send fast')
  await screen.says('Bliver sendt, når måneden er slut')
  t.equal(await screen.page.$eval('input[name=mail-title]', (field) => field.value), '', 'ready for the next')
  const kept = typeof reports.mails === 'string' ? undefined : reports.mails.mails.at(-1)
  t.match(kept, { title: 'Stederne', every: 'month', question: 'interval=whole&group=site' })
  t.same(kept?.recipients, ['a@example.org', 'b@example.org'])
  await screen.page.$eval('.mail-list li:nth-child(2) button', (button) => button.click())
  await screen.page.waitForFunction(() => document.querySelectorAll('.mail-list li').length === 2)
  reports.mails = 'not-ready'
  await screen.page.$eval('.mail-list li:first-child button', (button) => button.click())
  await screen.says('Serveren er ved at starte.')
  t.equal((await screen.page.$$('.mail-list li')).length, 2, 'what is known stays')
})

pageTest('a supervisor sees the people of their centre, by name, and asks for it', week, async (t, parts) => {
  const { server, screen } = parts
  await answered(screen)
  t.same(server.reports.agentsAsked, [], 'nobody is looked at by the way')
  await screen.page.click('.report-agents > summary')
  await screen.says('Kun du og medarbejderen selv kan se tallene.')
  await screen.page.waitForSelector('.report-agents table')
  const [head, ...rows] = await cellsOf(screen, 'Medarbejderne')
  t.same(head?.slice(0, 3), ['Medarbejder', 'Opkald', 'I opkald'])
  t.same(
    rows.map(([name, calls]) => [name, calls]),
    [
      ['Amal Hassan', '23'],
      ['Sara Holm', '27'],
      ['Zoe Åkesson', '31'],
    ],
  )
  t.equal((await screen.page.$$('.report-agents thead .sort')).length, 0, 'no ranking')
  t.match(rows[1]?.[6], /^\d\d(,\d)?\s%$/, 'time of time has no interval')
  t.match(rows[1]?.[8], /^87,1\s%\d\d(,\d)?–\d\d(,\d)?\s%$/)
  await screen.page.select('select[name=own-interval]', 'day')
  await screen.page.waitForFunction(() => document.querySelectorAll('.report-agents tbody tr').length === 9)
  t.match(server.reports.agentsAsked.at(-1), { from: '2026-11-23', to: '2026-11-30', interval: 'day' })
})

const ownWeek = { path: `/agent/reports.html${WEEK}`, who: sara }
pageTest('an agent sees themselves and nobody else', ownWeek, async (t, { server, screen }) => {
  await screen.page.waitForSelector('table')
  const [head, ...rows] = await cellsOf(screen, 'Medarbejderne')
  t.same(head?.slice(0, 2), ['Interval', 'Opkald'])
  t.same(
    rows.map(([, calls]) => calls),
    ['31'],
  )
  await screen.press('Senere ▸')
  await screen.says('Uge 49, 2026')
  await screen.page.waitForSelector('table')
  t.match(server.reports.agentsAsked.at(-1), { from: '2026-11-30', to: '2026-12-07' })
  t.same(server.reports.asked, [], 'reports of calls are for supervisors')
  t.same(await screen.page.$$eval('nav a', (links) => links.map((link) => link.getAttribute('href'))), [
    '/agent/',
    '/agent/reports.html',
  ])
})

pageTest('what cannot be asked is not', week, async (t, { server, screen }) => {
  await answered(screen)
  const before = server.reports.asked.length
  for (const [from, to, words] of [
    ['2026-11-29', '2026-11-23', 'Den første dag skal ligge før den sidste.'],
    ['2025-01-01', '2026-11-29', 'En rapport kan højst være et år lang.'],
  ] as const) {
    for (const [name, value] of [
      ['from', from],
      ['to', to],
    ] as const) {
      await screen.page.$eval(
        `input[name=${name}]`,
        (field, day) => {
          field.value = day
          field.dispatchEvent(new Event('input', { bubbles: true }))
        },
        value,
      )
    }
    await screen.press('Vis periode')
    await screen.says(words)
  }
  t.equal(await screen.page.$eval('.report-steps button', (button) => (button as HTMLButtonElement).disabled), true)
  await screen.press('I år')
  await answered(screen)
  const asked = server.reports.asked.length
  await choose(screen, 'interval', 'quarter-hour')
  await screen.says('flere end 1.000 rækker')
  t.equal(server.reports.asked.length, asked)
  t.equal(asked, before + 4)
})

pageTest('the page is light, and the wall knows nothing of it', week, async (t, { server, screen }) => {
  await answered(screen)
  const weigh = async (path: string) => {
    const html = await (await fetch(`${server.url}${path}`)).text()
    const files = [...html.matchAll(/(?:src|href)="(\/agent\/assets\/[^"]+\.(?:js|css))"/g)].map(
      ([, file]) => file ?? '',
    )
    const sizes = await Promise.all(
      files.map(async (file) => gzipSync(await (await fetch(server.url + file)).bytes()).length),
    )
    return { files, kib: sizes.reduce((sum, size) => sum + size, 0) / 1024 }
  }
  const reports = await weigh('/agent/reports.html')
  const wall = await weigh('/agent/supervisor.html')
  t.comment(`reports ${reports.kib.toFixed(1)} KiB, wall ${wall.kib.toFixed(1)} KiB, gzipped`)
  t.ok(reports.files.length > 1 && reports.kib < 110)
  t.notOk(wall.files.some((file) => file.includes('/reports-')))
  const paintedMs = await screen.page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 9e9,
  )
  t.comment(`first contentful paint ${Math.round(paintedMs)} ms`)
})
