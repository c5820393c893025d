/** The screens of closed hours, of long waits, of other ways to talk, of several people in a call, and of employees. */
import type { ClassId } from '#server/contract/ids.ts'
import type { NoticeId } from '#server/contract/notices.ts'
import { clockAhead, putForward } from '../page-clock.ts'
import { closedLine, helpAround, openLine } from '../scripted-place.ts'
import { tomorrowAtEight } from './other-states.ts'
import type { State } from './state.ts'
import { getInLine, passOver, sees, seesTitle, talk, tap, type Stage } from './ways.ts'

const FIVE_MIN_MS = 300_000

const toNoted = ['waiting.skip', 'waiting.dont-know', 'waiting.no-more-time', 'waiting.keep-mode'] as const

export const closedStates: readonly State[] = [
  {
    name: 'closed, and where there is staff',
    server: (server) => {
      server.lineView = closedLine(tomorrowAtEight())
      server.help = helpAround({ until: tomorrowAtEight(), from: tomorrowAtEight() })
    },
    reach: (stage) => sees(stage, 'closed.places'),
  },
  {
    name: 'closed, and a number for the opening',
    server: (server) => {
      server.lineView = closedLine(tomorrowAtEight())
      server.help = helpAround({ until: tomorrowAtEight(), from: tomorrowAtEight() })
    },
    reach: async (stage) => {
      await tap(stage, 'closed.take-place')
      await seesTitle(stage, 'kept.closed-title')
    },
  },
  {
    name: 'closed, until nobody knows when',
    server: (server) => (server.lineView = closedLine(null)),
    reach: (stage) => sees(stage, 'closed.what'),
  },
  {
    name: 'idle, while no new calls are taken',
    server: (server) => (server.lineView = { ...openLine, isPaused: true, waitingAboutCount: null }),
    reach: (stage) => sees(stage, 'idle.paused'),
  },
  {
    name: 'idle, with a message of the staff',
    server: (server) => {
      const da =
        'Hovedtelefonerne er til reparation til fredag. Tal ved skærmen, eller skriv: det er lige så godt, og vi hører dig.'
      const en =
        'The headphones are being mended until Friday. Speak at the screen, or write: it is just as good, and we hear you.'
      server.notices = [{ noticeId: '7a3e7f0e-6f0a-4c8e-9a51-3f2f7c1f9a77' as string as NoticeId, labels: { da, en } }]
    },
    reach: (stage) => sees(stage, 'notice.from-staff'),
  },
  {
    name: 'a long wait, and what else there is',
    server: (server) => (server.help = helpAround({ until: tomorrowAtEight(), from: tomorrowAtEight() })),
    reach: async (stage) => {
      await getInLine(stage)
      await passOver(stage, ...toNoted)
      stage.server.line({ wait: null })
      await sees(stage, 'long.nobody')
    },
  },
  {
    name: 'who hears and sees',
    reach: async (stage) => {
      await getInLine(stage)
      await passOver(stage, ...toNoted)
      await tap(stage, 'privacy.title')
      await sees(stage, 'privacy.seen')
    },
  },
  {
    name: 'are you there',
    before: clockAhead,
    reach: async (stage) => {
      await getInLine(stage)
      await putForward(stage.page, 2 * FIVE_MIN_MS)
      await sees(stage, 'there.what')
    },
  },
]

const inMode = (name: string, mode: string, notice: string): State => ({
  name,
  reach: async (stage) => {
    await seesTitle(stage, 'idle.title')
    await tap(stage, mode)
    await seesTitle(stage, 'waiting.position', { position: 2 })
    await sees(stage, notice)
  },
})

export const modeStates: readonly State[] = [
  inMode('in line, to sign', 'mode.signing', 'waiting.camera-guide'),
  inMode('in line, to write', 'mode.text', 'waiting.own-text'),
  {
    name: 'in the conversation, writing',
    reach: async (stage) => {
      await talk(stage)
      await tap(stage, 'text-line.show')
      await stage.page.waitForSelector('[role=log]')
    },
  },
]

const yusuf = { participantId: 'agent-yusuf', firstName: 'Yusuf', role: 'interpreter' } as const
const labels = { da: 'bibliotek', en: 'library' }

export const peopleStates: readonly State[] = [
  {
    name: 'on hold',
    reach: async (stage) => {
      await talk(stage)
      stage.server.hold('Amal', 65_000)
      await seesTitle(stage, 'hold.title', { name: 'Amal' })
    },
  },
  {
    name: 'on hold while two talk it over',
    reach: async (stage) => {
      await talk(stage)
      stage.server.converse({ others: [yusuf] })
      stage.server.hold('Amal', 65_000)
      await stage.page.waitForFunction(() => document.querySelector('h1')?.textContent.includes('Yusuf'))
    },
  },
  {
    name: 'an interpreter is looked for',
    reach: async (stage) => {
      await talk(stage)
      stage.server.look({}, 20_000)
      await sees(stage, 'joining.decline')
    },
  },
  {
    name: 'an interpreter is looked for, in writing',
    reach: async (stage) => {
      await talk(stage)
      stage.server.look({}, 20_000)
      await sees(stage, 'joining.decline')
      await tap(stage, 'text-line.show')
      await stage.page.waitForSelector('[role=log]')
    },
  },
  {
    name: 'handed over to somebody else',
    reach: async (stage) => {
      await talk(stage)
      stage.server.look({ kind: 'skill', labels, isTransfer: true })
      await sees(stage, 'transfer.what', { name: 'Amal' })
    },
  },
  {
    name: 'three in the conversation',
    reach: async (stage) => {
      await talk(stage)
      stage.server.converse({ others: [yusuf] })
      await sees(stage, 'people.interpreter')
    },
  },
  {
    name: 'a supervisor hears the conversation of three',
    reach: async (stage) => {
      await talk(stage)
      stage.server.converse({ others: [yusuf], supervisor: { firstName: 'Lone', hasJoined: false } })
      await sees(stage, 'conversation.supervised', { name: 'Lone' })
    },
  },
]

async function asMaja(stage: Stage): Promise<void> {
  await seesTitle(stage, 'idle.title')
  await tap(stage, 'employee.door')
  await seesTitle(stage, 'employee.number')
}

async function withPin(stage: Stage): Promise<void> {
  await asMaja(stage)
  await stage.page.keyboard.type('1001')
  await tap(stage, 'employee.next')
  await seesTitle(stage, 'employee.pin')
}

async function signedIn(stage: Stage): Promise<void> {
  await withPin(stage)
  await stage.page.keyboard.type('246810')
  await tap(stage, 'employee.sign-in')
  await seesTitle(stage, 'employee.hello', { name: 'Maja' })
}

const withStaffClass: Pick<State, 'server'> = { server: (server) => server.classIds.push('staff' as ClassId) }

export const staffStates: readonly State[] = [
  { name: 'an employee, number', ...withStaffClass, reach: asMaja },
  { name: 'an employee, PIN', ...withStaffClass, reach: withPin },
  { name: 'an employee, signed in', ...withStaffClass, reach: signedIn },
  {
    name: 'in line, with an employee',
    ...withStaffClass,
    reach: async (stage) => {
      await signedIn(stage)
      await tap(stage, 'employee.call')
      await seesTitle(stage, 'waiting.position', { position: 2 })
    },
  },
  {
    name: 'out of order',
    server: (server) => {
      server.orders = { isOutOfOrder: true, build: '' }
      server.help = helpAround({ until: tomorrowAtEight(), from: tomorrowAtEight() })
    },
    reach: (stage) => seesTitle(stage, 'kiosk.out-of-order'),
  },
]
