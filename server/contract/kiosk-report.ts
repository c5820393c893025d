/** What a kiosk says of itself as a machine, and what it hears in return. Nothing in it is of a person. */
import { Type, type Static } from 'typebox'
import { IceServers } from './ice-servers.ts'
import { MediaTicket } from '#sfu/contract/ticket.ts'
import { Instant } from './ids.ts'
import { Count, orNull, strict } from './shapes.ts'

/** `unknown`: it could not be looked at yet, or a browser does not say. */
export const PartState = Type.Union([Type.Literal('works'), Type.Literal('faulty'), Type.Literal('unknown')])
export type PartState = Static<typeof PartState>

/** The files that a page began with, by name, sorted: names hold hashes, so that another version has other names. */
export const BuildId = Type.String({ maxLength: 256 })

/** What the last test of a whole machine found, beside the state of its parts. */
export const MachineTest = Type.Object(
  {
    testedAt: Instant,
    /** From the kiosk to the SFU and back; null where no test got that far. */
    roundTripMs: orNull(Count),
    /** Of the packets that came back from the SFU, how many were missing. */
    lossPercent: orNull(Type.Number({ minimum: 0, maximum: 100 })),
    /** What carried them: TCP where UDP does not get through, and then pictures stand still more often. */
    transport: orNull(Type.Union([Type.Literal('udp'), Type.Literal('tcp')])),
  },
  strict,
)
export type MachineTest = Static<typeof MachineTest>

export const KioskReport = Type.Object(
  {
    camera: PartState,
    microphone: PartState,
    speaker: PartState,
    /** The way to the media room, as the last call or test found it. */
    path: PartState,
    /** The page itself: `faulty` when it began anew too often and has given up. Absent from an older one, as the next is. */
    page: Type.Optional(PartState),
    /** How often the page began anew by itself within the last hour. */
    reloadsCount: Type.Optional(Count),
    build: BuildId,
    /** Of the page's scripts; null where the browser does not say. */
    memoryMb: Type.Union([Count, Type.Null()]),
    /** Pictures that came and could not be shown, of those on the screen now. */
    droppedFramesCount: Count,
    /** Since the page was loaded. */
    uptimeS: Count,
    /** Absent before the first test, and from a page that is older than it. */
    test: Type.Optional(MachineTest),
    /** How long the last look at camera and microphone took, after a press; absent where none was needed yet. */
    selfTestMs: Type.Optional(Count),
  },
  strict,
)
export type KioskReport = Static<typeof KioskReport>

const Nothing = Type.Object({}, strict)

/** The room has two participants, because nobody receives what they send themselves. */
export const PathTestInvitation = Type.Object(
  {
    sfuUrl: Type.String({ maxLength: 256 }),
    sendTicket: MediaTicket,
    receiveTicket: MediaTicket,
    iceServers: Type.Optional(IceServers),
  },
  strict,
)
export type PathTestInvitation = Static<typeof PathTestInvitation>

export const kioskRequests = {
  /** Each minute, and when something changes. The newest one is kept; a kiosk that says nothing is known to be silent. */
  'machine.report': {
    body: KioskReport,
    reply: Type.Object(
      {
        /** Taken out of use by the city: nobody new may call from here. */
        isOutOfOrder: Type.Boolean(),
        /** The page that the server gives now; empty where none is built. */
        build: BuildId,
      },
      strict,
    ),
  },
  /**
   * A room of its own on an SFU, for some seconds, in which the kiosk hears and sees what it sends itself: the way of a
   * call without a call. Refused while the last one is fresh, and while too many others are tested.
   */
  'machine.test-path': { body: Nothing, reply: PathTestInvitation },
  /** The test is over, whatever it found: its room is not needed any more. */
  'machine.path-tested': { body: Nothing, reply: Nothing },
} as const
