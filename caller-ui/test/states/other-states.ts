/** The screens before and after the line. */
import { refuseCamera } from '../kiosk-page.ts'
import { helpAround } from '../scripted-place.ts'
import type { EndReason, Outcome } from '../scripted-call.ts'
import type { State } from './state.ts'
import { getInLine, sees, seesTitle, talk, tap } from './ways.ts'

/** Calls that were not let in, or ended without anybody's wish. */
const ends: readonly (readonly [name: string, outcome: Outcome, endReason: EndReason, title: string])[] = [
  ['the line is full', 'full', 'queue-full', 'goodbye.full'],
  ['the line is closed', 'closed', 'queue-closed', 'goodbye.closed'],
  ['too late for today', 'closed', 'last-entry', 'goodbye.last-entry'],
  ['the line is paused', 'paused', 'queue-paused', 'goodbye.paused'],
]

/** Tomorrow at eight in Copenhagen, so that the screen says the same every day of the year. */
export function tomorrowAtEight(): number {
  const hours = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Copenhagen', hour: '2-digit', hourCycle: 'h23' })
  let at = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS
  let isTomorrow = false
  for (;;) {
    const hour = Number(hours.format(at))
    isTomorrow ||= hour === 0
    if (isTomorrow && hour === 8) return at
    at += HOUR_MS
  }
}
const HOUR_MS = 3_600_000

export const idleStates: readonly State[] = [
  { name: 'idle', reach: (stage) => seesTitle(stage, 'idle.title') },
  {
    name: 'idle, without connection',
    isCutOff: true,
    server: (server) => (server.help = helpAround({ until: tomorrowAtEight(), from: tomorrowAtEight() })),
    reach: async (stage) => {
      await seesTitle(stage, 'idle.title')
      stage.server.goAway()
      await sees(stage, 'idle.offline-title')
    },
  },
  {
    name: 'the press takes long',
    server: (server) => (server.holdStart = new Promise(() => {})),
    reach: async (stage) => {
      await seesTitle(stage, 'idle.title')
      await tap(stage, 'idle.call')
      await sees(stage, 'idle.calling')
    },
  },
  {
    name: 'a ticket is called',
    reach: async (stage) => {
      await seesTitle(stage, 'idle.title')
      stage.server.callTickets({ ticket: 'K7MQ4X', isRungHere: false }, { ticket: 'ABCDEF', isRungHere: false })
      await sees(stage, 'idle.called')
    },
  },
  {
    name: 'typing a ticket',
    reach: async (stage) => {
      await seesTitle(stage, 'idle.title')
      await tap(stage, 'idle.have-ticket')
      await seesTitle(stage, 'number.type')
    },
  },
  {
    name: 'a ticket that is not known',
    reach: async (stage) => {
      await seesTitle(stage, 'idle.title')
      await tap(stage, 'idle.have-ticket')
      await seesTitle(stage, 'number.type')
      await stage.page.keyboard.type('234567')
      await tap(stage, 'number.fetch')
      await sees(stage, 'number.unknown')
    },
  },
  { name: 'not set up', identity: '', isUnset: true, reach: (stage) => seesTitle(stage, 'kiosk.not-set-up') },
  {
    name: 'turned away',
    isUnset: true,
    server: (server) => (server.doorCode = 'not-signed-in'),
    reach: (stage) => seesTitle(stage, 'kiosk.turned-away'),
  },
  {
    name: 'replaced by another window',
    isCutOff: true,
    reach: async (stage) => {
      await seesTitle(stage, 'idle.title')
      stage.server.tellReplaced()
      await seesTitle(stage, 'kiosk.replaced')
    },
  },
]

export const callStates: readonly State[] = [
  { name: 'in the conversation', reach: talk },
  {
    name: 'in the conversation, unseen and unheard',
    reach: async (stage) => {
      await talk(stage)
      await tap(stage, 'conversation.microphone-off')
      await tap(stage, 'conversation.camera-off')
      await sees(stage, 'conversation.muted', { name: 'Amal' })
    },
  },
  {
    name: 'in the conversation, without a camera',
    before: refuseCamera,
    reach: async (stage) => {
      await talk(stage)
      await sees(stage, 'device.no-camera')
    },
  },
  {
    name: 'the agent is lost',
    reach: async (stage) => {
      await talk(stage)
      stage.server.connectTo('Amal', { isAgentLost: true })
      await sees(stage, 'conversation.agent-lost', { name: 'Amal' })
    },
  },
  {
    name: 'still there, in a conversation',
    reach: async (stage) => {
      await talk(stage)
      await stage.page.reload()
      await seesTitle(stage, 'still-there.title')
    },
  },
  {
    name: 'goodbye',
    reach: async (stage) => {
      await talk(stage)
      await tap(stage, 'conversation.hang-up')
      await seesTitle(stage, 'goodbye.thanks')
    },
  },
  {
    name: 'cut off',
    reach: async (stage) => {
      await talk(stage)
      stage.server.end('failed', 'media-lost')
      await seesTitle(stage, 'goodbye.cut-off')
    },
  },
  {
    name: 'out of the line',
    reach: async (stage) => {
      await getInLine(stage)
      await tap(stage, 'conversation.hang-up')
      await seesTitle(stage, 'goodbye.left-line')
    },
  },
  {
    name: 'not put through',
    server: (server) => (server.startCode = 'not-ready'),
    reach: async (stage) => {
      await seesTitle(stage, 'idle.title')
      await tap(stage, 'idle.call')
      await seesTitle(stage, 'goodbye.not-taken')
    },
  },
  ...ends.map(([name, outcome, endReason, title]): State => ({
    name,
    server: (server) => (server.startEnd = { outcome, endReason, opensAt: tomorrowAtEight() }),
    reach: async (stage) => {
      await seesTitle(stage, 'idle.title')
      await tap(stage, 'idle.call')
      await seesTitle(stage, title)
    },
  })),
  {
    name: 'the ticket has expired',
    reach: async (stage) => {
      await getInLine(stage)
      stage.server.end('expired', 'ticket-lapsed')
      await seesTitle(stage, 'goodbye.expired')
    },
  },
  {
    name: 'the place is elsewhere now',
    reach: async (stage) => {
      await getInLine(stage)
      stage.server.show(null)
      await seesTitle(stage, 'goodbye.moved')
    },
  },
]
