/** How a screen is judged: by axe, by millimetres, by what sticks out, by the keyboard, and by what is read aloud. */
import type { CDPSession, Page, SerializedAXNode } from 'puppeteer'
import { STRICTEST_CONTRAST, violationsOf } from '#loadtest/browser/axe.ts'
import { LOW_REACH_MM } from '../../model/comfort.ts'

/**
 * EN 301 549, 5.1.4 asks for one way to have every letter at 0.7° from 60 cm: here it is the usual one, and every other.
 * And what fingers of all ages hit (`ux.md` §2.3).
 */
const CAPITAL_MM_MIN = 7.3
const TARGET_MM_MIN = 20
const KEY_MM_MIN = 16
/** Height of a capital H of IBM Plex Sans over the size of its text. */
const CAPITAL_OF_EM = 0.698
/** What may be smaller, each with its reason. Nothing has needed it. */
const SMALLER_TEXT: readonly { readonly selector: string; readonly why: string }[] = []
/** Half a pixel is rounding. */
const SLACK_PX = 0.5

/** Waits until what fades in is there. Asked within the page, once: most of the time nothing moves. */
export async function untilStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const isStill = () =>
      document.getAnimations().every((a) => a.playState !== 'running' || a.effect?.getTiming().iterations === Infinity)
    while (!isStill()) await new Promise(requestAnimationFrame)
  })
}

/** What axe has to say, with the strictest contrast it knows; nothing where all is well. */
export async function axeFaults(page: Page): Promise<string[]> {
  // Targets are measured in millimetres below; the tool would count what the foot of a long screen covers for now.
  const violations = await violationsOf(page, STRICTEST_CONTRAST)
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

/** What sticks out of the screen or of its own box, what is too small to be read, and what is too small to be hit. */
export async function sizeFaults(page: Page): Promise<string[]> {
  const smaller = SMALLER_TEXT.map(({ selector }) => selector)
  const pxPerMm = await pxPerMmOf(page)
  const bounds = { CAPITAL_MM_MIN, TARGET_MM_MIN, KEY_MM_MIN, CAPITAL_OF_EM, SLACK_PX, smaller, pxPerMm }
  return await page.evaluate((is) => {
    const root = document.documentElement
    const { pxPerMm } = is
    const open = document.querySelector('dialog[open]') ?? document.body
    const seen = (element: Element): boolean =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      element.closest('.for-listeners') === null
    const named = (element: Element): string =>
      `<${element.localName} ${element.className}> ${element.textContent.trim().slice(0, 40)}`

    const faults: string[] = []
    if (root.scrollWidth > root.clientWidth) faults.push(`the page is ${root.scrollWidth} wide`)
    for (const target of open.querySelectorAll('button, a[href], input, select, summary')) {
      if (!seen(target)) continue
      const box = target.getBoundingClientRect()
      const mm = Math.min(box.width, box.height) / pxPerMm
      // Keys of letters stand as close as on a keyboard (`ux.md` §6.3).
      const mmMin = target.closest('.key-row') === null ? is.TARGET_MM_MIN : is.KEY_MM_MIN
      if (mm < mmMin - is.SLACK_PX / pxPerMm) faults.push(`${mm.toFixed(1)} mm to hit: ${named(target)}`)
      if (box.left < -is.SLACK_PX || box.right > root.clientWidth + is.SLACK_PX)
        faults.push(`outside: ${named(target)}`)
      // Of the words, not of the room around a button that a finger may hit as well.
      const words = document.createRange()
      words.selectNodeContents(target)
      const said = words.getBoundingClientRect()
      const isTooFull = said.left < box.left - 1 || said.right > box.right + 1 || said.bottom > box.bottom + 2
      // The box of a letter is higher than the letter: on a key it is the key that is seen.
      const isKey = target.closest('.key-row') !== null
      if (!isKey && (isTooFull || said.top < box.top - 2)) faults.push(`too full: ${named(target)}`)
    }
    const texts = document.createTreeWalker(open, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const holder = text.parentElement
      if (holder === null || text.textContent?.trim() === '' || !seen(holder)) continue
      // Of what is written in a drawing, the drawing says how large it is.
      const scale = holder instanceof SVGGraphicsElement ? (holder.getScreenCTM()?.a ?? 1) : 1
      const capitalPx = Number.parseFloat(getComputedStyle(holder).fontSize) * scale * is.CAPITAL_OF_EM
      const capitalMm = capitalPx / pxPerMm
      const maySmaller = is.smaller.some((selector) => holder.closest(selector) !== null)
      if (capitalMm < is.CAPITAL_MM_MIN - 0.05 && !maySmaller)
        faults.push(`capitals of ${capitalMm.toFixed(1)} mm: ${named(holder)}`)
      const range = document.createRange()
      range.selectNodeContents(text)
      const box = range.getBoundingClientRect()
      const isOut = box.left < -is.SLACK_PX || box.right > root.clientWidth + is.SLACK_PX
      if (isOut && box.width > 0) faults.push(`text outside: ${named(holder)}`)
    }
    return [...new Set(faults)]
  }, bounds)
}

/** A column with fewer letters to a line, over so many lines, is not read but spelled. */
const [LETTERS_MIN, LINES_MIN] = [9, 4]

/** Words that are squeezed into a column beside something else, and words that are broken in the middle. */
export async function squeezedFaults(page: Page): Promise<string[]> {
  return await page.evaluate(
    ({ LETTERS_MIN, LINES_MIN }) => {
      const open = document.querySelector('dialog[open]') ?? document.body
      const faults: string[] = []
      const texts = document.createTreeWalker(open, NodeFilter.SHOW_TEXT)
      const linesOf = (range: Range): number =>
        new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top))).size
      for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
        const words = text.textContent ?? ''
        const isSeen = text.parentElement?.checkVisibility({ opacityProperty: true, visibilityProperty: true }) === true
        if (!isSeen || text.parentElement?.closest('.for-listeners, svg') !== null) continue
        const range = document.createRange()
        range.selectNodeContents(text)
        const lines = linesOf(range)
        if (lines >= LINES_MIN && words.length / lines < LETTERS_MIN)
          faults.push(`${lines} lines: ${words.slice(0, 40)}`)
        for (const { 0: word, index } of words.matchAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]+/gu)) {
          range.setStart(text, index)
          range.setEnd(text, index + word.length)
          if (linesOf(range) > 1) faults.push(`broken: ${word}`)
        }
      }
      return [...new Set(faults)]
    },
    { LETTERS_MIN, LINES_MIN },
  )
}

