/** Every screen with texts two fifths longer than they are, on every size of screen. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import type { Language } from '#server/contract/ids.ts'
import { openKiosks } from '../kiosk-page.ts'
import { turn } from './judge.ts'
import { longerCatalogues, longerMessages } from './longer-words.ts'
import { PARTS, speak, stopCountdowns, type Part } from './matrix.ts'
import { overflows } from './overflow.ts'
import { wordsOf } from './words.ts'

const SIZES = [
  { width: 1080, height: 1920 },
  { width: 1920, height: 1080 },
  { width: 320, height: 640 },
]
/** Whatever is written the other way is judged at its own length, by the matrix. */
const SPOKEN = ['da'] as const satisfies readonly Language[]
const shotsDir = process.env['SKRANKE_TEST_SHOTS']

/** Looks at every screen of these parts of the matrix for words that do not fit. */
export async function judgeLonger(t: Test, ...parts: readonly Part[]): Promise<void> {
  const open = await openKiosks(t, [longerCatalogues()], { isStill: true })
  for (const state of parts.flatMap((part) => [...PARTS[part]])) {
    await t.test(state.name, async (t) => {
      // Without a server nobody says that this kiosk speaks another language.
      const isKnown = state.identity === undefined && state.name !== 'turned away'
      for (const first of state.isCutOff === true && isKnown ? SPOKEN : (['da'] as const)) {
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
            await turn(kiosk.page, size)
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
}
