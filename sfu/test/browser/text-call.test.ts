import t, { type Test } from 'tap'
import { UdpRelay } from '#loadtest/browser/udp-relay.ts'
import { cuttableWay, openControl, startTestSfu, until } from '../harness.ts'
import { BrowserParty, launchBrowser, servePages } from './browser-call.ts'
import type { StartOptions } from './call-page.ts'

const SAID = 'Hej – سَلام، як справи? 👩‍👩‍👧‍👦 🇩🇰 e\u0301 ğ ڑ'

/** An SFU with a room, behind one lossy way for each of the two pages, and the two in a conversation. */
async function conversation(t: Test, how: StartOptions = {}) {
  let sfuUrl = ''
  const origin = await servePages(t, () => sfuUrl)
  const sfu = await startTestSfu(t, { allowedOrigins: [origin] })
  const signalling = await cuttableWay(t, sfu.url)
  sfuUrl = signalling.url
  const ways = [new UdpRelay(), new UdpRelay()] as const
  t.teardown(() => ways.forEach((way) => way.close()))
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const browser = await launchBrowser(t)
  const enter = (participantId: string, relay: UdpRelay) => {
    const role = participantId === 'caller' ? ('caller' as const) : ('agent' as const)
    return BrowserParty.enter(browser, origin, { roomId: 'room-1', participantId, role }, { ...how, relay })
  }
  const citizen = await enter('caller', ways[0])
  const specialist = await enter('agent-1', ways[1])
  await Promise.all([citizen.isIn('standby'), specialist.isIn('standby')])
  const connect = async (participantIds = ['caller', 'agent-1']) =>
    await control.ask('room.connect', { roomId: 'room-1', participantIds })
  const areOpen = async () => await Promise.all([citizen.hasTextOpen(), specialist.hasTextOpen()])
  return { sfu, control, ways, signalling, citizen, specialist, connect, areOpen, enter }
}

t.test('text goes beside sound and picture, both ways, and only to whom it may', async (t) => {
  const { sfu, control, citizen, specialist, connect, areOpen, enter, ways } = await conversation(t)
  await citizen.writes('typed while waiting')
  await connect()
  await areOpen()
  await specialist.reads('typed while waiting')
  await citizen.writes('typed', true)
  await specialist.reads('typed⏎')

  await t.test('letters of every script, and what is written over', async () => {
    await specialist.writes(SAID)
    await citizen.reads(SAID)
    await specialist.writes(`${[...SAID].slice(0, 4).join('')}igen`, true)
    await citizen.reads('Hej igen⏎')
  })

  await t.test('picture and sound go on meanwhile', async (t) => {
    const before = await specialist.quality()
    for (let n = 1; n <= 30; n += 1) await citizen.writes('0123456789'.repeat(3).slice(0, n))
    await specialist.reads('typed⏎012345678901234567890123456789')
    await until('more of both', async () => {
      const { video, audio } = await specialist.quality()
      const frames = (video?.framesDecoded ?? 0) - (before.video?.framesDecoded ?? 0)
      return frames > 10 && (audio?.audioEnergy ?? 0) > (before.audio?.audioEnergy ?? 0)
    })
    t.ok((await specialist.view()).isFlowing)
  })

  await t.test('who is not connected neither reads nor is read', async (t) => {
    const third = await enter('agent-2', ways[1])
    await third.isIn('standby')
    await third.writes('from outside')
    await citizen.writes('', false)
    await citizen.writes('two', true)
    await specialist.reads('typed⏎two⏎')
    t.equal(await third.text(), '')
    await connect(['caller', 'agent-1', 'agent-2'])
    await citizen.reads('Hej igen⏎from outside')
    await specialist.writes('all of us')
    await third.reads('all of us')
    await connect(['caller', 'agent-1'])
    await third.isIn('standby')
    await citizen.writes('three', true)
    await specialist.reads('typed⏎two⏎from outsidethree⏎')
    t.equal(await third.text(), 'all of us', 'and nothing shows as lost')
  })

  await t.test('nothing of it is in the log, and with the room it is over', async (t) => {
    t.notMatch(JSON.stringify(sfu.lines), /typed|two|three|igen|outside/)
    await control.ask('room.close', { roomId: 'room-1' })
    await citizen.isIn('closed')
    t.equal((await citizen.view()).isTextOpen, false)
    t.same([...citizen.errors, ...specialist.errors], [])
  })
})

t.test('without camera and microphone the two write, and that is a conversation', async (t) => {
  const { control, citizen, specialist, connect, areOpen } = await conversation(t, { isOnlyText: true })
  await connect()
  await areOpen()
  await control.event('room.flowing')
  await citizen.writes('hej', true)
  await specialist.reads('hej⏎')
  await specialist.writes('goddag', true)
  await citizen.reads('goddag⏎')
})

