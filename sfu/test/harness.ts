/** A real SFU on free ports, a server's control link and pages that speak the contract by hand. For the tests here. */
import { accessSync, constants, readFileSync, readdirSync } from 'node:fs'
import { connect as connectTcp, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { io } from 'socket.io-client'
import type { Test } from 'tap'
import { controlAuth, issueTicket } from '#sfu/binding/ticket-code.ts'
import { ask, type LinkSocket } from '#sfu/client/ask.ts'
import { controlEvents, controlRequests } from '#sfu/contract/control.ts'
import { MEDIA_PROTOCOL_VERSION, mediaEvents, mediaRequests } from '#sfu/contract/media.ts'
import {
  Refusal,
  type Body,
  type EventBody,
  type EventTable,
  type Reply,
  type RequestTable,
} from '#sfu/contract/wire.ts'
import { startSfu, type Sfu } from '../app.ts'
import type { SfuConfig } from '../config.ts'

export const mediaSecret = 'the media secret of these tests, long enough'

/** The mediasoup worker: where the environment says, else in the user's cache. Without one nothing here means anything. */
export function workerBin(): string {
  const given = process.env['MEDIASOUP_WORKER_BIN']
  const { version } = JSON.parse(
    readFileSync(new URL('../../node_modules/mediasoup/package.json', import.meta.url), 'utf8'),
  ) as { version: string }
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'skranke')
  const candidates = given === undefined || given === '' ? cached(cache, `mediasoup-worker-${version}-`) : [given]
  for (const candidate of candidates) {
    try {
      accessSync(candidate, constants.X_OK)
      return candidate
    } catch {
      // The next one may do.
    }
  }
  throw new Error(
    `There is no mediasoup worker ${version}: set MEDIASOUP_WORKER_BIN, or run npm start once, which puts one into ${cache}.`,
  )
}

function cached(folder: string, prefix: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.startsWith(prefix))
      .map((name) => join(folder, name))
  } catch {
    return []
  }
}

export type LogLine = { readonly level: string; readonly message: string; readonly fields: Record<string, unknown> }
export type TestSfu = Sfu & { readonly config: SfuConfig; readonly lines: LogLine[] }

/** Starts an SFU that checks everything it says, and ends it with the test. */
export async function startTestSfu(
  t: Test,
  options: Partial<SfuConfig> & { readonly resumeMs?: number } = {},
): Promise<TestSfu> {
  const { resumeMs, ...changes } = options
  const config: SfuConfig = {
    mediaSecret,
    logLevel: 'info',
    sfuId: 'sfu-1',
    host: '127.0.0.1',
    port: 0,
    listenIp: '127.0.0.1',
    mediaPortBase: 0,
    workerCount: 1,
    allowedOrigins: [],
    connectionBurst: 10_000,
    serverAbsenceMsMax: 600_000,
    workerBin: workerBin(),
    ...changes,
  }
  const lines: LogLine[] = []
  const write = (level: string) => (fields: Readonly<Record<string, unknown>>, message: string) => {
    lines.push({ level, message, fields })
  }
  const log = { info: write('info'), warn: write('warn'), error: write('error') }
  const sfu = await startSfu(config, { log, checkOutgoing: true, ...(resumeMs === undefined ? {} : { resumeMs }) })
  t.teardown(async () => {
    await sfu.stop()
    const bugs = lines.filter(({ message }) => message === 'bug')
    if (bugs.length > 0)
      throw new Error(`bugs in the SFU: ${bugs.map(({ fields }) => String(fields['err'])).join('; ')}`)
  })
  return { ...sfu, config, lines }
}

