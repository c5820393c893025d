import t from 'tap'
import { cuttableWay, openControl, startTestSfu, until, type TestSfu, type Control } from '../harness.ts'
import { BrowserParty, launchBrowser, percentile, servePages, standBy } from './browser-call.ts'

const RECONNECTIONS = 8
const KILLS = 5

/** When the picture was back: the end of the longest pause between frames since shortly before `at`. */
async function pictureBackAt(party: BrowserParty, at: number): Promise<number> {
  await party.frameAfter(at + 2_500)
  const frames = (await party.frames()).filter((frame) => frame > at - 300)
  let backAt = at
  let longestMs = 0
  frames.forEach((frame, index) => {
    const pauseMs = frame - (frames[index - 1] ?? frame)
    if (pauseMs > longestMs) [longestMs, backAt] = [pauseMs, frame]
  })
  return backAt
}

async function connectAndMeasure(control: Control, parties: BrowserParty[], count: number): Promise<number[]> {
  const beganAt = Date.now()
  await control.ask('room.connect', { roomId: 'room-1', participantIds: ['caller', 'agent-1'] })
  const shownAt = await Promise.all(parties.map((party) => party.frameAfter(beganAt)))
  await control.event('room.flowing', count)
  return shownAt.map((at) => at - beganAt)
}

async function killWorker(sfu: TestSfu, parties: BrowserParty[]): Promise<number[]> {
  const killedAt = Date.now()
  process.kill(sfu.rooms.workerPids[0] ?? 0, 'SIGKILL')
  const back = await Promise.all(parties.map((party) => pictureBackAt(party, killedAt)))
  await Promise.all(parties.map((party) => party.isIn('connected')))
  return back.map((at) => at - killedAt)
}

