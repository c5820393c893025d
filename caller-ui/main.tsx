/** Where the page begins: who it is, its connection, its screen. */
// Of each font only what is written in comes over the wire: the files say which characters they are for.
import '@fontsource/ibm-plex-sans/400.css'
import '@fontsource/ibm-plex-sans/600.css'
import '@fontsource/ibm-plex-sans-arabic/400.css'
import '@fontsource/ibm-plex-sans-arabic/600.css'
// Before anything that draws: what each screen says about itself comes after, and counts.
import './components/look.css'
import './components/contrast.css'
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals'
import { render } from 'preact'
import { connect } from '#server/client/connection.ts'
import { PROTOCOL_VERSION, type callerEvents, type callerRequests } from '#server/contract/caller-socket.ts'
import { applyComfort } from './comfort/apply-comfort.ts'
import { App, fetchScreens } from './app.tsx'
import { actOnTouchUp } from './components/touch-up.ts'
import { startHeartbeat, type Orders } from './kiosk/heartbeat.ts'
import { watchHealth } from './kiosk/machine-health.ts'
import { measureGlass } from './kiosk/glass.ts'
import { keepPlace, knownPlace } from './kiosk/known-place.ts'
import { reloadAfterErrors, reloadWhenIdle } from './kiosk/newer-page.ts'
import { buildOf } from './kiosk/page-build.ts'
import { pagePart } from './kiosk/page-part.ts'
import { noteRestart } from './kiosk/reload.ts'
import { keepAwake } from './kiosk/screen-awake.ts'
import { sweep } from './kiosk/sweep.ts'
import { ringForTickets } from './kiosk/ticket-bell.ts'
import { kioskFault, type KioskFault } from './model/kiosk-fault.ts'
import { greetOnWake } from './phone/wake.ts'
import { startCallerSession } from './session/caller-session.ts'
import { readIdentity, readPhoneTicket } from './session/identity.ts'
import { startInCall } from './session/in-call.ts'
import { createLazyMedia } from './session/lazy-media.ts'
import { fetchLanguages, speak } from './text/language.ts'

const page = document.getElementById('page')
if (page === null) throw new Error('index.html has no place for the page')

const phoneTicket = readPhoneTicket(location)
noteRestart(location, history, sessionStorage)
// A kiosk's own identity is not touched by somebody who opens a ticket in its browser.
const identity = phoneTicket ?? readIdentity(location, history, localStorage)
// Before anything is fetched later.
const build = buildOf(document)
const machineCare = () => pagePart(() => import('./kiosk/machine-care.ts'))
const connection =
  identity === null
    ? null
    : connect<typeof callerRequests, typeof callerEvents>({
        url: location.origin,
        namespace: '/caller',
        auth: async () => ({
          protocolVersion: PROTOCOL_VERSION,
          ...identity,
          // An enrolled kiosk signs for each connection.
          ...(identity.deviceKey === null && (await (await machineCare()).proveDevice())),
        }),
      })
const media = createLazyMedia(() => pagePart(() => import('./session/call-media.ts')))
if (phoneTicket === null && connection !== null) keepPlace(connection, localStorage)
const session = startCallerSession(phoneTicket === null ? 'kiosk' : 'phone', connection, media)
const inCall = startInCall(connection, session.screen, media)
effect(() => measureGlass(session.pxPerMm.value ?? knownPlace.value?.pxPerMm ?? null))
effect(() => void speak(session.language.value))
applyComfort(session.comfort)
actOnTouchUp(document)
// A phone is its owner's: nobody comes after them.
if (session.device === 'kiosk') {
  effect(() => {
    if (session.comfort.forgotten.value > 0) void sweep()
  })
}
// Not before the first screen has everything of its own.
addEventListener('load', () => requestIdleCallback(() => void fetchTheRest()))
keepAwake()
if (phoneTicket !== null && connection !== null) greetOnWake(connection)
ringForTickets(session.screen)
// A new address for the same page means a new identity.
addEventListener('hashchange', () => location.reload())
const machine = startMachine()
render(<App session={session} inCall={inCall} media={media} orders={machine.orders} fault={machine.fault} />, page)

type Machine = {
  readonly orders: ReadonlySignal<Orders>
  readonly fault: ReadonlySignal<KioskFault | null>
  /** Camera, microphone, loudspeaker and the way: whatever can be tested without anybody. */
  readonly startTests: () => Promise<void>
}

/** What a kiosk does for itself, while a phone is its owner's affair. */
function startMachine(): Machine {
  if (connection === null || phoneTicket !== null) {
    const orders = signal({ isOutOfOrder: false, build: '' })
    return { orders, fault: signal(null), startTests: async () => undefined }
  }
  const isOnline = signal(connection.state.kind === 'online')
  connection.subscribe(() => (isOnline.value = connection.state.kind === 'online'))
  const health = watchHealth(media)
  const orders = startHeartbeat({ connection, isOnline, health, build })
  reloadWhenIdle({ screen: session.screen, orders, build })
  reloadAfterErrors(session.screen)
  const startTests = async (): Promise<void> => {
    const { startMachineTests } = await pagePart(() => import('./kiosk/machine-tests.ts'))
    startMachineTests({ connection, screen: session.screen, media, health })
  }
  return { orders, fault: computed(() => kioskFault(health.parts.value, health.isPathLost.value)), startTests }
}

/** What a kiosk does for itself that can wait until everything is there. */
async function careForMachine(): Promise<void> {
  if (phoneTicket) return
  const { careFor } = await machineCare()
  await careFor(connection, build)
}

/** What the first screen does not need, in the order in which somebody who presses soon would miss it. */
async function fetchTheRest(): Promise<void> {
  await fetchScreens()
  media.fetch()
  await machine.startTests()
  await fetchLanguages()
  await careForMachine()
  const { startReadAloud } = await pagePart(() => import('./read-aloud/read-aloud.ts'))
  await startReadAloud(session, `${import.meta.env.BASE_URL}prompts/`)
}
