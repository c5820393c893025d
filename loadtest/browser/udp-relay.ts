/** A way for media that can be made narrow, lossy or cut: what pages send to the SFU by UDP goes through it, both ways. */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import type { Page } from 'puppeteer'

/** What waits for its turn on a narrow way is dropped beyond so much time, as routers do. In ms. */
const QUEUE_MS_MAX = 250

export type Narrowness = {
  /** Bit/s from the page to the SFU, and back; null for as much as comes. */
  readonly upBps: number | null
  readonly downBps: number | null
}

const WIDE: Narrowness = { upBps: null, downBps: null }

/** One direction of one page: packets leave one after the other, at the speed of the way. */
class Lane {
  #freeAt = 0

  /** Runs `send` when it is the packet's turn, or never. `bps` is the width in bit/s now. */
  pass(bytes: number, bps: number | null, send: () => void): void {
    if (bps === null) return send()
    const now = performance.now()
    const startAt = Math.max(now, this.#freeAt)
    if (startAt - now > QUEUE_MS_MAX) return
    this.#freeAt = startAt + (bytes * 8_000) / bps
    setTimeout(send, this.#freeAt - now)
  }
}

/** A source of chance, 0 to 1, that repeats itself, so that a run can be repeated. */
function draws(): () => number {
  let state = 0x2545f491
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** One for each page whose way is to be ruled. */
export class UdpRelay {
  /** Packets that went through and that were dropped until now, by chance or by a cut. */
  readonly counts = { passed: 0, dropped: 0 }
  #narrow = WIDE
  #isCut = false
  #lossShare = 0
  readonly #draw = draws()
  readonly #fronts = new Map<number, Promise<number>>()
  readonly #sockets: Socket[] = []

  /** Sends everything of the page that is opened next through this relay. To be called before the page is loaded. */
  async intercept(page: Page): Promise<void> {
    await page.exposeFunction('relayedPort', (port: number) => this.#portFor(port))
    await page.evaluateOnNewDocument(rewriteCandidates)
  }

  narrow(how: Partial<Narrowness>): void {
    this.#narrow = { ...WIDE, ...how }
  }

  /** Which share of the packets is lost from now on, 0 to 1, in each direction. */
  lose(share: number): void {
    this.#lossShare = share
  }

  /** Nothing comes through, in either direction, without a word to anybody. */
  cut(): void {
    this.#isCut = true
  }

  mend(): void {
    this.#isCut = false
  }

  close(): void {
    for (const socket of this.#sockets.splice(0)) socket.close()
  }

  /** The port here that leads to `sfuPort`. */
  #portFor(sfuPort: number): Promise<number> {
    let front = this.#fronts.get(sfuPort)
    if (front === undefined) {
      front = this.#openFront(sfuPort)
      this.#fronts.set(sfuPort, front)
    }
    return front
  }

  async #openFront(sfuPort: number): Promise<number> {
    const front = await this.#bind()
    const backs = new Map<string, Promise<Socket>>()
    const up = new Lane()
    front.on('message', (packet, from) => {
      const key = `${from.address}:${from.port}`
      let back = backs.get(key)
      if (back === undefined) {
        back = this.#openBack(front, from)
        backs.set(key, back)
      }
      this.#pass(up, packet, this.#narrow.upBps, () => {
        void back.then((socket) => socket.send(packet, sfuPort, '127.0.0.1'))
      })
    })
    return front.address().port
  }

  async #openBack(front: Socket, page: RemoteInfo): Promise<Socket> {
    const back = await this.#bind()
    const down = new Lane()
    back.on('message', (packet) => {
      this.#pass(down, packet, this.#narrow.downBps, () => front.send(packet, page.port, page.address))
    })
    return back
  }

  #pass(lane: Lane, packet: Buffer, bps: number | null, send: () => void): void {
    if (this.#isCut || this.#draw() < this.#lossShare) {
      this.counts.dropped += 1
      return
    }
    this.counts.passed += 1
    lane.pass(packet.length, bps, () => {
      if (!this.#isCut && this.#sockets.length > 0) send()
    })
  }

  async #bind(): Promise<Socket> {
    const socket = createSocket('udp4')
    this.#sockets.push(socket)
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
    return socket
  }
}

/** Runs in the page before anything of ours: leads what it is told of the SFU's addresses to the relay, and only there. */
function rewriteCandidates(): void {
  const { relayedPort } = globalThis as unknown as { relayedPort: (port: number) => Promise<number> }
  const describe = RTCPeerConnection.prototype.setRemoteDescription
  RTCPeerConnection.prototype.setRemoteDescription = async function (description) {
    const lines: string[] = []
    for (const line of (description.sdp ?? '').split('\r\n')) {
      const found = /^(a=candidate:\S+ 1 (udp|tcp) \d+ \S+ )(\d+)( .*)$/i.exec(line)
      if (found === null) lines.push(line)
      else if (found[2]?.toLowerCase() === 'udp') {
        lines.push(`${found[1]}${await relayedPort(Number(found[3]))}${found[4]}`)
      }
    }
    await (Reflect.apply(describe, this, [{ type: description.type, sdp: lines.join('\r\n') }]) as Promise<void>)
  }
}
