/** axe, as the tests of all pages have it: read once by a test file, brought once into each page, run on what is there now. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'puppeteer'

/** Where axe draws the first letters of texts, to see whether a font makes a picture of a word. */
const DRAWN = '.getContext("2d",{willReadFrequently:!0})'
/** Every letter is as wide as it should be: no text is a picture, and the contrast of each is judged. */
const NOT_DRAWN = `&&{
  canvas: {}, measureText: () => ({ width: 30 }), fillText() {}, clearRect() {},
  getImageData: () => ({ data: new Uint8ClampedArray([255, 255, 255, 255]) })
}`

let source: string | undefined

/** The tool's code. Our fonts make no pictures of words, and drawing them would be a sixth of all that it does. */
function axeSource(): string {
  if (source !== undefined) return source
  const whole = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  source = whole.replaceAll(DRAWN, NOT_DRAWN)
  if (source === whole) throw new Error('axe draws texts in another way than before')
  return source
}

/**
 * Puts the tool into the page, unless it is there. Through the protocol: a script element would be refused by the
 * page's policy.
 */
export async function bringAxe(page: Page): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource())
}

export type Violation = {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}
/** What axe is asked besides, or otherwise, than by itself: see its documentation of `axe.run`. */
export type AxeOptions = {
  readonly rules?: Readonly<Record<string, { readonly enabled: boolean }>>
  readonly checks?: Readonly<Record<string, { readonly options: object }>>
}

/**
 * The strictest contrast that axe knows, 7 to 1 or 4.5 to 1 for large letters, for every text. By itself the stricter rule
 * leaves what has less than 4.5 or 3 to 1 to the usual rule, which measures every text a second time.
 */
export const STRICTEST_CONTRAST = {
  rules: { 'color-contrast-enhanced': { enabled: true }, 'color-contrast': { enabled: false } },
  checks: {
    'color-contrast-enhanced': {
      options: { contrastRatio: { normal: { minThreshold: 0 }, large: { minThreshold: 0 } } },
    },
  },
} as const satisfies AxeOptions

/** What axe finds wrong with the page as it is now; `bringAxe` has been there. What is right is counted, and not described. */
export async function violationsOf(page: Page, options: AxeOptions = {}): Promise<readonly Violation[]> {
  return await page.evaluate(async (options) => {
    const { axe } = globalThis as unknown as {
      axe: { run(on: Document, options: object): Promise<{ violations: Violation[] }> }
    }
    // Style sheets would be read each time as well, for a rule that is only being tried out and is not in use.
    const always = { resultTypes: ['violations'], preload: { assets: ['media'] } }
    const { violations } = await axe.run(document, { ...options, ...always })
    return violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary: failureSummary ?? '' })),
    }))
  }, options)
}
