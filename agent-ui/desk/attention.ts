/** Gets the agent's attention wherever they look: sound, the window's title, and a notice of the desktop while hidden. */
import { computed, effect } from '@preact/signals'
import { classText } from '../text/class-text.ts'
import { t } from '../text/language.ts'
import { addressText, matterText } from './call-facts.tsx'
import { view } from './desk-state.ts'
import { startRinging, stopRinging, unlockSound } from './ring.ts'

/** The work as far as it calls for attention. Equal text means nothing new, however often the view changes. */
const ringingOfferId = computed(() => {
  const work = view.value?.work
  return work?.kind === 'offered' ? work.offerId : null
})
const workKind = computed(() => view.value?.work.kind ?? null)

/** Starts watching. Once for the page. */
export function callAttention(): void {
  document.addEventListener('pointerdown', unlockSound, { once: true })
  document.addEventListener('keydown', unlockSound, { once: true })
  effect(() => {
    if (ringingOfferId.value === null) return stopRinging()
    startRinging()
    return notifyWhileAway()
  })
  effect(() => {
    document.title = titleText()
  })
  window.addEventListener('beforeunload', (event) => {
    // The browser asks whether the agent really means to leave a citizen alone.
    if (workKind.value === 'in-call') event.preventDefault()
  })
}

/** Asks once whether notices of the desktop are welcome. Called from a press, as browsers require. */
export function askForNotifications(): void {
  if (notificationPermission() === 'default') void Notification.requestPermission()
}

/** What the browser allows. Where it has no notices of the desktop, they are denied. */
export function notificationPermission(): NotificationPermission {
  return 'Notification' in window ? Notification.permission : 'denied'
}

function titleText(): string {
  const work = view.value?.work
  switch (work?.kind) {
    case 'offered':
      return t('title.ringing', { site: work.call.siteName })
    case 'in-call':
      return t('title.inCall', { site: work.call.siteName })
    case 'wrap-up':
      return t('title.wrapUp')
    default:
      return t('title.desk')
  }
}

/** A notice for as long as the agent looks at something else while it rings. Returns what ends it. */
function notifyWhileAway(): () => void {
  let takeAway: (() => void) | undefined
  const look = (): void => {
    const isAway = document.hidden || !document.hasFocus()
    if (isAway) takeAway ??= showNotification()
    else {
      takeAway?.()
      takeAway = undefined
    }
  }
  look()
  const stopper = new AbortController()
  document.addEventListener('visibilitychange', look, stopper)
  for (const name of ['blur', 'focus'] as const) window.addEventListener(name, look, stopper)
  return () => {
    stopper.abort()
    takeAway?.()
  }
}

/** Returns what takes the notice away again. */
function showNotification(): (() => void) | undefined {
  const work = view.peek()?.work
  if (work?.kind !== 'offered' || notificationPermission() !== 'granted') return undefined
  const notice = new Notification(t('title.ringing', { site: work.call.siteName }), {
    body: work.call.isFirst ? `${classText(work.call)}: ${addressText(work.call)}` : matterText(work.call),
    tag: work.offerId,
    requireInteraction: true,
  })
  notice.onclick = () => {
    window.focus()
    notice.close()
  }
  return () => notice.close()
}
