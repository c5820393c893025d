/** The real pages in a real browser, used as people use them: what is there is found by its role and name. */
import type { Browser, Page } from 'puppeteer'
import type { Access } from '../access.ts'

/** Far more than any screen takes on a busy machine: only a fault waits so long. */
const WAIT_MS_MAX = 30_000
/** The kiosk takes no second press within 400 ms of the first, as a finger that trembles would make. */
const BETWEEN_PRESSES_MS = 450

export type Received = { readonly framesDecoded: number; readonly audioEnergy: number }

/** What {@link watchPage} leaves in the page. */
export type Watched = {
  connections: RTCPeerConnection[]
  /** The stream that each track came in, by the track's id. */
  owners: Map<string, string>
  /** Each picture that was drawn: whose, by the label of its place, and when, in ms since 1970. */
  drawn: { label: string; at: number }[]
  /** What came of each stream by the last look at it: a connection that is closed tells nothing any more. */
  counts: Map<string, Received>
  /** When a button was last pressed, and when a picture of the other side was first shown after it, in ms since 1970. */
  pressedAt: number
  shownAt: number
}

/** A page of its own person, watched: an agent and a kiosk are never one browser. */
export async function openPage(browser: Browser, size: { width: number; height: number }): Promise<Page> {
  const context = await browser.createBrowserContext()
  const page = await context.newPage()
  await page.setViewport(size)
  page.setDefaultTimeout(WAIT_MS_MAX)
  await page.evaluateOnNewDocument(watchPage)
  return page
}

/** Runs in the page before anything of ours: keeps its connections, and looks at presses and at what is shown. */
function watchPage(): void {
  const watched: Watched = {
    connections: [],
    owners: new Map(),
    drawn: [],
    counts: new Map(),
    pressedAt: 0,
    shownAt: 0,
  }
  Object.assign(globalThis, { watched })
  const now = () => performance.timeOrigin + performance.now()
  const Real = globalThis.RTCPeerConnection
  globalThis.RTCPeerConnection = class extends Real {
    constructor(...args: ConstructorParameters<typeof Real>) {
      super(...args)
      watched.connections.push(this)
      this.addEventListener('track', ({ track, streams }) => watched.owners.set(track.id, streams[0]?.id ?? ''))
    }
  }
  addEventListener('click', () => (watched.pressedAt = now()), true)
  const isRemote = (video: HTMLVideoElement) => {
    const tracks = video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks() : []
    const ids = new Set(tracks.map(({ id }) => id))
    return watched.connections.some((each) => each.getReceivers().some(({ track }) => ids.has(track.id)))
  }
  const seen = new WeakSet<HTMLVideoElement>()
  const take = (video: HTMLVideoElement) => {
    if (isRemote(video) && watched.shownAt < watched.pressedAt) watched.shownAt = now()
  }
  // Of a picture that was there before its place was, no callback tells: it is seen with the next drawing of the page.
  const takeFirst = (video: HTMLVideoElement) => requestAnimationFrame(() => setTimeout(() => take(video)))
  const follow = (video: HTMLVideoElement) => {
    video.requestVideoFrameCallback((drawnAt) => {
      watched.drawn.push({ label: video.ariaLabel ?? '', at: performance.timeOrigin + drawnAt })
      take(video)
      follow(video)
    })
  }
  new MutationObserver(() => {
    for (const video of document.querySelectorAll('video')) {
      if (seen.has(video)) continue
      seen.add(video)
      follow(video)
      if (video.readyState >= video.HAVE_CURRENT_DATA) takeFirst(video)
      else video.addEventListener('loadeddata', () => takeFirst(video), { once: true })
    }
  }).observe(document, { childList: true, subtree: true })
}

/** Presses what has this name, once it is there. */
export async function press(page: Page, name: string): Promise<void> {
  const since = `globalThis.watched.pressedAt + ${BETWEEN_PRESSES_MS} < performance.timeOrigin + performance.now()`
  await page.waitForFunction(since)
  await orWhatIsThere(page, `«${name}» could not be pressed`, buttonOf(page, name).click())
}

