/** Whether somebody who waits long is still there: asked once in a while, and never a reason to lose the place. */

/** A wait so long without a touch is asked about. Raised, empty screens are called; lowered, people are bothered. In ms. */
export const ASK_AFTER_MS = 600_000
/** How long the question stands before the place is held to be left. WCAG 2.2.1 asks for 20 s, ux.md for 30. In ms. */
export const ANSWER_WITHIN_MS = 60_000
/** How long the place stays at the screen after that, for somebody who went for a book. In ms. */
export const MAYBE_GONE_MS = 180_000

export type PresenceCheck =
  | { readonly kind: 'here' }
  /** The question is on the screen. `secondsLeft` until it counts as unanswered. */
  | { readonly kind: 'asking'; readonly secondsLeft: number }
  /** Unanswered: perhaps gone. The place is still at this screen, until it steps away on its ticket. */
  | { readonly kind: 'maybe-gone'; readonly secondsLeft: number }
  /** The place goes along with its ticket now, and is called when it is near. */
  | { readonly kind: 'gone' }

export const HERE: PresenceCheck = { kind: 'here' }

/**
 * How it stands `quietMs` after the last sign of life. An answer is one, so that the question comes back as often as it
 * takes; there is no last time.
 */
export function presenceAfter(quietMs: number): PresenceCheck {
  const askingMs = ASK_AFTER_MS + ANSWER_WITHIN_MS - quietMs
  if (quietMs < ASK_AFTER_MS) return HERE
  if (askingMs > 0) return { kind: 'asking', secondsLeft: Math.ceil(askingMs / 1_000) }
  const keptMs = askingMs + MAYBE_GONE_MS
  return keptMs > 0 ? { kind: 'maybe-gone', secondsLeft: Math.ceil(keptMs / 1_000) } : { kind: 'gone' }
}
