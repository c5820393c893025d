/** The screens of somebody who is in line. */
import type { ClassId } from '#server/contract/ids.ts'
import { refuseAll } from '../kiosk-page.ts'
import { tomorrowAtEight } from './other-states.ts'
import { promise } from '../scripted-promise.ts'
import type { State } from './state.ts'
import { getInLine, passOver, sees, seesTitle, tap } from './ways.ts'

const toMatter = ['waiting.skip'] as const
const toTime = [...toMatter, 'waiting.dont-know'] as const
const toMode = [...toTime, 'waiting.no-more-time'] as const
const toNoted = [...toMode, 'waiting.keep-mode'] as const

export const lineStates: readonly State[] = [
  { name: 'in line, asked for the language', reach: getInLine },
  {
    name: 'in line, asked for an interpreter',
    reach: async (stage) => {
      await getInLine(stage)
      stage.server.line({ language: 'so' })
      await passOver(stage, 'waiting.skip')
      await sees(stage, 'waiting.ask-interpreter')
    },
  },
  {
    name: 'in line, asked for the matter',
    reach: async (stage) => {
      await getInLine(stage)
      await passOver(stage, ...toMatter)
      await sees(stage, 'waiting.ask-matter')
    },
  },
  {
    name: 'in line, asked for time',
    reach: async (stage) => {
      await getInLine(stage)
      await passOver(stage, ...toTime)
      await sees(stage, 'waiting.ask-time')
    },
  },
  {
    name: 'in line, asked how to talk',
    reach: async (stage) => {
      await getInLine(stage)
      await passOver(stage, ...toMode)
      await sees(stage, 'waiting.ask-mode')
    },
  },
  {
    name: 'in line, nothing to ask',
    reach: async (stage) => {
      await getInLine(stage)
      await passOver(stage, ...toNoted)
      await sees(stage, 'waiting.noted')
    },
  },
  {
    name: 'in line, in a spread place that became worse',
    reach: async (stage) => {
      await getInLine(stage)
      await passOver(stage, ...toMatter)
      stage.server.line({ positionMin: 3, positionMax: 12, wait: { p50Ms: 900_000, p80Ms: 1_500_000 } })
      await seesTitle(stage, 'waiting.position-range', { from: 3, to: 12 })
      await sees(stage, 'worse.overtaken')
    },
  },
  {
    name: 'in line, nobody at work can answer',
    reach: async (stage) => {
      await getInLine(stage)
      await passOver(stage, ...toNoted)
      stage.server.line({ wait: null, branch: 'callback' })
      await sees(stage, 'waiting.callback')
    },
  },
  {
    name: 'in line, an interpreter comes too',
    reach: async (stage) => {
      await getInLine(stage)
      await passOver(stage, ...toMatter)
      stage.server.line({ branch: 'interpreter', stepsOpenedCount: 1 })
      await sees(stage, 'waiting.interpreter')
    },
  },
  {
    name: 'in line, unsafe',
    reach: async (stage) => {
      await seesTitle(stage, 'idle.title')
      await tap(stage, 'idle.unsafe')
      await seesTitle(stage, 'waiting.position', { position: 2 })
      await passOver(stage, ...toMatter)
      await sees(stage, 'waiting.urgent')
    },
    server: (server) => (server.classIds = ['ordinary', 'unsafe'] as ClassId[]),
  },
  {
    name: 'in line, without camera and microphone',
    before: refuseAll,
    reach: async (stage) => {
      await getInLine(stage)
      await passOver(stage, ...toMatter)
      await sees(stage, 'device.forbidden')
    },
  },
  {
    name: 'in line, about to take the place along',
    reach: async (stage) => {
      await getInLine(stage)
      await tap(stage, 'number.take-away')
      await sees(stage, 'step-away.title')
    },
  },
  {
    name: 'in line, somebody is being asked',
    reach: async (stage) => {
      await getInLine(stage)
      await passOver(stage, ...toNoted)
      stage.server.moveTo(null)
      await seesTitle(stage, 'waiting.offered')
    },
  },
  {
    name: 'in line, without connection',
    isCutOff: true,
    reach: async (stage) => {
      await getInLine(stage)
      await passOver(stage, ...toMatter)
      stage.server.goAway()
      await sees(stage, 'waiting.place-kept')
    },
  },
  {
    name: 'the place is kept',
    reach: async (stage) => {
      await getInLine(stage)
      await tap(stage, 'number.take-away')
      await tap(stage, 'step-away.ring')
      await seesTitle(stage, 'kept.title')
    },
  },
  {
    name: 'a call is promised',
    server: (server) => promise(server, { dueAt: tomorrowAtEight(), byFirstName: 'Amal', isRinging: false }),
    reach: async (stage) => {
      await seesTitle(stage, 'idle.title')
      await tap(stage, 'idle.have-ticket')
      await seesTitle(stage, 'number.type')
      await stage.page.keyboard.type('K7MQ4X')
      await stage.page.keyboard.press('Enter')
      await sees(stage, 'callback.now')
    },
  },
  {
    name: 'still there, in line',
    reach: async (stage) => {
      await getInLine(stage)
      await stage.page.reload()
      await seesTitle(stage, 'still-there.title')
    },
  },
]
