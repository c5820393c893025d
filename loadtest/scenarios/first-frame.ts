/** How long it takes from *accept* until each side sees the other: the real pages in Chromium, call after call. */
import type { Page } from 'puppeteer'
import type { Access } from '../access.ts'
import { launchChromium } from '../browser/chromium.ts'
import {
  openPage,
  press,
  pressedAt,
  signIn,
  untilButton,
  untilMediaReady,
  untilShown,
} from '../browser/people-pages.ts'
import { summaryOf } from '../summary.ts'
import type { Report } from '../run.ts'

const CALLS_MAX = 200
/** How long it rings before somebody answers, in ms, one after the other: at once, as somebody quick does, and usually. */
const RINGS_MS = [0, 700, 2_500]

type FirstFrames = { readonly callerMs: number; readonly agentMs: number }

/** Makes `calls` calls and passes when every one of them showed a picture on both sides. Times are in ms. */
export async function firstFrame(access: Access, { calls }: { calls: number }): Promise<Report> {
  if (!(calls >= 1 && calls <= CALLS_MAX)) throw new Error(`Say --calls from 1 to ${CALLS_MAX}.`)
  const account = access.accounts.find(({ role }) => role === 'agent')
  const [kioskAccess] = access.kiosks
  if (account === undefined || kioskAccess === undefined) throw new Error('there is no agent or no kiosk')
  const browser = await launchChromium({ areSideBySide: true })
  try {
    const agent = await openPage(browser, { width: 1280, height: 720 })
    await agent.goto(`${access.url}/agent/`)
    await signIn(agent, account)
    await press(agent, 'Alt er i orden – jeg er klar')
    const kiosk = await openPage(browser, { width: 1080, height: 1920 })
    await kiosk.goto(`${access.url}${kioskAccess.urlPath}`)
    const frames: FirstFrames[] = []
    for (let call = 0; call < calls; call += 1)
      frames.push(await oneCall(kiosk, agent, RINGS_MS[call % RINGS_MS.length] ?? 0))
    // The system is left as it was found: an agent who only vanished would be waited for.
    await agent.evaluate(() => fetch('/api/v1/sign-out', { method: 'POST' }))
    return {
      isPassed: frames.length === calls,
      figures: {
        calls,
        callerMs: summaryOf(frames.map(({ callerMs }) => callerMs)),
        agentMs: summaryOf(frames.map(({ agentMs }) => agentMs)),
        bothMs: summaryOf(frames.map(({ callerMs, agentMs }) => Math.max(callerMs, agentMs))),
      },
    }
  } finally {
    await browser.close()
  }
}

async function oneCall(kiosk: Page, agent: Page, ringMs: number): Promise<FirstFrames> {
  await press(kiosk, 'Ring efter hjælp')
  await untilButton(agent, 'Svar')
  // Nobody answers within the tenth of a second that the path takes; a script would.
  await Promise.all([untilMediaReady(kiosk), untilMediaReady(agent)])
  await new Promise((resolve) => setTimeout(resolve, ringMs))
  await press(agent, 'Svar')
  const acceptedAt = await pressedAt(agent)
  const [callerShownAt, agentShownAt] = await Promise.all([untilShown(kiosk), untilShown(agent)])
  await press(kiosk, 'Læg på')
  await press(agent, 'Færdig – klar til næste')
  await press(kiosk, 'Start forfra')
  return { callerMs: callerShownAt - acceptedAt, agentMs: agentShownAt - acceptedAt }
}
