/**
 * The window that the pictures of a call are in, on a second screen. The page draws into it and it has no address of its own,
 * so that its policy is the desk's. It is there as long as the call, and whatever closes it puts the pictures back.
 */
import { batch, signal } from '@preact/signals'

const REMEMBERED_AS = 'skranke.call-window'
const NAME = 'skranke-call'
/** In CSS pixels, as it is opened first; browsers remember what becomes of it. */
const SIZE = { width: 960, height: 640 } as const

/** Null while the pictures are in the desk. */
export const callWindow = signal<Window | null>(null)
/** The browser did not let it open. */
export const isRefused = signal(false)

type PictureInPicture = { requestWindow(size: { width: number; height: number }): Promise<Window> }

/** Called from a press, as browsers require. `isByHand`: the agent pressed for this, and will have it so next time. */
export async function openCallWindow(isByHand = true): Promise<void> {
  if (callWindow.peek() !== null) return
  const opened = await open()
  batch(() => {
    isRefused.value = opened === null && isByHand
    callWindow.value = opened
  })
  if (opened === null) return
  if (isByHand) remember(true)
  takeStyles(opened.document)
  // Closed, loaded anew or gone: nothing of the call is in it any more.
  opened.addEventListener('pagehide', () => {
    if (callWindow.peek() !== opened) return
    callWindow.value = null
    opened.close()
  })
}

/** The pictures come back. `isByHand`: the agent pressed for this, and will have them there next time. */
export function closeCallWindow(isByHand = true): void {
  const { value: opened } = callWindow
  if (isByHand) remember(false)
  batch(() => {
    callWindow.value = null
    isRefused.value = false
  })
  opened?.close()
}

/** In the press that takes a call: opens the window again for whoever had the last call in it. */
export function openCallWindowAsBefore(): void {
  if (isRemembered()) void openCallWindow(false)
}

/** Stays in front of other windows where the browser can do that, and is a plain one where it cannot. */
async function open(): Promise<Window | null> {
  const { documentPictureInPicture } = globalThis as { documentPictureInPicture?: PictureInPicture }
  try {
    if (documentPictureInPicture !== undefined) return await documentPictureInPicture.requestWindow(SIZE)
  } catch {
    // It may be switched off by whoever manages the browser.
  }
  const opened = window.open('', NAME, `popup,width=${SIZE.width},height=${SIZE.height}`)
  // What a desk that crashed has left in it.
  opened?.document.body.replaceChildren()
  return opened
}

/** As links, which the policy lets in; a style in the page it would not. */
function takeStyles(target: Document): void {
  for (const sheet of document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')) {
    const link = target.createElement('link')
    link.rel = 'stylesheet'
    link.href = sheet.href
    target.head.append(link)
  }
}

function remember(isApart: boolean): void {
  try {
    localStorage.setItem(REMEMBERED_AS, isApart ? 'yes' : 'no')
  } catch {
    // Storage may be switched off; the choice is then made in each call.
  }
}

function isRemembered(): boolean {
  try {
    return localStorage.getItem(REMEMBERED_AS) === 'yes'
  } catch {
    return false
  }
}
