/** A desk for each test: its server, its page, and what it must not have done at the end. */
import type { Browser } from 'puppeteer'
import t, { type Test } from 'tap'
import { Screen } from './browser.ts'
import { sara } from './people.ts'
import { ScriptedServer } from './scripted-server.ts'

export interface Options {
  readonly before?: () => void
  /** Where the test begins: at the form, at the check of the devices, or ready for calls. */
  readonly start?: 'form' | 'check' | 'ready'
}

export interface Desk {
  readonly server: ScriptedServer
  readonly screen: Screen
  /** What the page asked of the server, what it asks by itself left out. */
  asked(): string[]
}

const BY_ITSELF: ReadonlySet<string> = new Set(['media.ticket', 'wrap-up.read'])

/** Makes what makes one test with a desk of its own, which complains of nothing. */
export const deskTests =
  (browser: Browser) =>
  (name: string, options: Options, play: (t: Test, desk: Desk) => Promise<void>): void => {
    t.test(name, async (t) => {
      const { before, start = 'ready' } = options
      const server = await ScriptedServer.start()
      if (start === 'ready') server.view = { ...server.view, availability: 'available', awayReason: null }
      const screen = await Screen.open(browser, server.url, {
        ...(before === undefined ? {} : { before }),
        ...(start === 'form' ? {} : { cookie: server.cookieOf(sara) }),
      })
      try {
        if (start === 'ready') await screen.heading('Du er klar')
        const asked = () => server.asked.map((request) => request.name).filter((name) => !BY_ITSELF.has(name))
        await play(t, { server, screen, asked })
        t.same(screen.complaints, [], 'neither the page nor its policy complained')
        t.same(server.bugs, [], 'the scripted server kept the contract')
      } finally {
        await screen.close()
        await server.stop()
      }
    })
  }
