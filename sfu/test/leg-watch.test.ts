import t from 'tap'
import { LegWatch, type WatchedLeg } from '#sfu/client/leg-watch.ts'

type State = WatchedLeg['connectionStates'][number]

const nothing = new Map<string, unknown>() as unknown as RTCStatsReport

/** A leg over a way that can be away, and a clock that is turned by hand. */
class Bench implements WatchedLeg {
  atMs = 0
  isWayThere = true
  isBuilt = false
  connectionStates: State[] = ['new', 'new']
  bytes = 0
  readonly did: string[] = []
  readonly watch: LegWatch
  #look: (() => void) | undefined

  constructor() {
    const handlers = {
      isMediaDue: () => true,
      onBroken: () => void this.did.push('broken'),
      onReturned: () => void this.did.push('returned'),
      onWell: () => undefined,
    }
    const clock = {
      now: () => this.atMs,
      every: (_ms: number, look: () => void) => {
        this.#look = look
        return () => (this.#look = undefined)
      },
    }
    this.watch = new LegWatch(this, handlers, clock)
  }

  async receiveStats(): Promise<RTCStatsReport> {
    return new Map([
      ['media', { type: 'inbound-rtp', bytesReceived: this.bytes }],
      ['way', { type: 'transport', bytesReceived: this.bytes }],
    ]) as unknown as RTCStatsReport
  }

  async sendStats(): Promise<RTCStatsReport> {
    return nothing
  }

  async requestKeyFrames(): Promise<void> {
    this.did.push('key frame')
  }

  async restartIce(): Promise<void> {
    this.did.push('restart')
  }

  /** Half-second after half-second, each looked at; what arrives does so while the way is there and everything is connected. */
  async go(ms: number): Promise<void> {
    for (const until = this.atMs + ms; this.atMs < until;) {
      this.atMs += 500
      if (this.isWayThere && this.connectionStates.every((state) => state === 'connected')) this.bytes += 1_000
      this.#look?.()
      // What is looked up is there in a few turns of the loop.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  to(state: State): void {
    this.connectionStates = [state, state]
    this.watch.connectionChanged()
  }
}

t.test('a leg that takes long to be made is left alone, and its first bytes are no return', async (t) => {
  const bench = new Bench()
  await bench.go(4_000)
  bench.isBuilt = true
  bench.to('connecting')
  await bench.go(8_000)
  bench.to('connected')
  await bench.go(10_000)
  t.same(
    bench.did.filter((each) => each !== 'key frame'),
    [],
    'neither restarted nor thrown away',
  )
})

t.test('a leg that is never made is given up once', async (t) => {
  const bench = new Bench()
  await bench.go(5_000)
  bench.isBuilt = true
  bench.to('connecting')
  await bench.go(60_000)
  t.same(bench.did, ['broken'])
})

t.test('a way that was away and comes back by itself is made anew; one that does not is restarted', async (t) => {
  const bench = new Bench()
  bench.isBuilt = true
  bench.to('connected')
  await bench.go(5_000)
  bench.isWayThere = false
  await bench.go(3_000)
  t.same(bench.did, [], 'shorter is forgiven')
  await bench.go(1_000)
  t.match(bench.did, ['restart'])
  bench.isWayThere = true
  await bench.go(1_000)
  t.ok(bench.did.includes('returned'))
})

t.test('a connection that says it is lost is restarted, and given up where that does not help', async (t) => {
  const bench = new Bench()
  bench.isBuilt = true
  bench.to('connected')
  await bench.go(2_000)
  bench.isWayThere = false
  bench.to('disconnected')
  await bench.go(2_500)
  t.same(bench.did, ['restart'])
  await bench.go(7_000)
  t.same(bench.did, ['restart', 'broken'])
})
