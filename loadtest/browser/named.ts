/**
 * What a page has by role and accessible name, as a person would ask for it. Waited for without asking the browser for
 * its accessibility tree at every frame, as Puppeteer does: that takes a fifth of a core for as long as it waits.
 */
import type { ElementHandle, Page } from 'puppeteer'

export type Named = {
  readonly name: string
  readonly role?: string
  /** A selector it lies in. */
  readonly within?: string
}

/** A page that says nothing of itself is asked again after so long. */
const ASKED_EVERY_MS = 100

/** What Puppeteer calls it. */
export const selectorOf = ({ name, role, within = '' }: Named): string =>
  `${within} ::-p-aria([name="${name}"]${role === undefined ? '' : `[role="${role}"]`})`.trim()

/** Waits until the page has it; throws what it waited for after `timeoutMs`. */
export async function untilNamed(
  page: Page,
  what: Named,
  timeoutMs: number = page.getDefaultTimeout(),
): Promise<ElementHandle> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const found = await page.$(selectorOf(what)).catch(asOfAPageThatGoes(page))
    if (found !== null) return found
    if (performance.now() > deadline) throw new Error(`no ${what.role ?? 'element'} «${what.name}» in ${timeoutMs} ms`)
    await page.evaluate(untilChanged, ASKED_EVERY_MS).catch(asOfAPageThatGoes(page))
  }
}

/** Presses it in its middle, once it is there, stands still and can be pressed; throws after `timeoutMs`. */
export async function pressNamed(page: Page, what: Named, timeoutMs: number = page.getDefaultTimeout()): Promise<void> {
  const found = await untilNamed(page, what, timeoutMs)
  await found.dispose()
  // Found once more, because a page may draw it anew just before it is pressed.
  await page.locator(selectorOf(what)).setTimeout(timeoutMs).click()
}

/** The question went to a page that was just being left for another, which is asked next. */
const asOfAPageThatGoes =
  (page: Page) =>
  (error: unknown): null => {
    if (page.isClosed()) throw error
    return null
  }

/** Runs in the page: until anything in it is another, at most so long. */
function untilChanged(withinMs: number): Promise<void> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => done())
    const timer = setTimeout(() => done(), withinMs)
    const done = (): void => {
      observer.disconnect()
      clearTimeout(timer)
      resolve()
    }
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  })
}
