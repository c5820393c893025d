/** Places in what is shown, in letters of any size: from a finger or a scroll to a place, and from a place to pixels. */
import type { ShownPlace } from '#server/contract/shown.ts'

/** Marks the element of a block, by its number. */
export const BLOCK = 'data-block'

const blocksIn = (box: HTMLElement): HTMLElement[] => [...box.querySelectorAll<HTMLElement>(`[${BLOCK}]`)]
const share = (part: number, whole: number): number => (whole <= 0 ? 0 : Math.min(1, Math.max(0, part / whole)))

/** Pixels of a box in the page, before any scaling of it, and where it begins. */
function rectsOf(box: HTMLElement, block: HTMLElement) {
  const outer = box.getBoundingClientRect()
  const inner = block.getBoundingClientRect()
  const scale = box.offsetWidth === 0 ? 1 : outer.width / box.offsetWidth
  return {
    left: (inner.left - outer.left) / scale - box.clientLeft + box.scrollLeft,
    top: (inner.top - outer.top) / scale - box.clientTop + box.scrollTop,
    width: inner.width / scale,
    height: inner.height / scale,
  }
}

/** The place under a point of the window: in the block that is nearest above or below. Null where there is no block. */
export function placeAt(box: HTMLElement, clientX: number, clientY: number): ShownPlace | null {
  let nearest: { block: number; rect: DOMRect; far: number } | null = null
  for (const [block, element] of blocksIn(box).entries()) {
    const rect = element.getBoundingClientRect()
    const far = Math.max(rect.top - clientY, clientY - rect.bottom, 0)
    if (nearest === null || far < nearest.far) nearest = { block, rect, far }
  }
  if (nearest === null) return null
  const { block, rect } = nearest
  return { block, x: share(clientX - rect.left, rect.width), y: share(clientY - rect.top, rect.height) }
}

/** Where a place is, in pixels of what the box scrolls; null where there is no such block. */
export function pixelsOf(box: HTMLElement, place: ShownPlace): { readonly left: number; readonly top: number } | null {
  const element = blocksIn(box)[place.block]
  if (element === undefined) return null
  const { left, top, width, height } = rectsOf(box, element)
  return { left: left + place.x * width, top: top + place.y * height }
}

/** What stands uppermost in the box. */
export function topOf(box: HTMLElement): ShownPlace {
  const elements = blocksIn(box)
  for (const [block, element] of elements.entries()) {
    const { top, height } = rectsOf(box, element)
    if (top + height > box.scrollTop) return { block, x: 0, y: share(box.scrollTop - top, height) }
  }
  return { block: Math.max(0, elements.length - 1), x: 0, y: 1 }
}

/** Scrolls so that `place` is uppermost. Where nothing is scrolled off the top, so it is here. */
export function scrollToPlace(box: HTMLElement, place: ShownPlace): void {
  const pixels = place.block === 0 && place.y === 0 ? { top: 0 } : pixelsOf(box, place)
  if (pixels !== null) box.scrollTop = pixels.top
}

/** Scrolls as little as is needed to have `place` in sight, with some room around it. */
export function bringIntoSight(box: HTMLElement, place: ShownPlace): void {
  const pixels = pixelsOf(box, place)
  if (pixels === null) return
  const room = box.clientHeight / 5
  if (pixels.top - room < box.scrollTop) box.scrollTop = pixels.top - room
  else if (pixels.top + room > box.scrollTop + box.clientHeight) box.scrollTop = pixels.top + room - box.clientHeight
}

/**
 * Scrolling that others follow: `onScroll` is told what stands uppermost when a person scrolls the box, and not when
 * `follow` does. Returns both ends.
 */
export function scrollTogether(
  box: HTMLElement,
  onScroll: (top: ShownPlace) => void,
): { follow(work: () => void): void; end(): void } {
  let expected = box.scrollTop
  const listen = (): void => {
    if (Math.abs(box.scrollTop - expected) < 2) return
    expected = box.scrollTop
    onScroll(topOf(box))
  }
  box.addEventListener('scroll', listen, { passive: true })
  return {
    follow(work) {
      work()
      expected = box.scrollTop
    },
    end: () => box.removeEventListener('scroll', listen),
  }
}
