/** Who is seen and heard at a page of people-pages, each for themselves, by what their connections count. */
import type { Page } from 'puppeteer'
import type { Watched } from './people-pages.ts'

/** What came of one of the others until now, over all connections. */
export type Heard = { framesDecoded: number; packets: number; energy: number }

/** What the page has decoded and played of each of the others, by participant. */
export function heard(page: Page): Promise<Record<string, Heard>> {
  return page.evaluate(async () => {
    const { watched } = globalThis as unknown as { watched: Watched }
    const all: Record<string, Heard> = {}
    for (const connection of watched.connections) {
      for (const report of (await connection.getStats()).values() as Iterable<Record<string, unknown>>) {
        const who = watched.owners.get(String(report['trackIdentifier']))
        if (report['type'] !== 'inbound-rtp' || who === undefined) continue
        const sum = (all[who] ??= { framesDecoded: 0, packets: 0, energy: 0 })
        sum.framesDecoded += Number(report['framesDecoded'] ?? 0)
        if (report['kind'] === 'audio') sum.packets += Number(report['packetsReceived'] ?? 0)
        sum.energy += Number(report['totalAudioEnergy'] ?? 0)
      }
    }
    return all
  })
}
