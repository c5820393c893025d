/** A way over UDP on this machine that loses packets as it is told to: what a bad network does, without changing the machine's. */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'

export type LossyWay = {
  /** Where pages find it, on 127.0.0.1. */
  readonly port: number
  /** Packets that went through and that were dropped until now. */
  readonly counts: { passed: number; dropped: number }
  /** Which share of the packets is lost from now on, 0 to 1, to the SFU and back. */
  lose(share: number): void
  close(): void
}

/** No more than so many pages and packets: it is for tests. */
const WAYS_MAX = 64
const PACKETS_MAX = 5_000_000

/** A source of chance that repeats itself, so that a run can be repeated. */
function draws(): () => number {
  let state = 0x2545f491
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Opens a way to `targetPort` on 127.0.0.1. The caller closes it. */
export async function openLossyWay(targetPort: number): Promise<LossyWay> {
  const front = createSocket('udp4')
  const backs = new Map<string, Socket>()
  const counts = { passed: 0, dropped: 0 }
  const draw = draws()
  let share = 0
  const pass = (socket: Socket, packet: Buffer, to: Pick<RemoteInfo, 'address' | 'port'>): void => {
    if (draw() < share || counts.passed >= PACKETS_MAX) counts.dropped += 1
    else {
      counts.passed += 1
      socket.send(packet, to.port, to.address)
    }
  }
  const target = { address: '127.0.0.1', port: targetPort }
  const backFor = (page: RemoteInfo): Socket | undefined => {
    const key = `${page.address} ${page.port}`
    const known = backs.get(key)
    if (known !== undefined || backs.size >= WAYS_MAX) return known
    const back = createSocket('udp4')
    back.on('error', () => undefined)
    back.on('message', (packet) => pass(front, packet, page))
    back.bind(0, target.address)
    backs.set(key, back)
    return back
  }
  front.on('message', (packet, from) => {
    const back = backFor(from)
    if (back !== undefined) pass(back, packet, target)
  })
  front.on('error', () => undefined)
  await new Promise<void>((resolve) => front.bind(0, '127.0.0.1', resolve))
  return {
    port: front.address().port,
    counts,
    lose: (next) => (share = next),
    close: () => {
      front.close()
      for (const back of backs.values()) back.close()
    },
  }
}

/** Runs in a page before anything of ours: it sends over UDP to `port` instead of where the SFU says, and nowhere else. */
export function goOver(port: number): void {
  type Set = (this: RTCPeerConnection, description: RTCSessionDescriptionInit) => Promise<void>
  const set: Set = RTCPeerConnection.prototype.setRemoteDescription
  const setOver: Set = function (description) {
    const sdp = description.sdp
      ?.replace(/^a=candidate:.* tcp .*\r\n/gim, '')
      .replace(/^(a=candidate:\S+ \d udp \d+ \S+) \d+/gim, `$1 ${port}`)
    return set.call(this, { type: description.type, ...(sdp === undefined ? {} : { sdp }) })
  }
  Object.assign(RTCPeerConnection.prototype, { setRemoteDescription: setOver })
}
