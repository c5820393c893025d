/** Every screen with texts two fifths longer than they are, on every size of screen and in both directions of writing. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'puppeteer'
import t from 'tap'
import type { Language } from '#server/contract/ids.ts'
import { openKiosks } from '../kiosk-page.ts'
import { untilStill } from './judge.ts'
import { longer, longerCatalogues, longerMessages } from './longer-words.ts'
import { speak, STATES, stopCountdowns } from './matrix.ts'
import { wordsOf } from './words.ts'

const SIZES = [
  { width: 1080, height: 1920 },
  { width: 1920, height: 1080 },
  { width: 320, height: 640 },
]
const SPOKEN = ['da', 'ar'] as const satisfies readonly Language[]
const shotsDir = process.env['SKRANKE_TEST_SHOTS']

/** What does not fit into its box, and what is outside the screen to the left or right. Half a pixel is rounding. */
async function overflows(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const root = document.documentElement
    const faults: string[] = []
    if (root.scrollWidth > root.clientWidth) faults.push(`the page is ${root.scrollWidth} wide`)
    const open = document.querySelector('dialog[open]') ?? document.body
    for (const box of open.querySelectorAll<HTMLElement>(
      'button, h1, h2, p, dt, dd, li, a, label, figcaption, .tile span',
    )) {
      if (!box.checkVisibility() || box.closest('.for-listeners') !== null) continue
      const name = `<${box.localName} ${box.className}> ${box.textContent.trim().slice(0, 40)}`
      const isWrapped = getComputedStyle(box).display !== 'inline'
      if (isWrapped && box.scrollWidth > box.clientWidth + 1) faults.push(`too wide for its box: ${name}`)
      // Tall letters may hang a little beyond the line.
      const isTall = box.localName === 'button' && box.scrollHeight > box.clientHeight + 2
      if (isTall) faults.push(`too tall for its box: ${name}`)
      const { left, right } = box.getBoundingClientRect()
      if (left < -0.5 || right > root.clientWidth + 0.5) faults.push(`outside: ${name}`)
    }
    return [...new Set(faults)]
  })
}

t.test('words become longer', async (t) => {
  t.equal(longer('Brug for hjælp?'), 'BBruug ffoor hhjæællp?')
  const messages = { a: [['name'], ' er her'], b: [['n', 'plural', { one: ['#', ' gang'], other: ['#'] }]] }
  t.same(longerMessages(messages as unknown as Parameters<typeof longerMessages>[0]), {
    a: [['name'], ' eerr hheer'],
    b: [['n', 'plural', { one: ['#', ' ggaang'], other: ['#'] }]],
  })
})

t.test('every screen holds longer texts', async (t) => {
  const open = await openKiosks(t, [longerCatalogues()])
  for (const state of STATES) {
    await t.test(state.name, async (t) => {
      for (const first of state.isCutOff === true ? SPOKEN : (['da'] as const)) {
        const kiosk = await open(t, {
          before: [stopCountdowns, ...(state.before === undefined ? [] : [state.before])],
          ...(state.identity === undefined ? {} : { identity: state.identity }),
          server: (server) => {
            server.defaultLanguage = first
            state.server?.(server)
          },
        })
        await state.reach({ ...kiosk, say: await wordsOf(first, longerMessages) })
        for (const language of state.isCutOff === true ? [first] : SPOKEN) {
          await speak(kiosk, language, state)
          for (const size of SIZES) {
            const what = `${language}, ${size.width} × ${size.height}`
            await kiosk.page.setViewport(size)
            await untilStill(kiosk.page)
            if (shotsDir !== undefined) {
              mkdirSync(shotsDir, { recursive: true })
              const name = `${state.name} ${language} ${size.width}`.replaceAll(/[^a-z0-9]+/gi, '-')
              await kiosk.page.screenshot({ path: join(shotsDir, `${name}.png`) as `${string}.png` })
            }
            t.same(await overflows(kiosk.page), [], `${what}: everything fits`)
          }
        }
      }
    })
  }
})