/** Resolves as soon as `isTrue`; rejects, naming `what`, when that takes longer than `withinMs`. */
export async function until(what: string, isTrue: () => boolean | Promise<boolean>, withinMs = 5_000): Promise<void> {
  const deadlineAt = performance.now() + withinMs
  while (!(await isTrue())) {
    if (performance.now() > deadlineAt) throw new Error(`not within ${withinMs} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** A socket that remembers every event it was told. */
export class Link<T extends RequestTable, E extends EventTable> {
  readonly socket: LinkSocket<T, E>
  readonly told: { readonly name: string; readonly body: unknown; readonly at: number }[] = []
  disconnectedBecause: string | undefined

  constructor(socket: LinkSocket<T, E>) {
    this.socket = socket
    socket.onAny((name: string, body: unknown) => this.told.push({ name, body, at: performance.now() }))
    // The events of the table and socket.io's own share one name space in the types.
    const ownEvents: { on(name: 'disconnect', listener: (reason: string) => void): void } = socket as never
    ownEvents.on('disconnect', (reason) => (this.disconnectedBecause = reason))
  }

  async ask<K extends keyof T & string>(name: K, body: Body<T, K>): Promise<Reply<T, K>> {
    return await ask<T, K>(this.socket, name, body)
  }

  all<K extends keyof E & string>(name: K): EventBody<E, K>[] {
    return this.told.filter((event) => event.name === name).map(({ body }) => body as EventBody<E, K>)
  }

  /** The event `name` number `count` (from 1), as soon as it is told. */
  async event<K extends keyof E & string>(name: K, count = 1, withinMs = 5_000): Promise<EventBody<E, K>> {
    await until(`event ${name} number ${count}`, () => this.all(name).length >= count, withinMs)
    return this.all(name)[count - 1] as EventBody<E, K>
  }
}

export type Control = Link<typeof controlRequests, typeof controlEvents>
export type Page = Link<typeof mediaRequests, typeof mediaEvents>

/** Opens a connection; throws the Refusal the other side gave. */
async function open<T extends RequestTable, E extends EventTable>(
  t: Test,
  url: string,
  auth: object,
  headers: Record<string, string> = {},
): Promise<Link<T, E>> {
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth,
    extraHeaders: headers,
  })
  t.teardown(() => socket.disconnect())
  const link = new Link<T, E>(socket as unknown as LinkSocket<T, E>)
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', (error: Error & { data?: { code: string; message: string } }) =>
      reject(error.data === undefined ? error : new Refusal(error.data.code, error.data.message)),
    )
  })
  return link
}

export async function openControl(
  t: Test,
  sfu: TestSfu,
  auth: object = controlAuth(mediaSecret, Date.now()),
  headers?: Record<string, string>,
): Promise<Control> {
  return await open(t, `${sfu.url}/control`, auth, headers)
}

export type Who = { readonly roomId: string; readonly participantId: string; readonly role: 'caller' | 'agent' }

export function ticketFor(who: Who, at = Date.now()): string {
  return issueTicket(mediaSecret, { sfuId: 'sfu-1', ...who }, at)
}

export async function openPage(
  t: Test,
  sfu: TestSfu,
  right: { ticket: string } | { resumeKey: string },
  headers?: Record<string, string>,
): Promise<Page> {
  return await open(t, `${sfu.url}/media`, { protocolVersion: MEDIA_PROTOCOL_VERSION, ...right }, headers)
}

/** Connects with a fresh ticket and joins. */
export async function joinPage(t: Test, sfu: TestSfu, who: Who) {
  const page = await openPage(t, sfu, { ticket: ticketFor(who) })
  const joined = await page.ask('join', {})
  return { page, joined }
}

export const caller = (roomId: string): Who => ({ roomId, participantId: 'caller', role: 'caller' })
export const agent = (roomId: string, name = 'agent-1'): Who => ({ roomId, participantId: name, role: 'agent' })

export type CuttableWay = {
  readonly url: string
  /** Cuts every connection; new ones are taken. Returns how many ends there were, two for each. */
  cut(): number
  /** Cuts every connection and takes no more. */
  close(): void
}

/** A way to the SFU that can be cut, as networks are: without a word to either side. Media does not go over it. */
export async function cuttableWay(t: Test, sfuUrl: string): Promise<CuttableWay> {
  const target = Number(new URL(sfuUrl).port)
  const sockets = new Set<Socket>()
  const way = createTcpServer((page) => {
    const sfu = connectTcp(target, '127.0.0.1')
    for (const [one, other] of [
      [page, sfu],
      [sfu, page],
    ] as const) {
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
      sockets.add(one)
    }
  })
  await new Promise<void>((resolve) => way.listen(0, '127.0.0.1', resolve))
  const cut = (): number => {
    const count = sockets.size
    for (const socket of [...sockets]) socket.destroy()
    return count
  }
  const { port } = way.address() as AddressInfo
  const close = (): void => {
    cut()
    way.close()
  }
  t.teardown(close)
  return { url: `http://127.0.0.1:${port}`, cut, close }
}
