/** A supervisor's page for each test: its server, its page, and what it must not have done at the end. */
import type { Browser } from 'puppeteer'
import t, { type Test } from 'tap'
import { Screen } from './browser.ts'
import { niels } from './people.ts'
import { ScriptedServer } from './scripted-server.ts'

export const floorPage = { path: '/agent/supervisor.html', who: niels }
export const reportsPage = { path: '/agent/reports.html', who: niels }
export const figuresPage = { path: '/agent/figures.html', who: niels }

export interface Play {
  readonly server: ScriptedServer
  readonly screen: Screen
}

interface Visit {
  readonly path: string
  /** Has signed in before; null begins at the form. */
  readonly who: typeof niels | null
}

/** Makes what makes one test with a page of its own. */
export const boardTests =
  (browser: Browser) =>
  (name: string, { path, who }: Visit, play: (t: Test, parts: Play) => Promise<void>): void => {
    t.test(name, async (t) => {
      const server = await ScriptedServer.start()
      const cookie = who === null ? {} : { cookie: server.cookieOf(who) }
      const screen = await Screen.open(browser, server.url, { path, ...cookie })
      try {
        await play(t, { server, screen })
        t.same(screen.complaints, [], 'neither the page nor its policy complained')
        t.same(server.bugs, [], 'the scripted server kept the contract')
      } finally {
        await screen.close()
        await server.stop()
      }
    })
  }
