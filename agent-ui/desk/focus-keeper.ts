/**
 * The keyboard is never lost. What it stands on can be taken away by a press, by the server or by the time; it then goes
 * on nearby: to the heading of what is left around it, or to the first thing there that can be used.
 */

const USABLE = 'button, input, select, textarea, summary, a[href], [tabindex]:not([tabindex="-1"])'
const HEADINGS = 'h1, h2'

export interface FocusKeeperParts {
  /** Everything that is drawn is in it. */
  readonly page: HTMLElement
  /** Something is asked of the server: what cannot be pressed meanwhile can be again in a moment. */
  readonly isBusy: () => boolean
}

/** Starts keeping. Once for the page. */
export function keepFocus({ page, isBusy }: FocusKeeperParts): void {
  let last: HTMLElement | null = null
  /** What `last` was in, from the inside out. */
  let around: HTMLElement[] = []
  const note = ({ target }: Event): void => {
    if (!(target instanceof HTMLElement) || !page.contains(target)) return
    last = target
    around = []
    for (let box = target.parentElement; box !== null && box !== document.body; box = box.parentElement)
      around.push(box)
  }
  document.addEventListener('focusin', note)
  // Whoever presses beside everything has let go by themselves; a press on a button is followed by its focus.
  document.addEventListener('pointerdown', () => (last = null))
  // So has whoever leaves the page by the tabulator. What is taken away loses its focus too, and is gone a moment later.
  document.addEventListener('focusout', ({ target, relatedTarget }) => {
    if (relatedTarget !== null || document.activeElement === target) return
    queueMicrotask(() => {
      if (last === target && last !== null && canHaveFocus(last)) last = null
    })
  })
  const mend = (): void => {
    const active = document.activeElement
    const isLost = active === null || active === document.body || active === last
    if (last === null || !isLost) return
    if (canHaveFocus(last)) return active === last ? undefined : last.focus()
    if (last.isConnected && last.matches(':disabled') && isBusy()) return
    nextPlace(around, page)?.focus()
  }
  new MutationObserver(mend).observe(page, {
    subtree: true,
    childList: true,
    attributeFilter: ['disabled', 'hidden', 'open'],
  })
}

const canHaveFocus = (element: HTMLElement): boolean =>
  element.isConnected && !element.matches(':disabled') && element.checkVisibility({ visibilityProperty: true })

function nextPlace(around: readonly HTMLElement[], page: HTMLElement): HTMLElement | null {
  for (const box of around) {
    if (!box.isConnected || !box.checkVisibility()) continue
    const found = placeIn(box)
    if (found !== undefined) return found
    if (box === page) break
  }
  return null
}

/** The page itself has more than its work: the bar above. Its heading is in the work. */
function placeIn(box: HTMLElement): HTMLElement | undefined {
  const heading = [...box.querySelectorAll<HTMLElement>(HEADINGS)].find((each) => each.checkVisibility())
  // A heading is nothing to press, and there to be read out.
  if (heading !== undefined && !heading.hasAttribute('tabindex')) heading.tabIndex = -1
  return heading ?? [...box.querySelectorAll<HTMLElement>(USABLE)].find(canHaveFocus)
}
