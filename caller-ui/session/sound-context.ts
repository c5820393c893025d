/**
 * The one audio context that everything on this page listens by. A context for each call would be made and closed a hundred
 * thousand times in the life of a kiosk, and what the browser holds of a closed one is its own affair.
 */

let shared: AudioContext | undefined
let borrowersCount = 0

/** Runs while somebody has borrowed it, and rests otherwise. Whoever borrows it takes their own nodes off before `giveBack`. */
export function borrowSound(): { readonly context: AudioContext; giveBack(): void } {
  if (shared === undefined || shared.state === 'closed') shared = new AudioContext()
  const context = shared
  borrowersCount += 1
  // A browser that lets nobody hear before a touch leaves it at rest; whoever listens then hears nothing yet.
  context.resume().catch(() => undefined)
  let isBack = false
  return {
    context,
    giveBack() {
      if (isBack) return
      isBack = true
      borrowersCount -= 1
      if (borrowersCount === 0) context.suspend().catch(() => undefined)
    },
  }
}
