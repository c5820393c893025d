/**
 * `npm run bench -- real-time-text`: how soon a letter that is typed is on the other side's screen, between two browsers
 * through a real SFU, while sound and picture flow; with packets lost; and whether it is shown where text was lost.
 *
 * `--characters` (500 at least for the mark), `--loss` (a share of the packets, for as many characters again by half).
 * Everything stays on this machine and takes under three minutes.
 */
import { parseArgs } from 'node:util'
import { startSfu, type Sfu } from '#sfu/app.ts'
import { BrowserParty, servePages, standBy } from '#sfu/test/browser/browser-call.ts'
import { mediaSecret, until, workerBin } from '#sfu/test/harness.ts'
import { launchChromium } from '../browser/chromium.ts'
import { UdpRelay } from '../browser/udp-relay.ts'
import type { Report } from '../run.ts'
import { summaryOf, type Summary } from '../summary.ts'

/** EN 301 549, 6.2.4: a letter is transmitted within so long, in ms. Here it is shown by then. */
const SHOWN_P95_MS = 500
/** A quick typist: so long between two letters, in ms, by turns. */
const GAPS_MS = [90, 140, 70, 180, 110, 130]
const CHARACTERS_MAX = 1_000
const ROOM = 'bench'

export async function realTimeText(args: readonly string[]): Promise<Report> {
  const { values } = parseArgs({
    args: [...args],
    options: { characters: { type: 'string', default: '500' }, loss: { type: 'string', default: '0.05' } },
  })
  const [count, loss] = [Number(values.characters), Number(values.loss)]
  if (!(count >= 10 && count <= CHARACTERS_MAX)) throw new Error(`Say --characters from 10 to ${CHARACTERS_MAX}.`)
  if (!(loss >= 0 && loss <= 0.3)) throw new Error('Say --loss from 0 to 0.3.')
  const endings: (() => unknown)[] = []
  try {
    return await measure(count, loss, (ending) => endings.unshift(ending))
  } finally {
    for (const ending of endings) await ending()
  }
}

async function measure(count: number, loss: number, atEnd: (ending: () => unknown) => void): Promise<Report> {
  let sfuUrl = ''
  const origin = await servePages({ teardown: atEnd }, () => sfuUrl)
  const sfu = await startBenchSfu(origin)
  atEnd(() => sfu.stop())
  sfuUrl = sfu.url
  const way = new UdpRelay()
  atEnd(() => way.close())
  await sfu.rooms.open(ROOM)
  const browser = await launchChromium({ areSideBySide: true })
  atEnd(() => browser.close())
  const [citizen, specialist] = await standBy(browser, origin, ROOM, { relay: way })
  await sfu.rooms.connect(ROOM, ['caller', 'agent-1'])
  await Promise.all([citizen.hasTextOpen(), specialist.hasTextOpen()])
  process.stderr.write(`${count} characters, nothing lost …\n`)
  const clean = await typeAndWatch(citizen, specialist, count)
  process.stderr.write(`the same with ${loss * 100} % of the packets lost …\n`)
  way.lose(loss)
  const lossy = await typeAndWatch(citizen, specialist, Math.ceil(count / 2))
  way.lose(0)
  const isLossShown = await losesConnection(sfu, way, [citizen, specialist])
  const isPassed = clean.p95 <= SHOWN_P95_MS && lossy.isWhole && clean.isWhole && isLossShown
  const { passed, dropped } = way.counts
  return {
    isPassed,
    figures: {
      characters: count,
      shownMs: clean,
      lossShare: loss,
      shownWithLossMs: lossy,
      isLossShown,
      passed,
      dropped,
    },
  }
}

function startBenchSfu(origin: string): Promise<Sfu> {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const config = {
    mediaSecret,
    logLevel: 'info' as const,
    sfuId: 'sfu-1',
    host: '127.0.0.1',
    port: 0,
    listenIp: '127.0.0.1',
    mediaPortBase: 0,
    workerCount: 1,
    allowedOrigins: [origin],
    connectionBurst: 1_000,
    serverAbsenceMsMax: 600_000,
    workerBin: workerBin(),
  }
  return startSfu(config, { log })
}

/** Types `count` characters and finds out for each how long it took to stand on the other side, in ms. */
async function typeAndWatch(
  from: BrowserParty,
  to: BrowserParty,
  count: number,
): Promise<Summary & { readonly isWhole: boolean }> {
  const messagesBefore = await to.page.evaluate(() => window.call.messages().length)
  const text = 'Hvor skal jeg hen med mit pas? شكرا 👍 '.repeat(Math.ceil(count / 30))
  const letters = [...text].slice(0, count)
  const typedAt = await from.page.evaluate(
    async (all, gapsMs) => {
      const at: number[] = []
      let line = ''
      for (const [index, letter] of all.entries()) {
        if (line.length > 60) {
          window.call.finishLine()
          line = ''
        }
        line += letter
        at.push(Date.now())
        window.call.writeLine(line)
        await new Promise((resolve) => setTimeout(resolve, gapsMs[index % gapsMs.length]))
      }
      window.call.finishLine()
      return at
    },
    letters,
    GAPS_MS,
  )
  const arrived = async (): Promise<{ letter: string; at: number }[]> => {
    const messages = await to.page.evaluate(() => window.call.messages())
    return messages.slice(messagesBefore).flatMap(({ told, at }) => {
      const letters = told.kind === 'received' ? [...told.text] : ['\uFFFD']
      return letters.filter((letter) => letter !== '\u2028').map((letter) => ({ letter, at }))
    })
  }
  await until('every letter', async () => (await arrived()).length >= count, 20_000).catch(() => undefined)
  const shown = await arrived()
  const isWhole = shown.map(({ letter }) => letter).join('') === letters.join('')
  return { ...summaryOf(typedAt.map((at, index) => (shown[index]?.at ?? Number.POSITIVE_INFINITY) - at)), isWhole }
}

/** Text is under way when everything breaks: whether the other side sees where it is missing. */
async function losesConnection(sfu: Sfu, way: UdpRelay, [from, to]: [BrowserParty, BrowserParty]): Promise<boolean> {
  way.lose(1)
  await from.sends('this is lost')
  process.kill(sfu.rooms.workerPids[0] ?? 0, 'SIGKILL')
  await until('the room is made again', () => sfu.rooms.workerCount > 0)
  way.lose(0)
  try {
    await until('the loss is shown', async () => (await to.text()).includes('\uFFFD'), 20_000)
    return true
  } catch {
    return false
  }
}