/** Waits for a button of this name, without pressing it. */
export async function untilButton(page: Page, name: string): Promise<void> {
  await orWhatIsThere(page, `«${name}» never came`, buttonOf(page, name).wait())
}

/** Waits until the page says all these words. */
export async function says(page: Page, ...words: string[]): Promise<void> {
  const isSaid = (all: string[]) => all.every((each) => document.body.innerText.includes(each))
  await orWhatIsThere(page, `«${words.join('», «')}» was never said`, page.waitForFunction(isSaid, {}, words))
}

const buttonOf = (page: Page, name: string) =>
  page.locator(`::-p-aria([name="${name}"][role="button"])`).setTimeout(WAIT_MS_MAX)

/** That something never came says little: what every page showed instead, when it was last pressed and how it is connected says why. */
export async function orWhatIsThere(page: Page, what: string, done: Promise<unknown>): Promise<void> {
  try {
    await done
  } catch (cause) {
    const others = (await page.browser().pages()).filter((each) => each !== page)
    const words = await Promise.all([page, ...others].map((each) => each.evaluate(whatIsThere, WORDS_CHARACTERS_MAX)))
    throw new Error(`${what}. The pages say: ${words.join(' ¶ ')}`, { cause })
  }
}

/** Of each page: its beginning says which state it is in. */
const WORDS_CHARACTERS_MAX = 300

/** Runs in the page. */
function whatIsThere(charactersMax: number): string {
  const { watched } = globalThis as { watched?: Watched }
  const since = Math.round(performance.timeOrigin + performance.now() - (watched?.pressedAt ?? 0))
  const states = (watched?.connections ?? []).map(({ connectionState }) => connectionState)
  const ways = `${states.filter((state) => state !== 'closed').join('+')} of ${states.length}`
  return `pressed ${since} ms ago, connections ${ways}: ${document.body.innerText.replaceAll(/\s+/g, ' ').slice(0, charactersMax)}`
}

/** Fills in the sign-in form and sends it. */
export async function signIn(page: Page, account: Pick<Access['accounts'][number], 'username' | 'password'>) {
  await page.locator('::-p-aria([name="Brugernavn"][role="textbox"])').setTimeout(WAIT_MS_MAX).fill(account.username)
  await page.locator('input[type=password]').fill(account.password)
  await press(page, 'Log ind')
}

/** Waits until the page's way to the SFU stands, on which nothing need flow yet. */
export async function untilMediaReady(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const { watched } = globalThis as unknown as { watched: Watched }
    return watched.connections.some(({ connectionState }) => connectionState === 'connected')
  })
}

/** When a button of the page was last pressed, in ms since 1970. */
export function pressedAt(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched.pressedAt)
}

/** Waits until a picture of the other side was shown after the page's last press; returns when, in ms since 1970. */
export async function untilShown(page: Page): Promise<number> {
  const shown = await page.waitForFunction(() => {
    const { watched } = globalThis as unknown as { watched: Watched }
    return watched.shownAt > watched.pressedAt ? watched.shownAt : false
  })
  return Number(await shown.jsonValue())
}

/** What the page has decoded and heard until now, over all its connections. */
export function received(page: Page): Promise<Received> {
  return page.evaluate(async () => {
    const { watched } = globalThis as unknown as { watched: Watched }
    for (const [index, connection] of watched.connections.entries()) {
      for (const report of (await connection.getStats()).values() as Iterable<Record<string, unknown>>) {
        if (report['type'] !== 'inbound-rtp') continue
        const framesDecoded = Number(report['framesDecoded'] ?? 0)
        const audioEnergy = Number(report['totalAudioEnergy'] ?? 0)
        watched.counts.set(`${index} ${String(report['id'])}`, { framesDecoded, audioEnergy })
      }
    }
    const all = [...watched.counts.values()]
    return {
      framesDecoded: all.reduce((sum, each) => sum + each.framesDecoded, 0),
      audioEnergy: all.reduce((sum, each) => sum + each.audioEnergy, 0),
    }
  })
}
