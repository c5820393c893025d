/**
 * The screen read aloud to somebody who does not see it, from the button or key that begins it until the same again or
 * until they have gone. Another screen is read whole; of what changes on it, what is new; a control when it is reached. The
 * place in line is said when it has changed, and once a minute at most.
 */
import { computed, effect, untracked, type ReadonlySignal } from '@preact/signals'
import { announceIn, quiet, SPOKEN_POSITION_EVERY_MS, type Announcer } from '../model/announcement.ts'
import type { Screen } from '../model/screen.ts'
import type { CallerSession } from '../session/caller-session-type.ts'
import { language, t, wordsNow } from '../text/language.ts'
import { COMPETING_MS, Player, type Said } from './player.ts'
import { indexOf, promptsOf } from './prompts.ts'
import { isControl, isInLongGroup, lineOf, linesOf, type Line } from './reading.ts'
import { browserVoice, fetchManifest, recordedVoice } from './voice.ts'

/** Keys that begin and stop it, where a tactile key of the machine sends them. */
const KEYS: ReadonlySet<string> = new Set(['F8', 'MediaPlayPause'])

/** A screen is drawn in a few steps: it is read when they are over. In ms. */
const SETTLED_MS = 150

/** Offers reading aloud wherever there is a voice for the language of the screen. Recordings lie below `baseUrl`. */
export async function startReadAloud(session: CallerSession, baseUrl: string): Promise<void> {
  const { comfort } = session
  const manifest = await fetchManifest(`${baseUrl}manifest.json`)
  const index = computed(() => indexOf(promptsOf(wordsNow(), t)))
  const voices = [recordedVoice(baseUrl, manifest, (words, has) => index.value(words, has)), browserVoice()]
  effect(() => {
    const has = voices.map((voice) => voice.languages.value.has(language.value))
    comfort.canReadAloud.value = has.includes(true)
  })
  const isOn = computed(() => comfort.canReadAloud.value && comfort.chosen.value.isReadAloud)
  addEventListener('keydown', (event) => {
    if (!KEYS.has(event.key) || event.repeat || !comfort.canReadAloud.value) return
    event.preventDefault()
    comfort.chooseReadAloud(!isOn.value)
  })
  const player = new Player(voices)
  effect(() => {
    if (!isOn.value) return
    const reading = new Reading(player, session.screen)
    // What is read follows the screen by itself; only being on or off begins and ends it.
    untracked(() => reading.begin())
    return () => reading.end()
  })
}

/** One person listening. */
class Reading {
  readonly #player: Player
  readonly #screen: ReadonlySignal<Screen>
  readonly #changes = new MutationObserver(() => this.#lookSoon())
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Which screen was read last, and what stood there. */
  #place = ''
  #shown: ReadonlySet<string> = new Set()
  #focused = ''
  /** What was said of the place in line, and the timer for what is held back of it. */
  #line: Announcer = quiet
  #lineTimer: ReturnType<typeof setTimeout> | undefined

  constructor(player: Player, screen: ReadonlySignal<Screen>) {
    this.#player = player
    this.#screen = screen
  }

  begin(): void {
    this.#changes.observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributeFilter: ['open', 'aria-pressed', 'aria-label', 'aria-busy', 'disabled', 'hidden'],
    })
    document.addEventListener('focusin', this.#reach)
    this.#look([{ words: t('comfort.hear-how'), lang: language.peek() }])
  }

  end(): void {
    this.#changes.disconnect()
    document.removeEventListener('focusin', this.#reach)
    clearTimeout(this.#timer)
    clearTimeout(this.#lineTimer)
    this.#player.stop()
  }

  #lookSoon(): void {
    this.#timer ??= setTimeout(() => this.#look(), SETTLED_MS)
  }

  #look(before: readonly Said[] = []): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (document.querySelector('main[aria-busy=true]') !== null) return
    const { kind } = this.#screen.peek()
    const lines = linesOf(document.body)
    const place = [kind, document.querySelector('dialog[open]') !== null, language.peek()].join(' ')
    const isNew = place !== this.#place
    if (isNew) this.#line = quiet
    const isLineDue = this.#isLineDue(lines)
    const isFresh = ({ words, isQuiet, isPlace }: Line): boolean =>
      !isQuiet && (isPlace ? isLineDue(words) : !this.#shown.has(words))
    const fresh = isNew ? lines : lines.filter(isFresh)
    this.#place = place
    this.#shown = new Set(lines.map(({ words }) => words))
    // Where two are talking, nothing but where they are: it is over before it disturbs.
    if (kind === 'conversation') this.#sayHeading(fresh)
    else if (isNew) this.#player.say([...before, ...fresh.flatMap(said)])
    else this.#followUp(fresh)
  }

  /** Which words of the place in line are to be said now; what is held back is looked at again when its time comes. */
  #isLineDue(lines: readonly Line[]): (words: string) => boolean {
    const words = lines.filter(({ isPlace }) => isPlace).map((line) => line.words)
    const next = { topic: 'line', words: words.join(' ') }
    const said = this.#line.last?.words ?? ''
    const waitMs = announceIn(this.#line, next, performance.now(), SPOKEN_POSITION_EVERY_MS)
    clearTimeout(this.#lineTimer)
    // Back in line after somebody was asked: that is news.
    if (words.length === 0) this.#line = quiet
    else if (waitMs === 0) this.#line = { last: next, saidAt: performance.now() }
    else if (waitMs !== null) this.#lineTimer = setTimeout(() => this.#lookSoon(), waitMs)
    return (word) => waitMs === 0 && !said.includes(word)
  }

  #sayHeading(fresh: readonly Line[]): void {
    const heading = document.querySelector('h1')
    const words = heading === null ? null : lineOf(heading, 'text').words
    const line = fresh.find((each) => each.words === words)
    if (line !== undefined) this.#player.say(said(line), COMPETING_MS)
    else this.#sayFocused()
  }

  #followUp(fresh: readonly Line[]): void {
    this.#sayFocused()
    this.#player.add(fresh.filter(({ words }) => words !== this.#focused).flatMap(said))
  }

  /** What has the focus has become something else by being pressed. */
  #sayFocused(): void {
    const focused = document.activeElement
    if (focused instanceof HTMLElement && focused.matches(':focus-visible')) this.#sayControl(focused)
  }

  readonly #reach = ({ target }: FocusEvent): void => {
    this.#focused = ''
    if (target instanceof HTMLElement && target.matches(':focus-visible')) this.#sayControl(target)
  }

  #sayControl(control: HTMLElement): void {
    const { kind } = this.#screen.peek()
    // Nobody hears which digits an employee types.
    if (!isControl(control) || (kind === 'staff-entry' && isInLongGroup(control))) return
    const what = said(lineOf(control, 'control'))
    const words = what.map((each) => each.words).join(' ')
    if (words === this.#focused) return
    this.#focused = words
    this.#player.say(what, kind === 'conversation' ? COMPETING_MS : Infinity)
  }
}

/** A line as it is said: a control that is pressed in says so. */
function said({ words, lang, isChosen }: Line): Said[] {
  const name = { words, lang }
  return isChosen ? [name, { words: t('comfort.hear-chosen'), lang: language.peek() }] : [name]
}
