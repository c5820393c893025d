/**
 * Every screen in every look that the city promises: in three languages, three ways to see, upright and lying; and with
 * words two fifths longer than they are, written from either side.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'puppeteer'
import type { Test } from 'tap'
import { bringAxe } from '#loadtest/browser/axe.ts'
import type { Language } from '#server/contract/ids.ts'
import { openKiosks, type Kiosk } from '../kiosk-page.ts'
import {
  axeFaults,
  focusFaults,
  hiddenFaults,
  reachFaults,
  sizeFaults,
  spokenText,
  squeezedFaults,
  turn,
  untilStill,
} from './judge.ts'
import { faultStates } from './fault-states.ts'
import { callStates, idleStates } from './other-states.ts'
import { lineStates } from './line-states.ts'
import { LONGER_AS, longerMessages, longerPages, type LongerLanguage } from './longer-words.ts'
import { closedStates, modeStates, peopleStates, staffStates } from './more-states.ts'
import { shownStates } from './shown-states.ts'
import { LOOKS, wear, type Look } from './looks.ts'
import { overflows } from './overflow.ts'
import type { State } from './state.ts'
import { wordsOf, type Say } from './words.ts'

/** In parts, each a test file of its own, so that several are judged side by side and none takes long. */
export const PARTS = {
  line: lineStates,
  people: [...modeStates, ...peopleStates, ...staffStates],
  shown: shownStates,
  idle: [...idleStates, ...faultStates, ...closedStates],
  calls: callStates,
} as const satisfies Record<string, readonly State[]>
export type Part = keyof typeof PARTS
export const STATES: readonly State[] = Object.values(PARTS).flat()
export const MATRIX_LANGUAGES = ['da', 'ar', 'pl'] as const satisfies readonly Language[]
export const ORIENTATIONS = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1920, height: 1080 },
} as const
const NARROW = { width: 320, height: 640 } as const
const SIZES = { ...ORIENTATIONS, narrow: NARROW } as const
export type Orientation = keyof typeof ORIENTATIONS

/** Where pictures go, when somebody asks for them; a contact sheet is made of them. */
const shotsDir = process.env['SKRANKE_TEST_SHOTS']
/** Set, what is read aloud is written down anew instead of compared. */
const isRewriting = process.env['SKRANKE_REWRITE_SPOKEN'] !== undefined
/** Part of the names of the only states to judge, while one of them is being worked on. */
const wantedName = process.env['SKRANKE_TEST_STATE']

/**
 * Set, as in a run of all tests: axe, which costs more than all else together, is asked in every pair of language, look and orientation
 * instead of in every three of them. What sticks out, is squeezed, too small or hidden is judged in all.
 */
const isAxeAskedInPairs = process.env['SKRANKE_TEST_AXE'] === 'pairs'

/** Every language in every look, upright and lying by turns: so each two meet. */
function isAxeAsked({ language, look, orientation }: Omit<Seen, 'state'>): boolean {
  const turns = MATRIX_LANGUAGES.findIndex((each) => each === language) + LOOKS.indexOf(look)
  return !isAxeAskedInPairs || (turns % 2 === 0) === (orientation === 'portrait')
}

/** Countdowns stand still, and so do the words for what takes long: a screen is looked at for longer than it would be there. */
function stopCountdowns(): void {
  const { setInterval: repeat, setTimeout: wait } = globalThis
  const longWaitsMs: readonly (number | undefined)[] = [8_000, 15_000, 25_000]
  const quick = (work: () => void, ms?: number) => (ms === 200 ? 0 : repeat(work, ms))
  const soon = (work: () => void, ms?: number) => (longWaitsMs.includes(ms) ? 0 : wait(work, ms))
  Object.assign(globalThis, { setInterval: quick, setTimeout: soon })
}

const DIRECTIONS: Readonly<Record<string, string>> = { ar: 'rtl', da: 'ltr', pl: 'ltr' }

/** Two in which nothing is judged but that longer words fit: the page has those of `LONGER_AS` there. */
const LONGER_LANGUAGES = Object.keys(LONGER_AS) as LongerLanguage[]
const isLonger = (language: Language): language is LongerLanguage => language in LONGER_AS
type Spoken = Readonly<Record<Orientation, Map<string, string[]>>>