t.test('packets are lost: the text is whole and in order', async (t) => {
  const { citizen, specialist, connect, areOpen, ways } = await conversation(t, { isOnlyText: true })
  await connect()
  await areOpen()
  for (const way of ways) way.lose(0.2)
  const words = Array.from({ length: 40 }, (_, n) => `ord${n}`).join(' ')
  for (let n = 10; n <= words.length; n += 10) await citizen.sends(words.slice(0, n))
  await citizen.writes(words, true)
  await specialist.reads(`${words}⏎`, 30_000)
  t.ok(ways[0].counts.dropped + ways[1].counts.dropped > 5, 'packets were dropped')
})

t.test('a connection is lost with text in it: where it is missing is shown', async (t) => {
  const { sfu, control, citizen, specialist, connect, areOpen, ways, signalling } = await conversation(t, {
    isOnlyText: true,
  })
  const killWorker = async (count: number) => {
    process.kill(sfu.rooms.workerPids[0] ?? 0, 'SIGKILL')
    await control.event('room.moved', count)
    for (const way of ways) way.lose(0)
  }
  await connect()
  await areOpen()
  await citizen.writes('før', true)
  await specialist.reads('før⏎')

  await t.test('on the way to the SFU', async () => {
    ways[0].lose(1)
    await citizen.sends('tabt', true)
    await killWorker(1)
    await areOpen()
    await citizen.writes('efter')
    await specialist.reads('før⏎\uFFFDefter', 20_000)
    await citizen.writes('efter', true)
  })

  await t.test('on the way from the SFU', async () => {
    await specialist.reads('før⏎\uFFFDefter⏎')
    ways[1].lose(1)
    const arrivedBefore = ways[0].counts.passed
    await citizen.sends('også tabt', true)
    await until('it is at the SFU, and answered', () => ways[0].counts.passed >= arrivedBefore + 2)
    await killWorker(2)
    await areOpen()
    await citizen.writes('her')
    await specialist.reads('før⏎\uFFFDefter⏎\uFFFDher', 20_000)
  })

  await t.test('a lost signalling connection alone loses nothing', async () => {
    signalling.cut()
    await citizen.writes('her er alt')
    await until('both joined again', () => sfu.rooms.participantCount === 2)
    await specialist.reads('før⏎\uFFFDefter⏎\uFFFDher er alt', 20_000)
    await areOpen()
  })

  await t.test('made anew without anything under way, nothing shows as lost', async () => {
    const before = await citizen.page.evaluate(() => window.call.states().length)
    process.kill(sfu.rooms.workerPids[0] ?? 0, 'SIGKILL')
    await until('made anew', async () => {
      const states = await citizen.page.evaluate(() => window.call.states())
      return states.length >= before + 2 && states.at(-1)?.state === 'connected'
    })
    await citizen.writes('her er alt, ja')
    await specialist.reads('før⏎\uFFFDefter⏎\uFFFDher er alt, ja', 20_000)
  })
})

t.test('what is no typing ends the channel, and the next one is a clean one', async (t) => {
  const { sfu, citizen, specialist, connect, areOpen } = await conversation(t, { isOnlyText: true })
  const isRefused = async (reason: string) =>
    await until(reason, () => sfu.lines.some(({ fields }) => fields['reason'] === reason))
  const isWell = async (line: string) => {
    await citizen.writes(line, true)
    await until(line, async () => (await specialist.text()).endsWith(`${line}⏎`), 20_000)
  }
  await connect()
  await areOpen()
  await isWell('before')

  await t.test('a message too long for the agreed size does not leave the browser', async (t) => {
    t.type(await citizen.page.evaluate(() => window.call.sendRaw('x'.repeat(1_025))), 'string')
    await isWell('after the long one')
    t.notMatch(await specialist.text(), 'xx')
  })

  await t.test('bytes that are no text', async () => {
    await citizen.page.evaluate(() => window.call.sendRaw([255, 254, 253]))
    await isRefused('not-text')
    await specialist.reads('before⏎after the long one⏎\uFFFD')
    await isWell('after the bytes')
  })

  await t.test('a flood', async (t) => {
    const { length } = await specialist.text()
    await citizen.page.evaluate(() => {
      for (let n = 0; n < 200; n += 1) window.call.sendRaw('0')
    })
    await isRefused('too-much')
    await until('and shown', async () => (await specialist.text()).endsWith('\uFFFD'))
    const passedCount = (await specialist.text()).length - length
    t.ok(passedCount <= 60, `${passedCount} characters got through`)
    await isWell('calm again')
  })
})
