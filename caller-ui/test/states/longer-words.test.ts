/** Every screen with texts two fifths longer than they are, on every size of screen and in both directions of writing. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Language } from '#server/contract/ids.ts'
import { openKiosks } from '../kiosk-page.ts'
import { turn } from './judge.ts'
import { longer, longerCatalogues, longerMessages } from './longer-words.ts'
import { speak, STATES, stopCountdowns } from './matrix.ts'
import { overflows } from './overflow.ts'
import { wordsOf } from './words.ts'

const SIZES = [
  { width: 1080, height: 1920 },
  { width: 1920, height: 1080 },
  { width: 320, height: 640 },
]
const SPOKEN = ['da', 'ar'] as const satisfies readonly Language[]
const shotsDir = process.env['SKRANKE_TEST_SHOTS']

t.test('words become longer', async (t) => {
  t.equal(longer('Brug for hjælp?'), 'BBruug ffoor hhjæælp?')
  const messages = { a: [['name'], ' er her'], b: [['n', 'plural', { one: ['#', ' gang'], other: ['#'] }]] }
  t.same(longerMessages(messages as unknown as Parameters<typeof longerMessages>[0]), {
    a: [['name'], ' eer hheer'],
    b: [['n', 'plural', { one: ['#', ' gganng'], other: ['#'] }]],
  })
})

t.test('every screen holds longer texts', async (t) => {
  const open = await openKiosks(t, [longerCatalogues()], { isStill: true })
  for (const state of STATES) {
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
})
