/** Every state of every screen, in both languages and both lights: nothing that axe knows to be wrong, nothing cut off. */
import t from 'tap'
import type { AgentView } from '#server/contract/views.ts'
import { openBrowser, Screen, type ScreenOptions } from './browser.ts'
import { agentView, call, niels, sara } from './people.ts'
import { ScriptedServer } from './scripted-server.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())

const looks = [
  { name: 'Danish, light, desk size', language: 'da', isDark: false, width: 1280, height: 720 },
  { name: 'English, dark, narrow', language: 'en', isDark: true, width: 320, height: 640 },
] as const
type Look = (typeof looks)[number]

/** Opens a page with that look. */
async function open(server: ScriptedServer, look: Look, options: ScreenOptions): Promise<Screen> {
  const { language, isDark, width, height } = look
  const before = language === 'en' ? () => localStorage.setItem('skranke.language', 'en') : undefined
  return Screen.open(browser, server.url, {
    isDark,
    width,
    height,
    ...(before === undefined ? {} : { before }),
    ...options,
  })
}

/** Waits for `selector`, then looks for what is wrong. */
async function check(t: Tap, screen: Screen, name: string, selector: string): Promise<void> {
  await screen.page.waitForSelector(selector)
  t.same(await screen.violations(), [], `${name}: axe finds nothing`)
  const overflowPx = await screen.page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth - clientWidth
  })
  t.equal(overflowPx, 0, `${name}: nothing is wider than the window`)
  t.notMatch(await screen.text(), /\b(page|idle|queues|call|ring|devices|figure|formula)\.[a-z]/, `${name}: words, not ids`)
}
type Tap = Parameters<Parameters<typeof t.test>[1] & ((t: never) => unknown)>[0] & typeof t

for (const look of looks) {
  t.test(`the desk: ${look.name}`, async (t) => {
    const server = await ScriptedServer.start()
    const screen = await open(server, look, {})
    try {
      await check(t as Tap, screen, 'sign-in', '.sign-in')
      await screen.page.keyboard.press('Enter')
      await check(t as Tap, screen, 'sign-in with a fault', '.fault')
      await screen.close()
    } finally {
      await server.stop()
    }
  })
}
