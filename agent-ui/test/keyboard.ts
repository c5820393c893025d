/** A hand that has nothing but keys, and an eye for where they are. */
import type { KeyInput } from 'puppeteer'
import type { Screen } from './browser.ts'

/** More stops than any screen has. */
const STOPS_MAX = 80

/** What the keyboard stands on. */
interface Stop {
  /** By role and name, as it is read out; null where the keyboard is lost. */
  readonly name: string | null
  /** What is wrong with how it is seen; null where nothing is. */
  readonly fault: string | null
}

export class Keyboard {
  /** Where the keyboard was lost, not to be seen, or below something else. */
  readonly faults: string[] = []
  readonly #screen: Screen

  constructor(screen: Screen) {
    this.#screen = screen
  }

  async key(key: KeyInput, count = 1): Promise<void> {
    for (let done = 0; done < count; done += 1) await this.#screen.page.keyboard.press(key)
  }

  async type(words: string): Promise<void> {
    await this.#screen.page.keyboard.type(words)
  }

  /** From stop to stop, forwards or back, until one's name has `words`; every stop on the way is looked at. */
  async to(words: string, direction: 'on' | 'back' = 'on'): Promise<void> {
    const seen: string[] = []
    for (let stops = 0; stops < STOPS_MAX; stops += 1) {
      if (direction === 'back') await this.#screen.page.keyboard.down('Shift')
      await this.key('Tab')
      if (direction === 'back') await this.#screen.page.keyboard.up('Shift')
      const { name, fault } = await this.stop()
      // After the last stop comes the browser's own, and then the first again.
      if (fault !== null && name !== null) this.faults.push(`${name}: ${fault}`)
      seen.push(name ?? '–')
      if (name?.includes(words) === true) return
    }
    throw new Error(`the keyboard comes to no «${words}», but to ${seen.join(' | ')}`)
  }

  /** To `words`, and pressed. */
  async press(words: string, direction: 'on' | 'back' = 'on'): Promise<void> {
    await this.to(words, direction)
    await this.key('Enter')
  }

  /** Waits until the keyboard is on what has `words` in its name, by itself. */
  async isOn(words: string): Promise<void> {
    try {
      await this.#screen.page.waitForFunction(
        (wanted) => {
          const element = document.activeElement as HTMLInputElement | null
          if (element === null || element === (document.body as HTMLElement)) return false
          return [element, ...(element.labels ?? [])].some(({ innerText }) => innerText.includes(wanted))
        },
        { timeout: 5_000 },
        words,
      )
    } catch {
      this.faults.push(`not on «${words}» but on ${(await this.stop()).name}`)
    }
    const { name, fault } = await this.stop()
    if (fault !== null) this.faults.push(`${name}: ${fault}`)
  }

  /** Where the keyboard is, once what was asked of the server is answered. */
  async stop(): Promise<Stop> {
    return this.#screen.page.evaluate(async () => {
      await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))
      const element = document.activeElement as HTMLElement | null
      if (element === null || element === document.body) return { name: null, fault: 'the keyboard is lost' }
      const labels = [...((element as HTMLInputElement).labels ?? [])].map(({ innerText }) => innerText)
      const named = element.getAttribute('aria-label') ?? (labels.length > 0 ? labels.join(' ') : element.innerText)
      const name = `${element.localName} ${named.trim().replaceAll(/\s+/g, ' ')}`
      // The outline may be drawn around the label that the field is in.
      const outlined = [element, element.closest('label')].find(
        (each) => each !== null && getComputedStyle(each).outlineStyle !== 'none',
      )
      if (outlined === undefined) return { name, fault: 'nothing shows that the keyboard is there' }
      const { left, top, width, height } = element.getBoundingClientRect()
      const at = [0.5, 0.1, 0.9].map((share) => document.elementFromPoint(left + width / 2, top + height * share))
      const isSeen = at.some((over) => over !== null && (element.contains(over) || over.contains(element)))
      return { name, fault: isSeen ? null : 'it is below something else, or out of the window' }
    })
  }
}
