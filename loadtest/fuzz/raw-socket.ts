/**
 * A WebSocket by hand, on a bare TCP connection: it can send what no browser sends, from whatever address of this machine it likes,
 * and can leave unread what it is sent.
 */
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

export type RawSocketOptions = {
  /** Of the server, as `http://127.0.0.1:3000`. */
  readonly url: string
  readonly cookie?: string
  /** Where it comes from: an address of the loopback range. */
  readonly localAddress?: string
}

export type FrameOptions = {
  /** 1 is text, 2 binary, 0 more of the last, 8 the end, 9 a ping. */
  readonly opcode?: number
  readonly isFinal?: boolean
  readonly isMasked?: boolean
  /** The three bits that mean nothing here. */
  readonly reserved?: number
}

/** One frame as it goes over the wire. */
export function frameOf(payload: Uint8Array | string, options: FrameOptions = {}): Buffer {
  const { opcode = 1, isFinal = true, isMasked = true, reserved = 0 } = options
  const body = Buffer.from(payload as string)
  const head = [(isFinal ? 0x80 : 0) | ((reserved & 7) << 4) | (opcode & 15)]
  const maskBit = isMasked ? 0x80 : 0
  if (body.length < 126) head.push(maskBit | body.length)
  else if (body.length < 65_536) head.push(maskBit | 126, body.length >> 8, body.length & 255)
  else head.push(maskBit | 127, 0, 0, 0, 0, ...[24, 16, 8, 0].map((shift) => (body.length >>> shift) & 255))
  if (!isMasked) return Buffer.concat([Buffer.from(head), body])
  const mask = randomBytes(4)
  for (let i = 0; i < body.length; i += 1) body[i] = (body[i] ?? 0) ^ (mask[i & 3] ?? 0)
  return Buffer.concat([Buffer.from(head), mask, body])
}

export class RawSocket {
  /** Hears every text frame. */
  onText: (text: string) => void = () => undefined
  readonly closed: Promise<void>
  readonly #socket: Socket
  #unread: Buffer = Buffer.alloc(0)
  #isClosed = false

  private constructor(socket: Socket) {
    this.#socket = socket
    const { promise, resolve } = Promise.withResolvers<void>()
    this.closed = promise
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.#isClosed = true
      resolve()
    })
  }

  /** Resolves when the server has taken the connection for a WebSocket; rejects where it has not. */
  static async open({ url, cookie, localAddress }: RawSocketOptions): Promise<RawSocket> {
    const { hostname, port, host } = new URL(url)
    const address = localAddress === undefined ? {} : { localAddress }
    const socket = connect({ host: hostname, port: Number(port), noDelay: true, ...address })
    const raw = new RawSocket(socket)
    const cookies = cookie === undefined ? '' : `Cookie: ${cookie}\r\n`
    const key = randomBytes(16).toString('base64')
    socket.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n${cookies}\r\n`,
    )
    await new Promise<void>((resolve, reject) => {
      let head = Buffer.alloc(0)
      const read = (data: Buffer): void => {
        head = Buffer.concat([head, data])
        const end = head.indexOf('\r\n\r\n')
        if (end < 0) return
        socket.off('data', read)
        if (!head.toString('latin1').startsWith('HTTP/1.1 101')) {
          socket.destroy()
          return reject(new Error(head.toString('latin1').split('\r\n')[0]))
        }
        socket.on('data', (more: Buffer) => raw.#read(more))
        resolve()
        raw.#read(head.subarray(end + 4))
      }
      socket.on('data', read)
      socket.on('close', () => reject(new Error('closed at the door')))
    })
    return raw
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  send(text: string): void {
    this.write(frameOf(text))
  }

  /** It reads no more: whatever comes stays with the system, and then with the server. */
  deafen(): void {
    this.#socket.pause()
  }

  /** Whatever bytes. */
  write(bytes: Uint8Array): void {
    if (!this.#isClosed) this.#socket.write(bytes)
  }

  close(): void {
    this.#socket.destroy()
  }

  /** What the server sends is never masked, and small but for views. */
  #read(data: Buffer): void {
    this.#unread = this.#unread.length === 0 ? data : Buffer.concat([this.#unread, data])
    for (;;) {
      const all = this.#unread
      const [first = 0, second = 0] = all
      const isLong = (second & 127) === 126
      const isVeryLong = (second & 127) === 127
      const from = isVeryLong ? 10 : isLong ? 4 : 2
      if (all.length < from) return
      const length = isVeryLong ? all.readUInt32BE(6) : isLong ? all.readUInt16BE(2) : second & 127
      if (all.length < from + length) return
      this.#unread = all.subarray(from + length)
      const opcode = first & 15
      if (opcode === 1) this.onText(all.toString('utf8', from, from + length))
      if (opcode === 8) this.close()
    }
  }
}