/** Judges every screen of one part, upright and lying: the way to a screen is gone once, and the glass is turned there. */
export async function judgeAll(t: Test, part: Part): Promise<void> {
  const open = await openKiosks(t, [], { isStill: true })
  const spoken = { portrait: new Map<string, string[]>(), landscape: new Map<string, string[]>() }
  for (const state of PARTS[part].filter(({ name }) => name.includes(wantedName ?? ''))) {
    await t.test(state.name, async (t) => {
      const languages = [...MATRIX_LANGUAGES, ...LONGER_LANGUAGES]
      const go = async (first: Language, isDanishLonger = false): Promise<Kiosk> => {
        const kiosk = await open(t, {
          ...ORIENTATIONS.portrait,
          before: [stopCountdowns, ...(state.before === undefined ? [] : [state.before])],
          ...(state.identity === undefined ? {} : { identity: state.identity }),
          server: (server) => {
            server.changedFiles = longerPages(isDanishLonger)
            server.defaultLanguage = first
            state.server?.(server)
          },
        })
        await state.reach({ ...kiosk, say: await sayIn(first, isDanishLonger) })
        await bringAxe(kiosk.page)
        return kiosk
      }
      if (state.isUnset === true) {
        await judgeScreen(t, await go('da'), state, ['da'], spoken)
        const kiosk = await go('da', true)
        for (const size of Object.values(SIZES)) await judgeFit(t, kiosk, state, 'da', size)
      } else if (state.isCutOff === true) {
        for (const first of languages) await judgeScreen(t, await go(first), state, [first], spoken)
      } else await judgeScreen(t, await go('da'), state, languages, spoken)
    })
  }
  for (const orientation of ['portrait', 'landscape'] as const) compareSpoken(t, orientation, spoken[orientation])
}

/** The words of `language` as the page has them. */
async function sayIn(language: Language, isDanishLonger: boolean): Promise<Say> {
  if (isLonger(language)) return wordsOf(LONGER_AS[language], longerMessages)
  return isDanishLonger ? wordsOf(language, longerMessages) : wordsOf(language)
}

/** Judges one screen, which `kiosk` shows, in these languages, and writes down what is read aloud of it. */
async function judgeScreen(
  t: Test,
  kiosk: Kiosk,
  state: State,
  languages: readonly Language[],
  spoken: Spoken,
): Promise<void> {
  for (const language of languages) {
    await speak(kiosk, language, state)
    for (const orientation of ['portrait', 'landscape'] as const) {
      if (isLonger(language)) {
        await judgeFit(t, kiosk, state, language, ORIENTATIONS[orientation])
        continue
      }
      await turn(kiosk.page, ORIENTATIONS[orientation])
      for (const look of LOOKS) await judge(t, kiosk, { state, language, look, orientation })
      await wear(kiosk.page, 'usual')
      await judgeReach(t, kiosk, `${state.name}, ${language}, ${orientation}`)
      spoken[orientation].set(`${state.name} · ${language}`, await spokenText(kiosk.page))
    }
  }
  // Last: what a phone has no use for is not there any more.
  await turn(kiosk.page, NARROW)
  for (const language of languages) {
    await speak(kiosk, language, state)
    await (isLonger(language)
      ? judgeFit(t, kiosk, state, language, NARROW)
      : judgeNarrow(t, kiosk, { state, language }))
  }
}

type Size = { readonly width: number; readonly height: number }

/** Words two fifths longer fit as well. */
async function judgeFit(t: Test, { page }: Kiosk, state: State, language: Language, size: Size): Promise<void> {
  await turn(page, size)
  await shoot(page, [`longer-${size.width}`, language, 'usual', state.name])
  t.same(await overflows(page), [], `${state.name}, longer words, ${language}, ${size.width} px wide: everything fits`)
}

/** The screen in another language: as if the kiosk were set to it. */
async function speak({ page, server }: Kiosk, language: Language, state: State): Promise<void> {
  if (state.isUnset === true) return
  if (state.isCutOff !== true) {
    server.defaultLanguage = language
    server.show(server.call)
  }
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, {}, language)
}

