/** Ways of talking and faults of picture and sound: the whole system, real pages, a real SFU, and a way that can be cut. */
import t, { type Test } from 'tap'
import type { Page } from 'puppeteer'
import { launchChromium } from '#loadtest/browser/chromium.ts'
import { openPage, orWhatIsThere, press, received, says, signIn, untilButton } from '#loadtest/browser/people-pages.ts'
import { UdpRelay } from '#loadtest/browser/udp-relay.ts'
import { eventually, TestSystem } from './harness.ts'

const READY = 'Alt er i orden – jeg er klar'
const NEXT = 'Færdig – klar til næste'
const KIOSK = { width: 1080, height: 1920 }

/** Before the page: keeps what it opens; `isRefused` and `isUnplugged` are the browser's and the plug's word. */
function watchDevices(): void {
  const devices = { tracks: [] as MediaStreamTrack[], isRefused: false, isUnplugged: false }
  Object.assign(globalThis, { devices })
  const { mediaDevices } = navigator
  const open = mediaDevices.getUserMedia.bind(mediaDevices)
  mediaDevices.getUserMedia = async (constraints) => {
    if (devices.isRefused) throw new DOMException('no', 'NotAllowedError')
    if (devices.isUnplugged && constraints?.video !== undefined) throw new DOMException('gone', 'NotFoundError')
    const stream = await open(constraints)
    devices.tracks.push(...stream.getTracks())
    return stream
  }
}

/** Before the page: its sockets can be cut, and kept from being made again, as by a network that is away. */
function watchSockets(): void {
  const open = new Set<WebSocket>()
  const net = {
    isDown: false,
    set(isDown: boolean) {
      net.isDown = isDown
      if (isDown) for (const socket of open) socket.close()
    },
  }
  const Real = globalThis.WebSocket
  globalThis.WebSocket = class extends Real {
    constructor(...args: ConstructorParameters<typeof Real>) {
      super(...args)
      open.add(this)
      this.addEventListener('close', () => open.delete(this))
      if (net.isDown) this.close()
    }
  }
  Object.assign(globalThis, { net })
}

type Devices = { tracks: MediaStreamTrack[]; isRefused: boolean; isUnplugged: boolean }

/** Kinds of what is open at the page, and of what it sends. */
function openAndSent(page: Page): Promise<{ open: string[]; sent: string[] }> {
  return page.evaluate(() => {
    const { devices, watched } = globalThis as unknown as {
      devices: Devices
      watched: { connections: RTCPeerConnection[] }
    }
    const open = devices.tracks.filter(({ readyState }) => readyState === 'live').map(({ kind }) => kind)
    const senders = watched.connections.filter((each) => each.connectionState !== 'closed')
    const sent = senders.flatMap((each) => each.getSenders().flatMap(({ track }) => track?.kind ?? []))
    return { open: open.sort(), sent: sent.sort() }
  })
}

/** Waits until more is seen, heard, or both, than now. */
async function gets(page: Page, who: string, ...what: ('picture' | 'sound')[]): Promise<void> {
  const before = await received(page)
  let now = before
  const missing = () => {
    const pictures = now.framesDecoded - before.framesDecoded
    return `${what.join(' and ')} at the ${who}; ${pictures} pictures came, sound: ${now.audioEnergy > before.audioEnergy}`
  }
  const isThere = async () => {
    now = await received(page)
    const isSeen = now.framesDecoded > before.framesDecoded + 20
    const isHeard = now.audioEnergy > before.audioEnergy
    return (!what.includes('picture') || isSeen) && (!what.includes('sound') || isHeard)
  }
  await orWhatIsThere(page, `Not there: ${who}`, eventually(missing, isThere))
}

type Cut = {
  readonly kiosk: Page
  readonly relay: UdpRelay
  readonly agent: Page
  readonly name: string
  readonly cutMs: number
}

/** Cuts the media of a conversation: it is said, and with the way back the same two see and hear each other. */
async function cutMedia(t: Test, { kiosk, relay, agent, name, cutMs }: Cut): Promise<void> {
  const cutAt = Date.now()
  relay.cut()
  await says(kiosk, 'Forbindelsen er væk et øjeblik')
  t.comment(`said at the kiosk after ${Date.now() - cutAt} ms`)
  await new Promise((resolve) => setTimeout(resolve, cutMs - (Date.now() - cutAt)))
  relay.mend()
  const mendedAt = Date.now()
  await Promise.all([gets(kiosk, 'kiosk', 'picture', 'sound'), gets(agent, 'agent', 'picture', 'sound')])
  t.comment(`20 pictures later: ${Date.now() - mendedAt} ms after the way is back`)
  await says(kiosk, `Du taler med ${name}`)
  await kiosk.waitForFunction(() => !document.body.innerText.includes('Forbindelsen er væk'))
}

