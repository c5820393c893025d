/** A server that speaks the caller's contract on a free port of the loopback and does what a test tells it to. */
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Server, Socket } from 'socket.io'
import { bind, tell } from '#sfu/binding/bind.ts'
import { createSocketServer } from '#sfu/binding/socket-server.ts'
import { Refusal, type EventBody, type Handlers } from '#sfu/contract/wire.ts'
import { callerEvents, callerRequests } from '#server/contract/caller-socket.ts'
import type { KioskId, SiteId } from '#server/contract/ids.ts'

export type CallerSnapshot = EventBody<typeof callerEvents, 'view.changed'>

export type Script = {
  version: number
  /** What the server's clock is ahead of the real one, in ms. */
  clockAheadMs: number
  /** Thrown at the door while set. */
  doorCode: string | undefined
  hello: (() => Promise<void>) | undefined
  start: ((callId: string) => Promise<void> | void) | undefined
  readonly startedCallIds: string[]
  connectionCount: number
  cookies: (string | undefined)[]
}

export type ScriptedServer = {
  readonly url: string
  readonly io: Server
  readonly script: Script
  readonly snapshot: () => CallerSnapshot
  readonly tellView: (version: number) => void
  readonly sockets: () => Promise<readonly { disconnect(close?: boolean): unknown }[]>
  readonly close: () => Promise<void>
}

export async function startScriptedServer(port = 0, script = newScript()): Promise<ScriptedServer> {
  const http = createServer()
  const io = createSocketServer(http, { allowedOrigins: [], isMissingOriginAllowed: true })
  const callers = io.of('/caller')
  const snapshot = (): CallerSnapshot => ({
    version: script.version,
    at: Math.round(Date.now() + script.clockAheadMs),
    view: {
      device: 'kiosk',
      classIds: [],
      calledTickets: [],
      staff: null,
      kioskId: 'library-1' as KioskId,
      siteId: 'library' as SiteId,
      siteName: 'Library',
      siteType: 'library',
      defaultLanguage: 'da',
      spokenLanguages: [],
      pxPerMm: null,
      isWaitTold: true,
      notices: [],
      line: {
        isOpen: true,
        isPaused: false,
        opensAt: null,
        closesAt: null,
        hasPlacesAtOpening: false,
        waitingAboutCount: null,
      },
      help: { phone: null, emergencyPhones: [], here: null, staffing: null, places: [] },
      freshUntil: null,
      matters: [],
      call: null,
    },
  })
  const handlers: Handlers<typeof callerRequests, Socket> = {
    hello: async () => {
      await script.hello?.()
      return snapshot()
    },
    'call.start': async (_socket, { callId }) => {
      script.startedCallIds.push(callId)
      await script.start?.(callId)
      return snapshot()
    },
    'call.refine': () => snapshot(),
    'call.step-away': () => snapshot(),
    'join.decline': () => snapshot(),
    'rating.give': () => ({}),
    'ticket.take-up': () => snapshot(),
    'call.hang-up': () => snapshot(),
    'machine.report': () => ({ isOutOfOrder: false, build: '' }),
    'machine.test-path': () => {
      throw new Refusal('no-media', 'there is no SFU')
    },
    'machine.path-tested': () => ({}),
    'staff.sign-in': () => snapshot(),
    'staff.sign-out': () => snapshot(),
    'staff.leave-call': () => snapshot(),
    'call.say-hearing': () => snapshot(),
    'shown.close': () => snapshot(),
    'shown.scroll': () => ({}),
    'media.ticket': () => ({ sfuUrl: 'http://127.0.0.1:1', ticket: 'aaaaaaaaaaaaaaaa.bbbb' }),
  }
  const bound = bind(callerRequests, handlers, {
    checkOutgoing: true,
    onBug: (bug) => {
      throw bug
    },
  })
  callers.use((socket, next) => {
    script.cookies.push(socket.handshake.headers.cookie)
    if (script.doorCode === undefined) return next()
    next(Object.assign(new Error('not here'), { data: { code: script.doorCode } }))
  })
  callers.on('connection', (socket) => {
    script.connectionCount += 1
    bound(socket, socket)
  })
  http.listen(port, '127.0.0.1')
  await once(http, 'listening')
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    io,
    script,
    snapshot,
    tellView: (version) => {
      script.version = version
      tell(callers, callerEvents, 'view.changed', snapshot(), { checkOutgoing: true })
    },
    sockets: () => callers.fetchSockets(),
    close: async () => {
      await io.close()
    },
  }
}

export const newScript = (): Script => ({
  version: 1,
  clockAheadMs: 0,
  doorCode: undefined,
  hello: undefined,
  start: undefined,
  startedCallIds: [],
  connectionCount: 0,
  cookies: [],
})
