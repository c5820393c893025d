/**
 * A finger acts when it is lifted on what it was put on. Left to itself, the browser takes a finger that wandered some
 * millimetres, or lay there for long, for something else and tells nobody: hands that shake would press in vain.
 */

/** Whatever a finger was put on and has not left for good. */
type Pressed = { readonly pointerId: number; readonly button: HTMLButtonElement }

/**
 * Presses the buttons of `page` for fingers and pens: when they are lifted inside. A second finger, sliding off, and
 * whatever the browser takes over (scrolling) call it off. Mouse, keys and what helps somebody to see or to press go
 * their own way, by `click`.
 */
export function actOnTouchUp(page: Document): void {
  let pressed: Pressed | null = null
  page.addEventListener('pointerdown', ({ pointerType, pointerId, isPrimary, target }) => {
    if (pointerType === 'mouse') return
    const button = buttonOf(target)
    pressed = isPrimary && button !== null ? { pointerId, button } : null
  })
  page.addEventListener('pointercancel', () => (pressed = null))
  page.addEventListener('pointerup', ({ pointerId, clientX, clientY }) => {
    const was = pressed
    if (was?.pointerId !== pointerId) return
    pressed = null
    // A finger stays with what it was put on, wherever it is: what lies under it says whether it is still there.
    if (was.button.contains(page.elementFromPoint(clientX, clientY))) was.button.click()
  })
  page.addEventListener(
    'click',
    (event) => {
      const isTouch = event instanceof PointerEvent && event.isTrusted && /touch|pen/.test(event.pointerType)
      // It was acted on when the finger was lifted; by now something else may lie there.
      if (isTouch && buttonOf(event.target) !== null) event.stopImmediatePropagation()
    },
    { capture: true },
  )
  // Held for long, a button is still a button.
  page.addEventListener('contextmenu', (event) => {
    if (buttonOf(event.target) !== null) event.preventDefault()
  })
}

const buttonOf = (target: EventTarget | null): HTMLButtonElement | null =>
  target instanceof Element ? target.closest('button') : null