type Seen = {
  readonly state: State
  readonly language: Language
  readonly look: Look
  readonly orientation: Orientation
}

async function judge(t: Test, { page }: Kiosk, { state, language, look, orientation }: Seen): Promise<void> {
  const what = `${state.name}, ${language}, ${look}, ${orientation}`
  await wear(page, look)
  await untilStill(page)
  await shoot(page, [orientation, language, look, state.name])
  if (isAxeAsked({ language, look, orientation })) {
    t.same(await axeFaults(page), [], `${what}: axe has nothing to say`)
  }
  t.same(await squeezedFaults(page), [], `${what}: no word is broken, none squeezed`)
  t.same(await sizeFaults(page), [], `${what}: nothing sticks out, nothing is too small`)
  const { lang, dir } = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    dir: document.documentElement.dir,
  }))
  t.equal(dir === '' ? 'ltr' : dir, DIRECTIONS[lang], `${what}: written the right way`)
  t.same(await hiddenFaults(page), [], `${what}: what lies below is known to be there`)
  if (look === 'usual') t.same(await focusFaults(page), [], `${what}: the keyboard goes through it in order`)
}

async function shoot(page: Page, names: readonly string[]): Promise<void> {
  if (shotsDir === undefined) return
  mkdirSync(shotsDir, { recursive: true })
  const name = names.join('--').replaceAll(/[^a-z0-9-]+/gi, '-')
  await page.screenshot({ path: join(shotsDir, `${name}.png`) as `${string}.png` })
}

/** The same page on the smallest phone, or enlarged four times on a desk (WCAG 1.4.10). */
async function judgeNarrow(
  t: Test,
  kiosk: Kiosk,
  { state, language }: Pick<Seen, 'state' | 'language'>,
): Promise<void> {
  const what = `${state.name}, ${language}, ${NARROW.width} px wide`
  const { page } = kiosk
  await turn(kiosk.page, NARROW)
  await shoot(page, ['narrow', language, 'usual', state.name])
  t.same(await squeezedFaults(page), [], `${what}: no word is broken, none squeezed`)
  t.equal(await page.evaluate(() => document.documentElement.scrollWidth), NARROW.width, `${what}: nothing sticks out`)
}

/** Moved down, everything that is pressed is where somebody reaches who sits. */
async function judgeReach(t: Test, { page }: Kiosk, what: string): Promise<void> {
  const reach = async (how: string) =>
    page.evaluate((how) => void (document.documentElement.dataset['reach'] = how), how)
  await reach('low')
  t.same(await reachFaults(page), [], `${what}: within reach`)
  await reach('usual')
}

function compareSpoken(t: Test, orientation: Orientation, spoken: ReadonlyMap<string, readonly string[]>): void {
  const path = new URL(`spoken/${orientation}.txt`, import.meta.url)
  const heard = [...spoken].map(([what, lines]) => [what, lines.join('\n')] as const)
  const isOfToday = ([what]: readonly [string, string]) => STATES.some(({ name }) => what.startsWith(`${name} · `))
  const before = spokenBlocks(readFileSync(path, 'utf8'))
  if (isRewriting) {
    const all = new Map([...before.filter(isOfToday), ...heard])
    writeFileSync(path, [...all].map(([what, lines]) => `# ${what}\n${lines}\n`).join('\n'))
  }
  const written = spokenBlocks(readFileSync(path, 'utf8'))
  const ofThese = written.filter(([what]) => spoken.has(what))
  t.same(
    Object.fromEntries(heard),
    Object.fromEntries(ofThese),
    `what is read aloud is what was written down, ${orientation}`,
  )
  t.same(
    written.filter((block) => !isOfToday(block)),
    [],
    'nothing is written down of screens that are no more',
  )
}

/** What was written down for each screen and language, by its title. */
function spokenBlocks(text: string): (readonly [string, string])[] {
  return text
    .split(/^# /m)
    .slice(1)
    .map((block) => {
      const end = block.indexOf('\n')
      return [block.slice(0, end), block.slice(end + 1).trimEnd()] as const
    })
}