t.test('two browsers: picture and sound both ways, muting, a killed worker, a lost connection', async (t) => {
  let sfuUrl = ''
  const origin = await servePages(t, () => sfuUrl)
  const sfu = await startTestSfu(t, { allowedOrigins: [origin] })
  const way = await cuttableWay(t, sfu.url)
  sfuUrl = way.url
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const browser = await launchBrowser(t)
  const [citizen, specialist] = await standBy(browser, origin, 'room-1')
  const parties = [citizen, specialist]

  await t.test('on standby no frame is shown; connected, the first comes at once', async (t) => {
    t.same([await citizen.frames(), await specialist.frames()], [[], []])
    const firstMs = await connectAndMeasure(control, parties, 1)
    const againMs: number[] = []
    for (let n = 2; n <= RECONNECTIONS; n += 1) {
      await control.ask('room.connect', { roomId: 'room-1', participantIds: [] })
      await Promise.all(parties.map((party) => party.isIn('standby')))
      againMs.push(...(await connectAndMeasure(control, parties, n)))
    }
    const p50 = percentile(againMs, 0.5)
    const p95 = percentile(againMs, 0.95)
    t.comment(`connect to first frame: first ${firstMs.join(', ')} ms; again p50 ${p50}, p95 ${p95} ms`)
    t.ok(Math.max(...firstMs) < 1_500)
  })

  await t.test('a picture that came before anybody looked is there for whoever looks', async (t) => {
    const seen = await citizen.page.evaluate(async () => {
      const { warmPicture, takePicture, leavePicture, coolPicture } = window.livePicture
      const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 30 })
      const context = canvas.getContext('2d')
      // One picture, when it is asked for, and none after it.
      const stream = canvas.captureStream(0)
      const [track] = stream.getVideoTracks() as CanvasCaptureMediaStreamTrack[]
      warmPicture(stream)
      context?.fillRect(0, 0, 10, 10)
      track?.requestFrame()
      const element = takePicture(stream)
      await new Promise((resolve) => element.addEventListener('loadeddata', resolve, { once: true }))
      document.body.append(element)
      const width = element.videoWidth
      leavePicture(element)
      const again = takePicture(stream)
      leavePicture(again)
      coolPicture(stream)
      return { width, isSame: again === element, isCooled: element.srcObject === null }
    })
    t.same(seen, { width: 40, isSame: true, isCooled: true })
  })

  await t.test('moving pictures and sound arrive at both sides', async (t) => {
    for (const party of parties) {
      const before = await party.quality()
      await until('30 more frames and more sound', async () => {
        const { video, audio } = await party.quality()
        const frames = (video?.framesDecoded ?? 0) - (before.video?.framesDecoded ?? 0)
        return frames > 30 && (audio?.audioEnergy ?? 0) > (before.audio?.audioEnergy ?? 0)
      })
    }
    const { sending, roundTripTimeMs } = await citizen.quality()
    t.ok((sending?.frameHeight ?? 0) > 0)
    t.type(roundTripTimeMs, 'number')
  })

  await t.test('muted means muted, and is shown', async (t) => {
    await citizen.page.evaluate(() => window.call.setMicrophoneOn(false))
    await until('shown as muted', async () => (await specialist.view()).remotes[0]?.isMicrophoneOn === false)
    const packets = async (): Promise<number> => (await specialist.quality()).audio?.packetsReceived ?? 0
    const before = await packets()
    const framesBefore = (await specialist.frames()).length
    await until('a second of picture', async () => (await specialist.frames()).length > framesBefore + 20)
    t.ok((await packets()) <= before + 2, 'no sound while muted')
    await citizen.page.evaluate(() => window.call.setMicrophoneOn(true))
    await until('sound again', async () => (await packets()) > before + 10)
    await citizen.page.evaluate(() => window.call.setCameraOn(false))
    await until('shown as dark', async () => (await specialist.view()).remotes[0]?.isCameraOn === false)
    await citizen.page.evaluate(() => window.call.setCameraOn(true))
    await specialist.frameAfter(Date.now() + 200)
  })

  await t.test('a lost signalling connection is repaired behind the picture', async (t) => {
    const before = await citizen.frames()
    t.ok(way.cut() >= 4, 'two connections, two ends each')
    await until('both joined again', () => sfu.rooms.participantCount === 2)
    await citizen.frameAfter(Date.now() + 1_000)
    const during = (await citizen.frames()).slice(before.length)
    const longestMs = Math.max(...during.slice(1).map((frame, index) => frame - (during[index] ?? frame)))
    t.ok(longestMs < 700, `the picture went on (longest pause ${longestMs} ms)`)
    await Promise.all(parties.map((party) => party.isIn('connected')))
  })

  await t.test('a killed worker: both pictures are back', async (t) => {
    const backMs: number[] = []
    for (let n = 0; n < KILLS; n += 1) backMs.push(...(await killWorker(sfu, parties)))
    t.comment(`worker killed to picture back: p50 ${percentile(backMs, 0.5)}, p95 ${percentile(backMs, 0.95)} ms`)
    t.ok(percentile(backMs, 0.95) < 3_000)
  })

  await t.test('the end is told, and nothing went wrong unseen', async (t) => {
    await control.ask('room.close', { roomId: 'room-1' })
    await Promise.all(parties.map((party) => party.isIn('closed')))
    t.equal((await citizen.view()).closedReason, 'ended')
    t.same([...citizen.errors, ...specialist.errors], [])
    t.comment(`faults: ${JSON.stringify(await citizen.page.evaluate(() => window.call.faults()))}`)
  })
})

t.test('a camera that opens while the connections are being made is seen all the same', async (t) => {
  let sfuUrl = ''
  const origin = await servePages(t, () => sfuUrl)
  const sfu = await startTestSfu(t, { allowedOrigins: [origin] })
  sfuUrl = sfu.url
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const browser = await launchBrowser(t)
  const who = { roomId: 'room-1', participantId: 'caller', role: 'caller' } as const
  const citizen = await BrowserParty.enter(browser, origin, who, { isCameraLate: true })
  const specialist = await BrowserParty.enter(browser, origin, { ...who, participantId: 'agent-1', role: 'agent' })
  await Promise.all([citizen.isIn('standby'), specialist.isIn('standby')])
  await control.ask('room.connect', { roomId: 'room-1', participantIds: ['caller', 'agent-1'] })
  await specialist.frameAfter(0)
  await until('sound', async () => ((await specialist.quality()).audio?.audioEnergy ?? 0) > 0)
  t.same([...citizen.errors, ...specialist.errors], [])
})
