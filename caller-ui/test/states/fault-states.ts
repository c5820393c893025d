/** The idle screen of a machine of which something does not work. */
import { helpAround } from '../scripted-place.ts'
import { tomorrowAtEight } from './other-states.ts'
import type { State } from './state.ts'
import { sees, seesTitle } from './ways.ts'

/** Before the page: no camera is plugged in. */
function noCamera(): void {
  const { mediaDevices } = navigator
  const list = mediaDevices.enumerateDevices.bind(mediaDevices)
  mediaDevices.enumerateDevices = async () => (await list()).filter(({ kind }) => kind !== 'videoinput')
}

/** Before the page: nothing is plugged in. */
function noDevices(): void {
  navigator.mediaDevices.enumerateDevices = async () => []
}

/** Before the page: the first two tests of the way come at once, and take no time to find none. */
function hurryTests(): void {
  const real = setTimeout
  let tests = 0
  Object.assign(globalThis, {
    setTimeout: (work: () => void, ms = 0) => {
      if (ms === 60_000) tests += 1
      return real(work, ms === 60_000 && tests <= 3 ? 50 : ms === 8_000 ? 100 : ms)
    },
  })
}

export const faultStates: readonly State[] = [
  {
    name: 'idle, the camera does not work',
    before: noCamera,
    reach: async (stage) => {
      await seesTitle(stage, 'idle.title')
      await sees(stage, 'fault.camera')
    },
  },
  {
    name: 'idle, no picture and no sound',
    before: noDevices,
    reach: async (stage) => {
      await seesTitle(stage, 'idle.title')
      await sees(stage, 'fault.write')
    },
  },
  {
    name: 'idle, no way to anybody',
    before: hurryTests,
    server: (server) => {
      server.pathTestCode = null
      server.help = helpAround({ until: tomorrowAtEight(), from: tomorrowAtEight() })
    },
    reach: async (stage) => {
      await seesTitle(stage, 'idle.title')
      await sees(stage, 'fault.path')
    },
  },
]
