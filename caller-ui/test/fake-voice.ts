/** A browser's voice that says nothing aloud and remembers everything. Runs in the page, before anything of ours. */
import type { Page } from 'puppeteer'

export type Spoken = { readonly words: string; readonly lang: string }

/** Before the page: voices in Danish and English, which have said everything at once. */
export function bringVoice(): void {
  const spoken: { words: string; lang: string }[] = []
  class Utterance {
    readonly words: string
    voice: unknown = null
    lang = ''
    volume = 1
    onend: (() => void) | null = null
    onerror: (() => void) | null = null
    constructor(words: string) {
      this.words = words
    }
  }
  const synthesis = Object.assign(new EventTarget(), {
    getVoices: () => [{ lang: 'da-DK' }, { lang: 'en_GB' }],
    speak: (utterance: Utterance) => {
      spoken.push({ words: utterance.words, lang: utterance.lang })
      queueMicrotask(() => utterance.onend?.())
    },
    cancel: () => undefined,
  })
  Object.defineProperty(globalThis, 'speechSynthesis', { value: synthesis, configurable: true })
  Object.assign(globalThis, { SpeechSynthesisUtterance: Utterance, spoken })
}

/** Everything that has been said in the page so far. */
export const spokenIn = (page: Page): Promise<Spoken[]> =>
  page.evaluate(() => (globalThis as unknown as { spoken: Spoken[] }).spoken)

/** Somebody who does not see the page: what they press follows from what they heard. */
export class Listener {
  readonly #page: Page
  /** How much of it has been listened to. */
  #heard = 0

  constructor(page: Page) {
    this.#page = page
  }

  /** Waits until `words` are said, from where the listening stopped; returns all that was said until then. */
  async hear(words: string): Promise<string[]> {
    const from = this.#heard
    const isSaid = (start: number, wanted: string) =>
      (globalThis as unknown as { spoken: Spoken[] }).spoken.slice(start).some((each) => each.words === wanted)
    await this.#page.waitForFunction(isSaid, { timeout: 10_000 }, from, words).catch(async () => {
      const since = (await spokenIn(this.#page)).slice(from)
      throw new Error(`not heard: ${words}, but: ${since.map((each) => each.words).join(' | ')}`)
    })
    const all = (await spokenIn(this.#page)).map((each) => each.words)
    this.#heard = all.indexOf(words, from) + 1
    return all.slice(from, this.#heard)
  }

  /** Tab until the name is heard of what has the focus, then Enter. Only what was offered aloud is looked for. */
  async choose(name: string, stepsMax = 60): Promise<void> {
    await this.hear(name)
    await this.choosesLast(name, stepsMax)
  }

  /** As {@link choose}, of something that was heard earlier. */
  async choosesLast(name: string, stepsMax = 60): Promise<void> {
    for (let i = 0; i < stepsMax; i += 1) {
      const before = (await spokenIn(this.#page)).length
      await this.#page.keyboard.press('Tab')
      const said = (await spokenIn(this.#page)).slice(before)
      if (said[0]?.words !== name) continue
      this.#heard = before + said.length
      await untilTapCounts(this.#page)
      await this.#page.keyboard.press('Enter')
      return await notePress(this.#page)
    }
    throw new Error(`${name} was not heard in ${stepsMax} steps`)
  }

  /** What was said since, after the page has had time to say more. */
  async rest(): Promise<string[]> {
    const all = await spokenIn(this.#page)
    const rest = all.slice(this.#heard).map(({ words }) => words)
    this.#heard = all.length
    return rest
  }
}

/** The page takes no second tap so soon after one: a hand needs longer. */
async function untilTapCounts(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.now() - ((globalThis as { pressedAt?: number }).pressedAt ?? -1e4) > 450)
}

/** Once the page has taken it, which a busy machine does late. */
async function notePress(page: Page): Promise<void> {
  await page.evaluate(() => void Object.assign(globalThis, { pressedAt: performance.now() }))
}
