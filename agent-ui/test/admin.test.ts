/** The page of administrators on a real city: lists, forms, opening times, text, who changed what, and every way it can go wrong. */
import t from 'tap'
import { calendarWeek, weekOf } from '../admin/week.ts'
import { openBrowser } from './browser.ts'
import { openConfiguredCity } from './configured-city.ts'
import { judge, looks, openLook } from './looks.ts'

// Screens take their time where many tests share a machine.
t.setTimeout(240_000)

const ROOTS = 'page|board|admin|fault|field|keys|title|error|language|site|attribute'

t.test('times by weekday are written as they are read', async (t) => {
  const week = { 'mon-wed': ['09:00-15:00'], thu: ['09:00-15:00', '16:00-24:00'], 'sat-sun': ['10:00-12:00'] }
  t.same(calendarWeek(weekOf(week)), week)
  t.same(weekOf({ 'sat-mon': ['08:00-24:00'] }).mon, [{ from: '08:00', until: '00:00' }])
  t.same(calendarWeek(weekOf({})), { mon: [] })
  t.same(calendarWeek(weekOf({ 'mon-sun': ['00:00-24:00'] })), { 'mon-sun': ['00:00-24:00'] })
})

t.test('a city is configured', async (t) => {
  const browser = await openBrowser()
  t.teardown(() => browser.close())
  const city = await openConfiguredCity(t)
  const [danish, english] = looks
  const path = '/agent/admin.html'
  const screen = await openLook(browser, city, danish, { cookie: await city.signIn('inge'), path })
  t.teardown(() => screen.close())
  const { page } = screen
  const check = (name: string, selector: string) => judge(t, screen, `admin ${name}`, selector, ROOTS)
  const click = async (selector: string) => {
    await page.waitForSelector(selector)
    await page.$eval(selector, (element) => (element as HTMLElement).click())
  }
  const fill = async (selector: string, value: string) => {
    await page.waitForSelector(selector)
    await page.$eval(
      selector,
      (element, text) => {
        ;(element as HTMLInputElement).value = text
        element.dispatchEvent(new Event('input', { bubbles: true }))
      },
      value,
    )
  }
  const goTo = (place: string) => page.evaluate((hash) => (location.hash = hash), place)

  await check('the list of sites', '.admin-list a')
  await fill('.admin-search input', 'valgårdsvej')
  await screen.press('Valby Kulturhus Valgårdsvej 4 · Valby valby-kulturhus', 'link')
  await fill('input[name=address]', 'Valgårdsvej 6')
  await page.click('.admin-map')
  await goTo('kiosks')
  await check('what is not saved', '[role=alertdialog]')
  t.equal(await page.evaluate(() => document.activeElement?.textContent), 'Bliv her')
  await screen.press('Bliv her')
  await fill('input[name=phone]', 'ring')
  await click('button[type=submit]')
  await check('a site that is wrong', '.admin-field .admin-fault')
  await screen.says('Telefon: Skriv et telefonnummer')
  await fill('input[name=phone]', '33 66 33 66')
  await fill('input[name=label-da]', 'Kulturhuset har åbent til 22')
  await fill('input[name=label-en]', 'The culture house is open until 22')
  await click('button[type=submit]')
  await screen.says('Ændring 1 er gemt og gælder nu.')
  await page.waitForFunction(() => document.activeElement?.id === 'admin-title')
  const site = (await city.document()).sites['valby-kulturhus']
  const note = { da: 'Kulturhuset har åbent til 22', en: 'The culture house is open until 22' }
  t.match(site, { address: 'Valgårdsvej 6', phone: '33 66 33 66', note })
  t.not(site?.point?.latitude, 55.6616)

  await goTo('hours/biblioteksskranke')
  await check('opening times', '.admin-week')
  await screen.press('Tilføj tid: Søndag')
  await click('button[type=submit]')
  await screen.says('Ændring 2 er gemt')
  const { policy } = await city.document()
  t.same(policy?.hours?.calendars['biblioteksskranke']?.week, {
    'mon-fri': ['10:00-18:00'],
    sat: ['10:00-15:00'],
    sun: ['09:00-16:00'],
  })

  await goTo('people/+')
  await fill('input[name=id]', 'nadia')
  await fill('input[name=username]', 'amal')
  await fill('input[name=name]', 'Nadia Bech')
  await fill('input[name=firstName]', 'Nadia')
  await page.select('select[name=centre]', 'sundby')
  await page.select('select[name=skill-citizen]', '3')
  await click('button[type=submit]')
  await screen.says('er allerede brugt af amal')
  await fill('input[name=username]', 'nadia')
  await click('button[type=submit]')
  await screen.says('Ændring 3 er gemt')
  t.match((await city.document()).people['nadia'], { centre: 'sundby', skills: { citizen: 3 }, role: 'agent' })

  await goTo('policy')
  await page.waitForSelector('textarea')
  const text = await page.$eval('textarea', (area) => area.value)
  await fill('textarea', text.replace('callersMax: 50', 'callersMax: mange'))
  await click('.admin-actions button')
  await check('rules that are wrong', '.admin-line')
  await screen.says('skal være et helt tal')
  await click('.admin-line')
  t.match(
    await page.$eval('textarea', (area) => area.value.slice(area.selectionStart, area.selectionEnd)),
    /callersMax: mange/,
  )
  await fill('textarea', text.replace('callersMax: 50', 'callersMax: 40'))
  await click('.admin-actions button')
  await check('what rules change', '.admin-differences')
  // Somebody else was quicker.
  await city.change({ changes: [{ path: ['centres', 'sundby', 'name'], value: 'Sundby Øst' }] })
  await click('.admin-shown > button')
  await check('that somebody was quicker', '.admin-outcome[role=alert] button')
  await click('.admin-outcome button')
  await page.waitForSelector('textarea')
  await goTo('matters/events')
  await click('.admin-remove')
  await check('before something is removed', '.admin-confirm')
  await click('.admin-confirm button')
  await screen.says('Ændring 5 er gemt')
  t.notOk('events' in (await city.document()).matters)

  await goTo('changes')
  await page.waitForSelector('.admin-changes > li')
  await click('.admin-changes summary')
  await screen.says('Fjernet')
  await screen.says('(events)')
  await screen.says('Åbningstider › biblioteksskranke')
  await screen.press('Tag tilbage: ændring 5')
  await screen.says('Taget tilbage. Det er ændring 6.')
  t.ok('events' in (await city.document()).matters)
  await city.change({ changes: [{ path: ['people', 'nadia', 'name'], value: 'Nadia Holm Bech' }] })
  await screen.press('Tag tilbage: ændring 3')
  await check('what cannot be taken back', '.admin-changes .fault')
  await screen.says('er ændret igen siden, i ændring 7')

  // With what somebody else changed meanwhile.
  await page.reload()
  await goTo('owners/pas-og-koerekort')
  await check('who owns articles', '.admin-some')
  await click('input[name=people-amal]')
  await click('button[type=submit]')
  await screen.says('Ændring 8 er gemt')
  t.same((await city.document()).owners['pas-og-koerekort']?.people, ['yusuf', 'amal'])

  await page.setViewport({ width: english.width, height: english.height })
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }])
  await screen.press('English')
  for (const [place, selector] of [
    ['sites/valby-kulturhus', '.admin-map'],
    ['hours/round-the-clock', '.admin-week'],
    ['people/marta', '.admin-skills'],
    ['owners/pas-og-koerekort', '.admin-some'],
    ['kiosks', '[aria-labelledby=keys-title]'],
    ['phones', 'input[name=number]'],
    ['staff/nobody', '.figures-state'],
  ] as const) {
    await goTo(place)
    await check(`narrow ${place}`, selector)
  }

  let open = (): void => undefined
  city.door.opens = new Promise((resolve) => (open = resolve))
  await page.reload()
  await check('on its way', '[aria-busy=true]')
  open()
  await page.waitForSelector('.admin-nav')
  city.door.opens = undefined
  await page.reload()
  await check('that does not come', '.figures-state[role=alert]')
  await page.setOfflineMode(true)
  await click('.figures-state button')
  await screen.says('The server does not answer')
  await page.setOfflineMode(false)
  t.same(screen.complaints, [])

  const other = await openLook(browser, city, danish, { cookie: await city.signIn('amal'), path })
  await other.says('Denne side er til administratorer')
  await other.close()
})