/** How many pixels a millimetre has: a custom property says what was written, and only what has been laid out says pixels. */
async function pxPerMmOf(page: Page): Promise<number> {
  return await page.evaluate(() => {
    const rule = document.createElement('div')
    rule.style.inlineSize = 'calc(var(--mm) * 100)'
    document.body.append(rule)
    const { width } = rule.getBoundingClientRect()
    rule.remove()
    return width / 100
  })
}

/** Set, pictures of the screen are looked at by somebody: see `matrix.ts`. */
const arePicturesWanted = process.env['SKRANKE_TEST_SHOTS'] !== undefined
/**
 * How large the screen is painted, where nobody looks at the picture. It is laid out in its full size, which is all that
 * is judged; to paint two million pixels after each change, without a graphics card, would be a quarter of all the work.
 */
const PAINTED_SCALE = 0.1

const sessions = new WeakMap<Page, Promise<CDPSession>>()

/**
 * Turns the glass, or takes another one, and waits until the screen stands there: how high the bar is, which the screen
 * leaves room for, is told a frame after the bar has it, and until then what lies lowest may be behind the bar.
 */
export async function turn(page: Page, size: { readonly width: number; readonly height: number }): Promise<void> {
  if (arePicturesWanted) await page.setViewport(size)
  else {
    const session = sessions.get(page) ?? page.createCDPSession()
    sessions.set(page, session)
    const glass = { ...size, deviceScaleFactor: 1, mobile: false, scale: PAINTED_SCALE }
    await (await session).send('Emulation.setDeviceMetricsOverride', glass)
  }
  await untilSettled(page)
  await untilStill(page)
}

/** What follows from sizes, as the button for what lies below, follows in the next frames. */
export async function untilSettled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let i = 0; i < 4; i += 1) await new Promise(requestAnimationFrame)
  })
}

/** What can be pressed and lies higher than somebody reaches who sits; nothing where all is within reach. */
export async function reachFaults(page: Page): Promise<string[]> {
  await untilSettled(page)
  const bounds = { pxPerMm: await pxPerMmOf(page), LOW_REACH_MM }
  return await page.evaluate(({ pxPerMm, LOW_REACH_MM }) => {
    const open = document.querySelector('dialog[open]') ?? document.body
    const controls = [...open.querySelectorAll<HTMLElement>('button, a[href], input, textarea, select, summary')]
    return controls.flatMap((control) => {
      if (!control.checkVisibility() || control.matches(':disabled')) return []
      const heightMm = (innerHeight - control.getBoundingClientRect().top) / pxPerMm
      return heightMm <= LOW_REACH_MM
        ? []
        : [`${heightMm.toFixed(0)} mm up: ${control.textContent.trim().slice(0, 40)}`]
    })
  }, bounds)
}

/** A machine that is busy draws the next frames late. */
const SETTLED_TRIES_MAX = 10

/** A screen that is longer than the glass and does not say so, and what everybody comes for out of sight. */
export async function hiddenFaults(page: Page): Promise<string[]> {
  let faults = await hiddenNow(page)
  for (let i = 0; i < SETTLED_TRIES_MAX && faults.length > 0; i += 1) {
    await untilSettled(page)
    faults = await hiddenNow(page)
  }
  return faults
}

