/** The way in with a code, and one's own sign-in: every state, in both languages and both lights. */
import t from 'tap'
import { openBrowser } from './browser.ts'
import { judge, looks, openLook } from './looks.ts'
import { sara } from './people.ts'
import { GUESSABLE, RIGHT_CODE } from './scripted-account.ts'
import { ScriptedServer } from './scripted-server.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
t.setTimeout(240_000)

const ROOTS = 'page|signIn|mySignIn|error|title'

for (const look of looks) {
  t.test(`signing in, and one's own sign-in: ${look.name}`, async (t) => {
    const server = await ScriptedServer.start()
    const { account } = server
    account.wantsCode = true
    const said = new Set<string>()
    try {
      const screen = await openLook(browser, server, look, { path: '/agent/my-sign-in.html' })
      const { page } = screen
      const check = (name: string, selector: string) => judge(t, screen, name, selector, ROOTS)
      const type = (selector: string, words: string) => page.locator(selector).fill(words)
      const submit = (within: string) => page.locator(`${within} button[type=submit]`).click()

      await type('input[name=username]', 'sara-holm')
      await type('input[name=password]', 'rugbrød')
      await submit('.sign-in')
      await check('sign-in: a code is wanted', 'input[name=code]')
      t.equal(await page.$('.fault'), null, 'that is no fault')
      await submit('.sign-in')
      await check('sign-in: no code', '.fault')
      await type('input[name=code]', '000000')
      await submit('.sign-in')
      await page.waitForSelector('input[name=code]:focus')
      await check('sign-in: a wrong code', '.fault')
      await type('input[name=code]', RIGHT_CODE)
      await submit('.sign-in')
      await check('my sign-in: two browsers, no code', '.sign-ins li + li')

      await type('section:nth-of-type(2) input[name=password]', 'rugbrød')
      await type('input[name=newPassword]', 'kort')
      await submit('section:nth-of-type(2)')
      await check('my sign-in: a weak password', '#password-fault')
      await type('input[name=newPassword]', GUESSABLE)
      await submit('section:nth-of-type(2)')
      await page.waitForFunction(() => /gætte|guess/.test(document.querySelector('#password-fault')?.textContent ?? ''))
      await check('my sign-in: a common password', '#password-fault')
      await type('input[name=newPassword]', 'korrekt hest batteri')
      await submit('section:nth-of-type(2)')
      await check('my sign-in: another password', 'section:nth-of-type(2) [role=status]')
      await page.locator('.sign-ins + p button').click()
      await check('my sign-in: only here', '.sign-ins li:only-child')

      await type('section:first-of-type input[name=password]', 'rugbrød')
      await submit('section:first-of-type')
      await check('my sign-in: a code to scan', '.factor-qr')
      await type('input[name=code]', '000000')
      await submit('section:first-of-type')
      await check('my sign-in: not that code', '#factor-on-fault')
      await type('input[name=code]', RIGHT_CODE)
      await submit('section:first-of-type')
      await check('my sign-in: codes for a paper', '.factor-paper')
      await page.locator('section:first-of-type button.primary').click()
      await check('my sign-in: with a code', 'section:first-of-type details')

      account.account = { ...account.account, way: 'provider' }
      await page.reload()
      await check('my sign-in: by the city', '.my-sign-in-main > [role=status]')
      account.isFailing = true
      await page.reload()
      await check('my sign-in: not loaded', '[role=alert]')
      account.isFailing = false
      account.mustSetUp = true
      const secondFactor = { isOn: false, isRequired: true, recoveryCodesCount: 0 }
      account.account = { ...account.account, way: 'password', secondFactor }
      await page.reload()
      await check('my sign-in: a code before anything else', '.my-sign-in-main > [role=status] + section')
      t.same(screen.complaints, [])
      await screen.close()
      account.mustSetUp = false
      account.hasCity = true
      const out = await openLook(browser, server, look, { path: '/agent/supervisor.html?sign-in=city-no-role' })
      await judge(t, out, 'sign-in: the city gives no role', '.fault ~ label, .sign-in > a.button', ROOTS)
      await out.page.waitForSelector('.sign-in > a.button[href="/api/v1/sign-in/city?to=%2Fagent%2Fsupervisor.html"]')
      t.match(await out.page.$eval('.fault', (fault) => fault.textContent), /rolle|role/)
      t.equal(await out.page.$('[aria-invalid=true]'), null, 'which is no fault of what nobody has filled in')
      await out.close()
      for (const why of ['role', 'left', 'password', 'city', 'elsewhere', 'limit'] as const) {
        account.hasCity = why === 'city'
        const closed = await openLook(browser, server, look, { cookie: server.cookieOf(sara) })
        await closed.page.waitForSelector('.desk')
        server.signOutEverywhere({ why })
        await judge(t, closed, `sign-in: over by ${why}`, '.sign-in > [role=status]', ROOTS)
        said.add(await closed.page.$eval('.sign-in > [role=status]', (words) => words.textContent))
        await closed.close()
      }
      t.equal(said.size, 6, 'each in words of its own')
      account.mustSetUp = true
      const desk = await openLook(browser, server, look, { cookie: server.cookieOf(sara) })
      await judge(t, desk, 'sign-in: set up first', '.whole-page-card a.button', ROOTS)
      await desk.close()
    } finally {
      await server.stop()
    }
  })
}
