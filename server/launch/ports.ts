/** Ports of this machine: one that is free, and whether one is. */
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { StartFault } from './start-fault.ts'

const LOOPBACK = '127.0.0.1'
const PORT_MAX = 65_535
/**
 * Where ports are looked for that somebody will listen on: below those that systems give to outgoing connections. Among
 * these, one that tries to reach a listener that is being restarted can be given the listener's own port, reach itself,
 * and keep the port.
 */
const SEARCH = { from: 15_000, to: 32_000 } as const

function listenOnce(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host, exclusive: true }, () => {
      server.close(() => resolve())
    })
  })
}

function bindOnce(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4')
    socket.once('error', reject)
    socket.bind({ port, address: host, exclusive: true }, () => socket.close(() => resolve()))
  })
}

let candidate = Math.floor(SEARCH.from + Math.random() * (SEARCH.to - SEARCH.from))

/** A port of loopback that nobody uses at this moment, for TCP or UDP; never the same twice. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < SEARCH.to - SEARCH.from; tries += 1) {
    candidate = candidate + 1 < SEARCH.to ? candidate + 1 : SEARCH.from
    const port = candidate
    try {
      await listenOnce(port, LOOPBACK)
      await bindOnce(port, LOOPBACK)
      return port
    } catch {
      // Somebody has it.
    }
  }
  throw new StartFault(`There is no free port from ${SEARCH.from} to ${SEARCH.to} on this machine.`)
}

/** The port in the setting `name`, or `byDefault` where it is not set. Throws a StartFault for what is no port. */
export function portSetting(name: string, byDefault: number): number {
  const text = process.env[name]
  if (text === undefined || text === '') return byDefault
  const port = Number(text)
  if (/^\d+$/.test(text) && port >= 1 && port <= PORT_MAX) return port
  throw new StartFault(`${name} is ${text}, which is no port: it must be a number from 1 to ${PORT_MAX}.`)
}

export type WantedPort = {
  readonly port: number
  readonly host: string
  /** What it is for, as the sentence goes on. */
  readonly what: string
  /** The setting that chooses another. */
  readonly setting: string
  readonly withUdp?: boolean
}

/** Throws a StartFault that names every port that cannot be had, and what chooses another. */
export async function requireFreePorts(wanted: readonly WantedPort[]): Promise<void> {
  const faults: string[] = []
  for (const { port, host, what, setting, withUdp = false } of wanted) {
    try {
      await listenOnce(port, host)
      if (withUdp) await bindOnce(port, host)
    } catch (error) {
      faults.push(`port ${port} for ${what} ${whyNot(error)} (another: ${setting})`)
    }
  }
  if (faults.length === 0) return
  const sentence = faults.join(', ')
  throw new StartFault(`${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`)
}

function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  if (code === 'EADDRINUSE') return 'is taken'
  if (code === 'EACCES') return 'is not for ordinary users'
  return `cannot be had: ${code}`
}
