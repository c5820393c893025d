/**
 * The agent's camera and microphone. They are on only while something holds them: the check, an offer that rings, a
 * call. Between calls the camera's light is off.
 */
import { signal } from '@preact/signals'
import {
  openDevices,
  stopDevices,
  type DeviceErrorCode,
  type DeviceFault,
  type DeviceKind,
} from '#sfu/client/devices.ts'
import { Refusal } from '#sfu/contract/wire.ts'

export type Holder = 'check' | 'call'

export interface Choices {
  readonly cameras: readonly MediaDeviceInfo[]
  readonly microphones: readonly MediaDeviceInfo[]
}

const REMEMBERED_AS = { camera: 'skranke.camera', microphone: 'skranke.microphone' } as const

/** What is being filmed and heard; null while nothing is on. */
export const ownStream = signal<MediaStream | null>(null)
/** What could not be switched on, by name. */
export const deviceFaults = signal<readonly DeviceFault[]>([])
export const areDevicesOpening = signal(false)
export const choices = signal<Choices>({ cameras: [], microphones: [] })
export const chosen = signal({ camera: recall('camera'), microphone: recall('microphone') })

const holders = new Set<Holder>()
let opening: Promise<void> = Promise.resolve()

/** Switches camera and microphone on and keeps them on for `holder`. Resolves when they are, or have failed. */
export async function holdDevices(holder: Holder): Promise<void> {
  holders.add(holder)
  opening = opening.then(openIfNeeded)
  await opening
}

/** `holder` is done. The last one switches everything off. */
export function releaseDevices(holder: Holder): void {
  holders.delete(holder)
  if (holders.size === 0) closeOwn()
}

/** Chooses a device, remembers it on this computer, and uses it at once. */
export async function chooseDevice(kind: DeviceKind, deviceId: string): Promise<void> {
  chosen.value = { ...chosen.value, [kind]: deviceId }
  remember(kind, deviceId)
  await reopenDevices()
}

/** Tries once more, after a permission was given or a plug put in. */
export async function reopenDevices(): Promise<void> {
  opening = opening.then(async () => {
    closeOwn()
    await openIfNeeded()
  })
  await opening
}

function closeOwn(): void {
  if (ownStream.value !== null) stopDevices(ownStream.value)
  ownStream.value = null
}

async function openIfNeeded(): Promise<void> {
  if (holders.size === 0 || ownStream.value !== null) return
  areDevicesOpening.value = true
  const opened = await tryOpening()
  areDevicesOpening.value = false
  deviceFaults.value = opened.faults
  if (opened.stream === null) return
  if (holders.size === 0) {
    stopDevices(opened.stream)
    return
  }
  ownStream.value = opened.stream
  await listChoices()
}

interface Opened {
  readonly stream: MediaStream | null
  readonly faults: readonly DeviceFault[]
}

async function tryOpening(): Promise<Opened> {
  const { camera, microphone } = chosen.value
  const first = await open({
    ...(camera === null ? {} : { camera }),
    ...(microphone === null ? {} : { microphone }),
  })
  const isChosenGone = first.faults.some(({ code }) => code === 'not-found')
  if (!isChosenGone || (camera === null && microphone === null)) return first
  // A device chosen once may be at home on the kitchen table today: any other will do.
  if (first.stream !== null) stopDevices(first.stream)
  return open({})
}

async function open(ids: { camera?: string; microphone?: string }): Promise<Opened> {
  try {
    return await openDevices(ids)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const code = error.code as DeviceErrorCode
    return {
      stream: null,
      faults: [
        { kind: 'camera', code },
        { kind: 'microphone', code },
      ],
    }
  }
}

/** The browser tells the names of devices only once one of them is on. */
async function listChoices(): Promise<void> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  choices.value = {
    cameras: devices.filter(({ kind }) => kind === 'videoinput'),
    microphones: devices.filter(({ kind }) => kind === 'audioinput'),
  }
}

function recall(kind: DeviceKind): string | null {
  try {
    return localStorage.getItem(REMEMBERED_AS[kind])
  } catch {
    return null
  }
}

function remember(kind: DeviceKind, deviceId: string): void {
  try {
    localStorage.setItem(REMEMBERED_AS[kind], deviceId)
  } catch {
    // Storage may be switched off; the choice then lasts as long as the page.
  }
}