/** Presses, and says how to talk before anybody can answer. */
async function callIn(kiosk: Page, mode: string): Promise<void> {
  await press(kiosk, 'Ring efter hjælp')
  await press(kiosk, 'Spring over')
  await press(kiosk, 'Ved ikke / noget andet')
  await press(kiosk, 'Nej tak')
  await press(kiosk, mode)
}

t.test('ways of talking, and what goes wrong with picture and sound', async (t) => {
  const system = await TestSystem.start(t)
  const browser = await launchChromium({ areSideBySide: true, cameraFps: 10 })
  t.teardown(() => browser.close())
  const openKiosk = async (index: number) => {
    const relay = new UdpRelay()
    t.teardown(() => relay.close())
    const kiosk = await openPage(browser, KIOSK)
    await kiosk.evaluateOnNewDocument(watchDevices)
    await kiosk.evaluateOnNewDocument(watchSockets)
    await relay.intercept(kiosk)
    await kiosk.goto(`${system.url}${system.access.kiosks[index]?.urlPath}`)
    await untilButton(kiosk, 'Ring efter hjælp')
    return { kiosk, relay }
  }
  const openAgent = async (username: string) => {
    const agent = await openPage(browser, { width: 1280, height: 720 })
    await agent.goto(`${system.url}/agent/`)
    await signIn(agent, { username, password: system.access.accounts[0]?.password ?? '' })
    await untilButton(agent, READY)
    return agent
  }
  const { kiosk, relay } = await openKiosk(0)
  const agent = await openAgent('amal')

  /** Everything of the kiosk's network, media and messages. */
  const network = async (isUp: boolean): Promise<void> => {
    if (isUp) relay.mend()
    else relay.cut()
    await kiosk.evaluate((isDown) => {
      const { net } = globalThis as unknown as { net: { set(isDown: boolean): void } }
      net.set(isDown)
    }, !isUp)
  }

  const over = async (): Promise<void> => {
    await press(kiosk, 'Læg på')
    await press(kiosk, 'Start forfra')
    await untilButton(agent, NEXT)
  }

  await t.test('voice: sound both ways, and nothing of the citizen is filmed', async (t) => {
    await callIn(kiosk, 'Kun lyd, uden billede')
    await eventually('the camera to be closed', async () => (await openAndSent(kiosk)).open.join() === 'audio')
    await press(agent, READY)
    await press(agent, 'Svar')
    await Promise.all([gets(kiosk, 'kiosk', 'picture', 'sound'), gets(agent, 'agent', 'sound')])
    t.same(await openAndSent(kiosk), { open: ['audio'], sent: ['audio'] })
    const { framesDecoded } = await received(agent)
    await gets(agent, 'agent', 'sound')
    t.equal((await received(agent)).framesDecoded, framesDecoded, 'not one picture of the citizen')
    await says(agent, 'Borgeren taler uden billede')
    await over()
  })

  await t.test('text: nothing is open, the agent is seen and heard, and knows why it is silent', async (t) => {
    await callIn(kiosk, 'Skriv i stedet')
    await eventually('everything to be closed', async () => (await openAndSent(kiosk)).open.length === 0)
    await press(agent, NEXT)
    await press(agent, 'Svar')
    await gets(kiosk, 'kiosk', 'picture', 'sound')
    t.same(await openAndSent(kiosk), { open: [], sent: [] })
    await says(agent, 'Borgeren skriver')
    await over()
  })

  await press(kiosk, 'Ring efter hjælp')
  await press(agent, NEXT)
  await press(agent, 'Svar')
  await Promise.all([gets(kiosk, 'kiosk', 'picture', 'sound'), gets(agent, 'agent', 'picture', 'sound')])

  await t.test('media cut for 5 s: said, and the same two go on', async (t) =>
    cutMedia(t, { kiosk, relay, agent, name: 'Amal', cutMs: 5_000 }),
  )

  await t.test('the camera is unplugged and plugged in again: the sound goes on meanwhile', async (t) => {
    await kiosk.evaluate(() => {
      const { devices } = globalThis as unknown as { devices: Devices }
      devices.isUnplugged = true
      const camera = devices.tracks.find(({ kind, readyState }) => kind === 'video' && readyState === 'live')
      camera?.stop()
      camera?.dispatchEvent(new Event('ended'))
    })
    await says(kiosk, 'Kameraet virker ikke')
    await gets(agent, 'agent', 'sound')
    t.same(await openAndSent(kiosk), { open: ['audio'], sent: ['audio'] })
    await kiosk.evaluate(() => {
      const { devices } = globalThis as unknown as { devices: Devices }
      devices.isUnplugged = false
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
    })
    await gets(agent, 'agent', 'picture', 'sound')
    await kiosk.waitForFunction(() => !document.body.innerText.includes('Kameraet virker ikke'))
  })

  await t.test('the media worker is killed: both are back with the same other', async (t) => {
    const killedAt = Date.now()
    t.ok(system.killMediaWorkers() > 0, 'there was one to kill')
    await Promise.all([gets(kiosk, 'kiosk', 'picture', 'sound'), gets(agent, 'agent', 'picture', 'sound')])
    t.comment(`20 pictures later at both: ${Date.now() - killedAt} ms`)
    await says(kiosk, 'Du taler med Amal')
  })

  await t.test('the whole network is away for 5 s: the same call goes on', async () => {
    await network(false)
    await says(kiosk, 'Forbindelsen er væk et øjeblik')
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    await network(true)
    await Promise.all([gets(kiosk, 'kiosk', 'picture', 'sound'), gets(agent, 'agent', 'picture', 'sound')])
    await says(kiosk, 'Du taler med Amal')
  })

  // Two conversations have their long minute at the same time.
  await t.test('for 60 s: of one the media is cut, and goes on; of one the whole network, and is over', async (t) => {
    const other = { ...(await openKiosk(1)), agent: await openAgent('bo') }
    await press(other.agent, READY)
    await press(other.kiosk, 'Ring efter hjælp')
    await press(other.agent, 'Svar')
    await Promise.all([
      gets(other.kiosk, 'other kiosk', 'picture', 'sound'),
      gets(other.agent, 'other agent', 'picture', 'sound'),
    ])
    const goesOn = async () => {
      await cutMedia(t, { ...other, name: 'Bo', cutMs: 60_000 })
      await press(other.kiosk, 'Læg på')
    }
    const isOver = async () => {
      const awayAt = Date.now()
      await network(false)
      await says(kiosk, 'Forbindelsen er væk et øjeblik')
      // Kept for the grace time; then the agent is free again.
      await press(agent, NEXT)
      await new Promise((resolve) => setTimeout(resolve, 60_000 - (Date.now() - awayAt)))
      await network(true)
      await says(kiosk, 'Samtalen blev afbrudt')
      // At once: the screen does not wait for the other conversation.
      await press(kiosk, 'Ring op igen')
      await press(agent, 'Svar')
      await Promise.all([gets(kiosk, 'kiosk', 'picture', 'sound'), gets(agent, 'agent', 'picture', 'sound')])
    }
    await Promise.all([goesOn(), isOver()])
    await says(kiosk, 'Du taler med Amal')
    await over()
  })

  await t.test('permission is refused: said by name, writing is offered, the agent is seen', async (t) => {
    await kiosk.evaluate(() => ((globalThis as unknown as { devices: Devices }).devices.isRefused = true))
    await press(kiosk, 'Ring efter hjælp')
    await says(kiosk, 'Kamera og mikrofon må ikke bruges her')
    await untilButton(kiosk, 'Skriv i stedet')
    await press(agent, NEXT)
    await press(agent, 'Svar')
    await gets(kiosk, 'kiosk', 'picture', 'sound')
    await says(kiosk, 'Du taler med Amal', 'Du kan skrive i stedet')
    t.same(await openAndSent(kiosk), { open: [], sent: [] })
  })

  const calls = await eventually('the records', async () => {
    const rows = await system.db.selectFrom('calls').selectAll().orderBy('arrived_at').execute()
    return rows.filter(({ outcome }) => outcome !== null).length >= 4 ? rows : undefined
  })
  t.match(
    calls.slice(0, 3).map(({ outcome, agent_id }) => ({ outcome, agent_id })),
    [{ outcome: 'answered' }, { outcome: 'answered' }, { outcome: 'answered', agent_id: 'amal' }],
    'also the one in which nothing came from the citizen',
  )
})