async function hiddenNow(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const isInSight = (control: Element | null): boolean => {
      const box = control?.getBoundingClientRect()
      return box !== undefined && box.top >= 0 && box.bottom <= innerHeight + 1
    }
    const { scrollHeight } = document.documentElement
    const faults: string[] = []
    const call = document.querySelector('.welcome button.call')
    for (const y of [0, scrollHeight / 2, scrollHeight]) {
      scrollTo(0, y)
      if (call !== null && !isInSight(call)) faults.push(`the call is out of sight from ${y}`)
      if (scrollHeight > innerHeight + 2 && !isInSight(document.querySelector('.comfort .more')))
        faults.push(`nothing says that there is more, at ${y}`)
    }
    scrollTo(0, 0)
    return faults
  })
}

/** What has the focus after a step: the how-manieth control, whether it is in sight, and whether it shows it. */
type FocusStep = { readonly order: number; readonly isInSight: boolean; readonly isMarked: boolean }

/** Goes through the screen by Tab: every control in the order in which it is read, seen while it has the focus, and no trap. */
export async function focusFaults(page: Page): Promise<string[]> {
  const expected = await page.evaluate(() => {
    const open = document.querySelector('dialog[open]') ?? document.body
    const controls = [
      ...open.querySelectorAll<HTMLElement>(
        'button, a[href], input, textarea, select, summary, [tabindex="0"], [contenteditable="true"]',
      ),
    ]
    const reached = controls.filter(
      (control) => control.checkVisibility() && !control.matches(':disabled, [tabindex="-1"]'),
    )
    // Looked at when the key is let go: by then the page has brought into sight what has the focus.
    const steps: FocusStep[] = []
    const look = ({ key }: KeyboardEvent): void => {
      const control = document.activeElement as HTMLElement | null
      if (key !== 'Tab' || control === null || control === document.body) return
      const box = control.getBoundingClientRect()
      const isInSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
      const { outlineStyle, outlineWidth } = getComputedStyle(control)
      const isMarked = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
      steps.push({ order: reached.indexOf(control), isInSight, isMarked })
    }
    addEventListener('keyup', look, true)
    const endSteps = (): FocusStep[] => {
      removeEventListener('keyup', look, true)
      return steps
    }
    Object.assign(globalThis, { endSteps })
    document.querySelector<HTMLElement>('h1')?.focus()
    return reached.map((control) => control.textContent.trim().slice(0, 40))
  })
  // Once around: between the last and the first the focus is nowhere for one step.
  for (let i = 0; i <= expected.length; i += 1) await page.keyboard.press('Tab')
  const steps = await page.evaluate(() => (globalThis as unknown as { endSteps(): FocusStep[] }).endSteps())
  const faults: string[] = []
  const order: number[] = []
  for (const at of steps) {
    if (order.includes(at.order)) continue
    order.push(at.order)
    const name = expected[at.order] ?? '?'
    if (!at.isInSight) faults.push(`has the focus out of sight: ${name}`)
    if (!at.isMarked) faults.push(`has the focus and does not show it: ${name}`)
  }
  const missed = expected.filter((_name, i) => !order.includes(i))
  if (missed.length > 0) faults.push(`never reached: ${missed.join(', ')}`)
  // Where it begins is the screen's business; from there it goes on in the order of reading, once around.
  const breaks = order.filter((n, i) => i > 0 && n !== ((order[i - 1] ?? 0) + 1) % expected.length).length
  if (breaks > 0) faults.push(`goes ${order.join(' ')}`)
  return faults
}

/** What somebody who listens is told, a line for each thing: role, name and state. */
export async function spokenText(page: Page): Promise<string[]> {
  await untilSettled(page)
  const tree = await page.accessibility.snapshot()
  // Seconds go by while screens are judged.
  return tree === null
    ? []
    : linesOf(tree, 0).map((line) => line.replace(RUNNING_SECONDS, (_all, before = '') => `${before}…`))
}

/** A clock that counts, and the last minute before somebody is taken for gone, with its word: that depends on the number. */
const RUNNING_SECONDS = /(StaticText )\d+:\d\d$|(?<=StaticText .*)\b(?:5\d|60)\b \p{L}+/u

function linesOf(node: SerializedAXNode, depth: number): string[] {
  const { role, name = '', pressed, disabled, checked, children = [] } = node
  // Where something may be said, and nothing is just now.
  if (role === 'status' && name === '' && children.length === 0) return []
  const states = [pressed === true && 'pressed', disabled === true && 'disabled', checked === true && 'checked']
  const own = [role, name, ...states.filter((state) => state !== false)].filter((part) => part !== '').join(' ')
  return [`${'  '.repeat(depth)}${own}`, ...children.flatMap((child) => linesOf(child, depth + 1))]
}
