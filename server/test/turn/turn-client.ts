/** The little of STUN and TURN (RFC 8489, 8656) that a test needs: an allocation with a long-term credential, and permissions. */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'

const COOKIE = 0x2112a442
const METHODS = { allocate: 0x003, createPermission: 0x008 } as const
const [USERNAME, INTEGRITY, ERROR, REALM, NONCE] = [0x0006, 0x0008, 0x0009, 0x0014, 0x0015]
const [PEER, FAMILY, TRANSPORT] = [0x0012, 0x0017, 0x0019]
const ANSWER_MS_MAX = 10_000
const AGAIN_MS = 500

export type Credential = { readonly username: string; readonly credential: string }
/** Zero: it was done. Else the code of the error. */
export type Answer = { readonly code: number; readonly attributes: ReadonlyMap<number, Buffer> }

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(type, 0)
  head.writeUInt16BE(value.length, 2)
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)])
}

function message(type: number, transaction: Buffer, body: Buffer, extraLength = 0): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt16BE(type, 0)
  head.writeUInt16BE(body.length + extraLength, 2)
  head.writeUInt32BE(COOKIE, 4)
  return Buffer.concat([head, transaction, body])
}

/** The 16 or 4 bytes of an address. */
function bytesOf(address: string): Buffer {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number))
  const v4 = /(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1]
  const hex =
    v4 === undefined
      ? address
      : address.replace(
          v4,
          bytesOf(v4)
            .toString('hex')
            .replace(/^(....)/, '$1:'),
        )
  const [front = '', back] = hex.split('::')
  const words = (part: string | undefined) => (part === undefined || part === '' ? [] : part.split(':'))
  const missing = Array.from({ length: 8 - words(front).length - words(back).length }, () => '0')
  const all = [...words(front), ...missing, ...words(back)]
  return Buffer.concat(all.map((word) => Buffer.from(word.padStart(4, '0'), 'hex')))
}

function peer(address: string, transaction: Buffer): Buffer {
  const bytes = bytesOf(address)
  const mask = Buffer.concat([Buffer.from([0x21, 0x12, 0xa4, 0x42]), transaction])
  const value = Buffer.from([0, bytes.length === 4 ? 1 : 2, (9_000 >> 8) ^ 0x21, (9_000 & 0xff) ^ 0x12])
  return attribute(PEER, Buffer.concat([value, Buffer.from(bytes.map((byte, i) => byte ^ (mask[i] ?? 0)))]))
}

function read(data: Buffer): Answer {
  const attributes = new Map<number, Buffer>()
  for (let at = 20; at + 4 <= data.length;) {
    const length = data.readUInt16BE(at + 2)
    attributes.set(data.readUInt16BE(at), data.subarray(at + 4, at + 4 + length))
    at += 4 + length + ((4 - (length % 4)) % 4)
  }
  const error = attributes.get(ERROR)
  return { code: error === undefined ? 0 : (error[2] ?? 0) * 100 + (error[3] ?? 0), attributes }
}

/** One page at the TURN server on a UDP port of loopback. */
export class TurnClient {
  readonly #socket: Socket = createSocket('udp4')
  readonly #port: number
  readonly #who: Credential
  #realm: Buffer = Buffer.alloc(0)
  #nonce: Buffer = Buffer.alloc(0)

  constructor(port: number, who: Credential) {
    this.#port = port
    this.#who = who
  }

  /** Asks for a relay of that family, as a browser does: first without a right, then with it. */
  async allocate(family: 4 | 6 = 4): Promise<number> {
    const wanted = [
      attribute(TRANSPORT, Buffer.from([17, 0, 0, 0])),
      attribute(FAMILY, Buffer.from([family === 4 ? 1 : 2, 0, 0, 0])),
    ]
    const first = await this.#ask(METHODS.allocate, () => wanted, false)
    this.#realm = first.attributes.get(REALM) ?? this.#realm
    this.#nonce = first.attributes.get(NONCE) ?? this.#nonce
    return (await this.#ask(METHODS.allocate, () => wanted, true)).code
  }

  /** Asks to send to `address`; the code of the refusal, 0 where there is none. */
  async permit(address: string): Promise<number> {
    return (await this.#ask(METHODS.createPermission, (transaction) => [peer(address, transaction)], true)).code
  }

  close(): void {
    this.#socket.close()
  }

  async #ask(method: number, body: (transaction: Buffer) => Buffer[], isSigned: boolean): Promise<Answer> {
    const transaction = randomBytes(12)
    const { username, credential } = this.#who
    const own = isSigned
      ? [attribute(USERNAME, Buffer.from(username)), attribute(REALM, this.#realm), attribute(NONCE, this.#nonce)]
      : []
    const plain = Buffer.concat([...body(transaction), ...own])
    let request = message(method, transaction, plain)
    if (isSigned) {
      const key = createHash('md5').update(`${username}:${this.#realm.toString()}:${credential}`).digest()
      // The length in the head counts the signature in, which signs it.
      const signed = createHmac('sha1', key)
        .update(message(method, transaction, plain, 24))
        .digest()
      request = message(method, transaction, Buffer.concat([plain, attribute(INTEGRITY, signed)]))
    }
    return await new Promise((resolve, reject) => {
      const send = () => this.#socket.send(request, this.#port, '127.0.0.1')
      const again = setInterval(send, AGAIN_MS)
      const end = () => {
        clearInterval(again)
        clearTimeout(late)
        this.#socket.off('message', take)
      }
      const late = setTimeout(() => {
        end()
        reject(new Error('the TURN server does not answer'))
      }, ANSWER_MS_MAX)
      const take = (data: Buffer) => {
        if (!data.subarray(8, 20).equals(transaction)) return
        end()
        resolve(read(data))
      }
      this.#socket.on('message', take)
      send()
    })
  }
}
