/** Whether the words of a screen fit into it: into their boxes, between its edges, and not below one another. */
import type { Page } from 'puppeteer'

/** What does not fit, in words; nothing where all does. Half a pixel is rounding. */
export async function overflows(page: Page): Promise<string[]> {
  await page.evaluate(() => scrollTo(0, 0))
  return await page.evaluate(() => {
    const root = document.documentElement
    const open = document.querySelector('dialog[open]') ?? document.body
    const boxes = [...open.querySelectorAll<HTMLElement>('button, h1, h2, p, dt, dd, li, a, label, figcaption')]
    const shown = boxes.filter((box) => box.checkVisibility() && box.closest('.for-listeners') === null)
    const named = (box: Element) => `<${box.localName} ${box.className}> ${box.textContent.trim().slice(0, 40)}`
    const faults: string[] = []
    if (root.scrollWidth > root.clientWidth) faults.push(`the page is ${root.scrollWidth} wide`)
    for (const box of shown) {
      const isInline = getComputedStyle(box).display === 'inline'
      if (!isInline && box.scrollWidth > box.clientWidth + 1) faults.push(`too wide for its box: ${named(box)}`)
      // Tall letters may hang a little beyond the line, but not out of a button.
      const isTall = box.localName === 'button' && box.scrollHeight > box.clientHeight + 2
      if (isTall) faults.push(`too tall for its box: ${named(box)}`)
      const { left, right, top, bottom, width, height } = box.getBoundingClientRect()
      if (left < -0.5 || right > root.clientWidth + 0.5) faults.push(`outside: ${named(box)}`)
      // Near its corners and in the middle; what lies below the screen is scrolled to.
      const points = [0.05, 0.5, 0.95].flatMap((x) =>
        [0.15, 0.5, 0.85].map((y) => [left + x * width, top + y * height]),
      )
      const covers = points.flatMap(([x = 0, y = 0]) => {
        const hit = document.elementFromPoint(x, y)
        const isOwn = hit === null || hit.contains(box) || box.contains(hit)
        // A way out that stays at the foot of the screen lies above what is scrolled below it.
        const isFoot = hit?.closest('.actions') != null && root.scrollHeight > root.clientHeight
        return isOwn || isFoot || bottom < 0 ? [] : [hit]
      })
      if (covers[0] !== undefined) faults.push(`below ${named(covers[0]).slice(0, 50)}: ${named(box)}`)
    }
    return [...new Set(faults)]
  })
}
