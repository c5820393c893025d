/** Whether the words of a screen fit into it: into their boxes, between its edges, and not below one another. */
import type { Page } from 'puppeteer'

/** What does not fit, in words; nothing where all does. A pixel is rounding. */
export async function overflows(page: Page): Promise<string[]> {
  await page.evaluate(() => scrollTo(0, 0))
  return await page.evaluate(() => {
    const root = document.documentElement
    const open = document.querySelector('dialog[open]') ?? document.body
    const boxes = [...open.querySelectorAll<HTMLElement>('button, h1, h2, p, dt, dd, li, a, label, figcaption')]
    const shown = boxes.filter((box) => box.checkVisibility() && box.closest('.for-listeners') === null)
    /** The room that its words take, without those that only listeners get. */
    const roomOf = (box: Element) => {
      const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT)
      const rects: DOMRect[] = []
      for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
        if (text.parentElement?.closest('.for-listeners') != null) continue
        const range = document.createRange()
        range.selectNodeContents(text)
        rects.push(...[...range.getClientRects()].filter(({ width }) => width > 0))
      }
      const edge = (which: 'left' | 'top') => Math.min(...rects.map((rect) => rect[which]))
      const end = (which: 'right' | 'bottom') => Math.max(...rects.map((rect) => rect[which]))
      return { left: edge('left'), top: edge('top'), right: end('right'), bottom: end('bottom') }
    }
    const named = (box: Element) => `<${box.localName} ${box.className}> ${box.textContent.trim().slice(0, 40)}`
    /** In a box of its own that is scrolled, what does not fit is scrolled to, and lies below nothing. */
    const isScrolledAway = (box: Element, y: number): boolean => {
      for (let holder = box.parentElement; holder !== null; holder = holder.parentElement) {
        const { top, bottom } = holder.getBoundingClientRect()
        if (['auto', 'scroll'].includes(getComputedStyle(holder).overflowY) && (y < top || y > bottom)) return true
      }
      return false
    }
    const faults: string[] = []
    if (root.scrollWidth > root.clientWidth) faults.push(`the page is ${root.scrollWidth} wide`)
    for (const box of shown) {
      const { left, right, top, bottom, width, height } = box.getBoundingClientRect()
      if (left < -1 || right > root.clientWidth + 1) faults.push(`outside: ${named(box)}`)
      const words = roomOf(box)
      if (words.left < left - 1 || words.right > right + 1) faults.push(`too wide: ${named(box)}`)
      // Tall letters may hang a little beyond their line, but not out of a button.
      const isTall = box.localName === 'button' && (words.top < top - 2 || words.bottom > bottom + 2)
      if (isTall) faults.push(`too tall: ${named(box)}`)
      // Where its words are: lines may touch one another. What lies below the screen is scrolled to.
      const points = [0.05, 0.5, 0.95].flatMap((x) => [0.3, 0.5, 0.7].map((y) => [left + x * width, top + y * height]))
      const cover = points
        .filter(([, y = 0]) => !isScrolledAway(box, y))
        .map(([x = 0, y = 0]) => document.elementFromPoint(x, y))
        .find((hit) => hit !== null && !hit.contains(box) && !box.contains(hit))
      // What stays at the edge of a screen that is scrolled lies above the rest.
      const isEdge = cover?.closest('.actions, .comfort') != null && root.scrollHeight > root.clientHeight
      if (cover != null && !isEdge) faults.push(`below ${named(cover).slice(0, 50)}: ${named(box)}`)
    }
    return [...new Set(faults)]
  })
}
