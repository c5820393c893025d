/** What a kiosk says of itself as a machine, and what it hears in return. Nothing in it is of a person. */
import { Type, type Static } from 'typebox'
import { Count, strict } from './shapes.ts'

/** `unknown`: it could not be looked at yet, or a browser does not say. */
export const PartState = Type.Union([Type.Literal('works'), Type.Literal('faulty'), Type.Literal('unknown')])
export type PartState = Static<typeof PartState>

/** The files that a page began with, by name, sorted: names hold hashes, so that another version has other names. */
export const BuildId = Type.String({ maxLength: 256 })

export const KioskReport = Type.Object(
  {
    camera: PartState,
    microphone: PartState,
    speaker: PartState,
    /** The way to the media room, as the last call found it. */
    path: PartState,
    build: BuildId,
    /** Of the page's scripts; null where the browser does not say. */
    memoryMb: Type.Union([Count, Type.Null()]),
    /** Pictures that came and could not be shown, of those on the screen now. */
    droppedFramesCount: Count,
    /** Since the page was loaded. */
    uptimeS: Count,
  },
  strict,
)
export type KioskReport = Static<typeof KioskReport>

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
} as const
