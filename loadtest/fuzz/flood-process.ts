/**
 * A flood, as a process of its own so that those who are measured do not wait for it: frames that nobody should send, from many addresses
 * of the loopback range, each with a few connections that are made anew whenever they are ended; and connections that came in and then
 * never read. It begins at its start, ends after its time, and tells its parent how it went.
 */
import { seededRandom } from '#server/routing/simulation/random.ts'
import { RawSocket } from './raw-socket.ts'
import { strangeText } from './spoil.ts'

export type Flood = {
  readonly url: string
  readonly addressesCount: number
  readonly framesPerSecond: number
  readonly seconds: number
  readonly deafCount: number
  /** Of a supervisor, whose page is told the most. */
  readonly deafCookie: string
  readonly protocolVersion: number
}

export type FloodOutcome = {
  /** Written to a connection that was open. */
  readonly framesSent: number
  /** For which there was no connection: it had been ended, and another was not taken. */
  readonly framesUnsent: number
  readonly connectionsMade: number
  readonly connectionsRefused: number
  readonly deafCutOff: number
}

const CONNECTIONS_OF_ADDRESS = 4
const TICK_MS = 10
/** Addresses from 127.0.0.11 on: nobody else asks from there. */
const addressOf = (i: number): string => `127.0.0.${11 + i}`

const known = ['42/caller,1["hello",{}]', '42/agent,7["call.hold",{"callId":"x"}]', '40/caller,{"protocolVersion":2}']

type Line = { raw: RawSocket | undefined; isOpening: boolean; readonly localAddress: string }

async function flood({ url, addressesCount, framesPerSecond, seconds, ...deaf }: Flood): Promise<FloodOutcome> {
  const draw = seededRandom(1).next
  const outcome = { framesSent: 0, framesUnsent: 0, connectionsMade: 0, connectionsRefused: 0, deafCutOff: 0 }
  const lines = Array.from({ length: addressesCount * CONNECTIONS_OF_ADDRESS }, (_, i): Line => {
    return { raw: undefined, isOpening: false, localAddress: addressOf(i % addressesCount) }
  })
  const open = (line: Line): void => {
    if (line.isOpening) return
    line.isOpening = true
    RawSocket.open({ url, localAddress: line.localAddress })
      .then(
        (raw) => {
          outcome.connectionsMade += 1
          line.raw = raw
        },
        () => void (outcome.connectionsRefused += 1),
      )
      .finally(() => void (line.isOpening = false))
  }
  const deafOnes = await Promise.all(Array.from({ length: deaf.deafCount }, () => deafOne(url, deaf)))
  for (const each of deafOnes) void each.closed.then(() => void (outcome.deafCutOff += 1))
  const startedAt = performance.now()
  for (let due = 0, at = 0; at < seconds * 1_000; at = performance.now() - startedAt) {
    for (; due < (at / 1_000) * framesPerSecond; due += 1) {
      const line = lines[due % lines.length] as Line
      if (line.raw === undefined || line.raw.isClosed) {
        outcome.framesUnsent += 1
        open(line)
      } else {
        line.raw.send(strangeText(draw, known).slice(0, 2_000))
        outcome.framesSent += 1
      }
    }
    await new Promise((wake) => setTimeout(wake, TICK_MS))
  }
  for (const { raw } of lines) raw?.close()
  for (const each of deafOnes) each.close()
  return outcome
}

/** Somebody who comes in, and never reads what they are told. */
async function deafOne(url: string, { deafCookie, protocolVersion }: Pick<Flood, 'deafCookie' | 'protocolVersion'>) {
  const raw = await RawSocket.open({ url, cookie: deafCookie })
  await new Promise<void>((resolve) => {
    raw.onText = (text) => {
      if (!text.startsWith('40/supervisor')) return
      raw.send('42/supervisor,1["hello",{}]')
      raw.deafen()
      resolve()
    }
    void raw.closed.then(resolve)
    raw.send(`40/supervisor,${JSON.stringify({ protocolVersion })}`)
  })
  return raw
}

process.on('message', (asked: Flood) => {
  void flood(asked).then((outcome) => process.send?.(outcome, () => process.exit(0)))
})
