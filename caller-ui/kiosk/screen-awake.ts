/** Keeps the screen from going dark and from reacting to what only a desk needs: the right button, dragging. */

export function keepAwake(): void {
  document.addEventListener('contextmenu', (event) => event.preventDefault())
  document.addEventListener('dragstart', (event) => event.preventDefault())
  const ask = (): void => {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
    navigator.wakeLock.request('screen').catch(() => {
      // Refused on a low battery or by policy. The machine's own settings then decide.
    })
  }
  document.addEventListener('visibilitychange', ask)
  ask()
}
