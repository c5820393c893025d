/**
 * A second thread of the page, which hears from the first every two seconds. When it hears nothing any more the first
 * hangs, and the service worker is asked to begin the page anew: no other part of a page can do that.
 */
import { HUNG_PATH } from './paths.ts'

export type Ping = {
  /** Where the page lies; it ends with a slash. */
  readonly root: string
  /** Not when the page has given up. */
  readonly mayRestart: boolean
  /** How often this thread looks, and how many looks without a word mean that the first hangs. In ms. */
  readonly everyMs: number
  readonly looksMax: number
}

let last: Ping | undefined
let looksCount = 0
let timer: ReturnType<typeof setInterval> | undefined

addEventListener('message', ({ data }: MessageEvent<Ping>) => {
  last = data
  looksCount = 0
  timer ??= setInterval(look, data.everyMs)
})

/** Counted in looks, not by the clock: a machine that slept has not hung. */
function look(): void {
  looksCount += 1
  if (last === undefined || looksCount < last.looksMax || !last.mayRestart) return
  looksCount = 0
  clearInterval(timer)
  void askForRestart(last.root + HUNG_PATH)
}

/**
 * Asks once: while it is being answered, and after it was, this thread may live on beside the page's successor, which is
 * well. Where the answer is none, the page goes on by itself or not at all.
 */
async function askForRestart(path: string): Promise<void> {
  try {
    await fetch(path)
  } finally {
    close()
  }
}
