/** The looks in which every screen is judged, and the judging: axe, nothing wider than the window, no bare ids. */
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Browser } from 'puppeteer'
import type { Test } from 'tap'
import { Screen, type ScreenOptions } from './browser.ts'
import type { ScriptedServer } from './scripted-server.ts'

export const looks = [
  { name: 'Danish, light, desk size', language: 'da', isDark: false, width: 1280, height: 720 },
  { name: 'English, dark, narrow', language: 'en', isDark: true, width: 320, height: 640 },
] as const
export type Look = (typeof looks)[number]

const speakEnglish = (): void => localStorage.setItem('skranke.language', 'en')

/** A page in one of the looks. */
export function openLook(
  browser: Browser,
  server: Pick<ScriptedServer, 'url'>,
  look: Look,
  options: ScreenOptions = {},
): Promise<Screen> {
  const { language, isDark, width, height } = look
  const before = language === 'en' ? { before: speakEnglish } : {}
  return Screen.open(browser, server.url, { isDark, width, height, ...before, ...options })
}

/** Where pictures of each screen go, when somebody asks for them. */
const shotsDir = process.env['SKRANKE_TEST_SHOTS']

async function shoot({ page }: Screen, name: string): Promise<void> {
  if (shotsDir === undefined) return
  mkdirSync(shotsDir, { recursive: true })
  const file = `${name.replaceAll(/[^a-z0-9]+/gi, '-')}-${page.viewport()?.width}.png`
  await page.screenshot({ path: resolve(shotsDir, file) as `${string}.png`, fullPage: true })
}

/** Waits for `selector`, then looks for what is wrong. `roots`: the first words of the ids that the screen has. */
export async function judge(t: Test, screen: Screen, name: string, selector: string, roots: string): Promise<void> {
  await screen.page.waitForSelector(selector)
  await shoot(screen, name)
  t.same(await screen.violations(), [], `${name}: axe finds nothing`)
  const overflowPx = await screen.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  t.equal(overflowPx, 0, `${name}: nothing is wider than the window`)
  t.notMatch(await screen.text(), new RegExp(`\\b(${roots})\\.[a-z]`, 'i'), `${name}: no bare ids`)
}
