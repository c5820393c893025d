/**
 * Rooms in which a kiosk, or a desk, tries the way of a call without one. They are no calls: the engine, the journal and every figure
 * know nothing of them, and an SFU that is greeted by a new server closes them as rooms that nobody wants.
 */
import { randomUUID } from 'node:crypto'
import { issueTicket } from '#sfu/binding/ticket-code.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import { NO_TURN, withIceServers, type TurnSettings } from '#server/auth/turn-credentials.ts'
import type { PathTestInvitation } from '#server/contract/kiosk-report.ts'
import type { SfuLink } from '#server/media/sfu-link.ts'

/** Raised, a room whose tester has gone away stands longer; lowered, a slow way is taken for none. In ms. */
export const PATH_TEST_MS_MAX = 15_000

/** Of one kiosk or desk, from one test to the next. A page that asks in a circle gets no further. In ms. */
export const PATH_TEST_EVERY_MS_MIN = 15_000

/** On one SFU at once. When the power of a city comes back, its kiosks all begin to test, and calls go first. */
export const PATH_TESTS_MAX = 4

const ROOM_PREFIX = 'path-test-'
const SENDER = 'path-sender'
const RECEIVER = 'path-receiver'

/** Whether a room is for such a test: then what the SFU says of it is no event of a call. Calls have a UUID for a name. */
export const isPathTest = (roomId: string): boolean => roomId.startsWith(ROOM_PREFIX)

export type PathTestParts = {
  readonly links: readonly Pick<SfuLink, 'sfuId' | 'url' | 'isConnected' | 'open' | 'connect' | 'close'>[]
  readonly mediaSecret: string
  /** The city's TURN servers; by default none. */
  readonly turn?: TurnSettings
  /** Ms since epoch. */
  readonly now: () => number
  /** Returns the function that calls it off. */
  readonly setTimer: (wake: () => void, ms: number) => () => void
}

type Standing = { readonly sfuId: string; end(): void }

export class PathTests {
  readonly #parts: PathTestParts
  readonly #begunAt = new Map<string, number>()
  readonly #standing = new Map<string, Standing>()
  #turn = 0

  constructor(parts: PathTestParts) {
    this.#parts = parts
  }

  /**
   * Opens a room for `testerId` on the next SFU that has room, and invites it twice. Throws the Refusals
   * `too-many-requests`, while the tester's last test is fresh or every SFU has enough of them, and `no-media`.
   */
  begin(testerId: string): PathTestInvitation {
    const { now, mediaSecret, setTimer } = this.#parts
    const at = now()
    if (at - (this.#begunAt.get(testerId) ?? -Infinity) < PATH_TEST_EVERY_MS_MIN) {
      throw new Refusal<ErrorCode>('too-many-requests', 'the last test is still fresh')
    }
    const link = this.#nextLink()
    this.#begunAt.set(testerId, at)
    this.end(testerId)
    const roomId = ROOM_PREFIX + randomUUID()
    link.open(roomId)
    link.connect(roomId, [SENDER, RECEIVER])
    const callOff = setTimer(() => this.end(testerId), PATH_TEST_MS_MAX)
    this.#standing.set(testerId, {
      sfuId: link.sfuId,
      end: () => {
        callOff()
        link.close(roomId)
      },
    })
    const ticketFor = (participantId: string): string => {
      const claims = { sfuId: link.sfuId, roomId, participantId, role: 'caller' as const }
      return issueTicket(mediaSecret, claims, at, PATH_TEST_MS_MAX)
    }
    const { turn = NO_TURN } = this.#parts
    return {
      sfuUrl: link.url,
      ...withIceServers(turn, SENDER, at),
      sendTicket: ticketFor(SENDER),
      receiveTicket: ticketFor(RECEIVER),
    }
  }

  /** Closes the room of `testerId`, if there is one. */
  end(testerId: string): void {
    const standing = this.#standing.get(testerId)
    this.#standing.delete(testerId)
    standing?.end()
  }

  /** Closes them all. */
  stop(): void {
    for (const testerId of this.#standing.keys()) this.end(testerId)
  }

  /** Each in turn, so that a city's kiosks have tried them all. */
  #nextLink(): PathTestParts['links'][number] {
    const connected = this.#parts.links.filter(({ isConnected }) => isConnected)
    if (connected.length === 0) throw new Refusal<ErrorCode>('no-media', 'there is no SFU')
    const standing = [...this.#standing.values()]
    const free = connected.filter(
      (link) => standing.filter(({ sfuId }) => sfuId === link.sfuId).length < PATH_TESTS_MAX,
    )
    const link = free[this.#turn % Math.max(1, free.length)]
    if (link === undefined) throw new Refusal<ErrorCode>('too-many-requests', 'as many as may be are tested just now')
    this.#turn += 1
    return link
  }
}
