/**
 * Page ↔ SFU. One socket.io connection on the namespace `/media` for each participant, opened with
 * `auth: { protocolVersion, ticket }` or, within the resume time after a lost socket,
 * `auth: { protocolVersion, resumeKey }`: transports, producers and consumers live on meanwhile. A
 * refused connection gets `connect_error` with `data: { code, message }`.
 *
 * The order of a page: `join` → `transport.create` twice → `produce` for each track → `receive.ready`;
 * then for each `consumer.new` event the page makes its consumer and asks `consumer.resume`. When it
 * has rendered a first remote picture or heard the first remote sound it says `media.flowing`.
 *
 * Real-time text goes beside sound and picture over a data channel of the same connections (RFC 8865): `text.produce`
 * for what the page types, and for each `text.new` a channel of its own, from `text.begin` on. Whoever does not ask for
 * it gets none; that is why it needed no new protocol version.
 */
import { Type } from 'typebox'
import type { EventTable, RequestTable } from './wire.ts'
import { MediaObjectId, ParticipantId, ParticipantRole } from './ids.ts'
import { Reception } from './reception.ts'

export const MEDIA_PROTOCOL_VERSION = 1
export const MEDIA_NAMESPACE = '/media'

/** How long the SFU keeps a participant whose socket is gone, in ms. As long as the server's own grace time, plus a little. */
export const MEDIA_RESUME_MS = 30_000

const strict = { additionalProperties: false } as const
const Nothing = Type.Object({}, strict)

const Kind = Type.Union([Type.Literal('audio'), Type.Literal('video')])
/**
 * What a producer shows. `screen`: a window of an agent's screen. It may be sent while `room.screen` names its agent, and is refused with
 * `screen-not-allowed` otherwise.
 */
const Source = Type.Union([Type.Literal('microphone'), Type.Literal('camera'), Type.Literal('screen')])

/** RFC 8865: the subprotocol of a channel with T.140 text; here also its label. */
export const TEXT_CHANNEL = 't140'
/** The longest message of text, in bytes of UTF-8. A third of a second of typing is a hundredth of it. */
export const TEXT_BYTES_MAX = 1_024

export const DtlsParameters = Type.Object(
  {
    role: Type.Optional(Type.Union([Type.Literal('auto'), Type.Literal('client'), Type.Literal('server')])),
    fingerprints: Type.Array(
      Type.Object(
        {
          algorithm: Type.Union([
            Type.Literal('sha-1'),
            Type.Literal('sha-224'),
            Type.Literal('sha-256'),
            Type.Literal('sha-384'),
            Type.Literal('sha-512'),
          ]),
          value: Type.String({ pattern: '^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){19,63}$' }),
        },
        strict,
      ),
      { minItems: 1, maxItems: 4 },
    ),
  },
  strict,
)

const RtcpFeedback = Type.Object(
  { type: Type.String({ maxLength: 32 }), parameter: Type.Optional(Type.String({ maxLength: 32 })) },
  strict,
)
const CodecParameters = Type.Record(
  Type.String({ maxLength: 48 }),
  Type.Union([Type.String({ maxLength: 128 }), Type.Number(), Type.Boolean(), Type.Null()]),
  { maxProperties: 24 },
)
const MimeType = Type.String({ pattern: '^(audio|video)/[A-Za-z0-9.+-]{1,32}$' })
const HeaderExtensionUri = Type.String({ maxLength: 128 })

/** Bounded copy of mediasoup's RtpParameters: a malformed one has killed SFU workers before. */
export const RtpParameters = Type.Object(
  {
    mid: Type.Optional(Type.String({ maxLength: 16 })),
    msid: Type.Optional(Type.String({ maxLength: 256 })),
    codecs: Type.Array(
      Type.Object(
        {
          mimeType: MimeType,
          payloadType: Type.Integer({ minimum: 0, maximum: 127 }),
          clockRate: Type.Integer({ minimum: 8000, maximum: 96000 }),
          channels: Type.Optional(Type.Integer({ minimum: 1, maximum: 2 })),
          parameters: Type.Optional(CodecParameters),
          rtcpFeedback: Type.Optional(Type.Array(RtcpFeedback, { maxItems: 16 })),
        },
        strict,
      ),
      { minItems: 1, maxItems: 16 },
    ),
    headerExtensions: Type.Optional(
      Type.Array(
        Type.Object(
          {
            uri: HeaderExtensionUri,
            id: Type.Integer({ minimum: 1, maximum: 255 }),
            encrypt: Type.Optional(Type.Boolean()),
            parameters: Type.Optional(CodecParameters),
          },
          strict,
        ),
        { maxItems: 24 },
      ),
    ),
    encodings: Type.Optional(
      Type.Array(
        Type.Object(
          {
            ssrc: Type.Optional(Type.Integer({ minimum: 1, maximum: 4_294_967_295 })),
            rid: Type.Optional(Type.String({ maxLength: 16 })),
            codecPayloadType: Type.Optional(Type.Integer({ minimum: 0, maximum: 127 })),
            rtx: Type.Optional(Type.Object({ ssrc: Type.Integer({ minimum: 1, maximum: 4_294_967_295 }) }, strict)),
            dtx: Type.Optional(Type.Boolean()),
            scalabilityMode: Type.Optional(Type.String({ maxLength: 16 })),
            scaleResolutionDownBy: Type.Optional(Type.Number({ minimum: 1, maximum: 16 })),
            maxBitrate: Type.Optional(Type.Integer({ minimum: 1, maximum: 20_000_000 })),
            active: Type.Optional(Type.Boolean()),
            maxFramerate: Type.Optional(Type.Number({ minimum: 1, maximum: 120 })),
            networkPriority: Type.Optional(Type.String({ maxLength: 16 })),
            priority: Type.Optional(Type.String({ maxLength: 16 })),
            adaptivePtime: Type.Optional(Type.Boolean()),
          },
          strict,
        ),
        { maxItems: 3 },
      ),
    ),
    rtcp: Type.Optional(
      Type.Object(
        {
          cname: Type.Optional(Type.String({ maxLength: 256 })),
          reducedSize: Type.Optional(Type.Boolean()),
          mux: Type.Optional(Type.Boolean()),
        },
        strict,
      ),
    ),
  },
  strict,
)

/** Bounded copy of mediasoup's RtpCapabilities. */
export const RtpCapabilities = Type.Object(
  {
    codecs: Type.Array(
      Type.Object(
        {
          kind: Kind,
          mimeType: MimeType,
          preferredPayloadType: Type.Optional(Type.Integer({ minimum: 0, maximum: 127 })),
          clockRate: Type.Integer({ minimum: 8000, maximum: 96000 }),
          channels: Type.Optional(Type.Integer({ minimum: 1, maximum: 2 })),
          parameters: Type.Optional(CodecParameters),
          rtcpFeedback: Type.Optional(Type.Array(RtcpFeedback, { maxItems: 16 })),
        },
        strict,
      ),
      { maxItems: 48 },
    ),
    headerExtensions: Type.Optional(
      Type.Array(
        Type.Object(
          {
            kind: Kind,
            uri: HeaderExtensionUri,
            preferredId: Type.Integer({ minimum: 1, maximum: 255 }),
            preferredEncrypt: Type.Optional(Type.Boolean()),
            direction: Type.Optional(Type.String({ maxLength: 16 })),
          },
          strict,
        ),
        { maxItems: 48 },
      ),
    ),
  },
  strict,
)

/** What the SFU sends out of mediasoup goes as it is: it is ours, and the page hands it to mediasoup-client unread. */
const FromMediasoup = Type.Unknown()

export const mediaRequests = {
  join: {
    body: Nothing,
    reply: Type.Object(
      {
        /** New whenever the room was made anew: then transports of before are gone. */
        roomInstanceId: Type.String(),
        resumeKey: Type.String(),
        routerRtpCapabilities: FromMediasoup,
        /** Whether `room.connect` names this participant now. */
        isConnected: Type.Boolean(),
        /** The consumers that live on after a resume: the page closes every other. Each is told again by `consumer.new`. */
        consumerIds: Type.Array(MediaObjectId),
      },
      strict,
    ),
  },
  'transport.create': {
    body: Type.Object({ direction: Type.Union([Type.Literal('send'), Type.Literal('receive')]) }, strict),
    reply: Type.Object(
      {
        transportId: MediaObjectId,
        iceParameters: FromMediasoup,
        iceCandidates: FromMediasoup,
        dtlsParameters: FromMediasoup,
        /** For data channels: real-time text. */
        sctpParameters: FromMediasoup,
      },
      strict,
    ),
  },
  'transport.connect': {
    body: Type.Object({ transportId: MediaObjectId, dtlsParameters: DtlsParameters }, strict),
    reply: Nothing,
  },
  'transport.restart-ice': {
    body: Type.Object({ transportId: MediaObjectId }, strict),
    reply: Type.Object({ iceParameters: FromMediasoup }, strict),
  },
  produce: {
    body: Type.Object({ transportId: MediaObjectId, kind: Kind, source: Source, rtpParameters: RtpParameters }, strict),
    reply: Type.Object({ producerId: MediaObjectId }, strict),
  },
  'producer.pause': { body: Type.Object({ producerId: MediaObjectId }, strict), reply: Nothing },
  'producer.resume': { body: Type.Object({ producerId: MediaObjectId }, strict), reply: Nothing },
  'producer.close': { body: Type.Object({ producerId: MediaObjectId }, strict), reply: Nothing },
  /** The receive transport exists and the page can take what comes, text too if it says so: events follow. */
  'receive.ready': {
    body: Type.Object({ rtpCapabilities: RtpCapabilities, isTakingText: Type.Optional(Type.Boolean()) }, strict),
    reply: Nothing,
  },
  'consumer.resume': { body: Type.Object({ consumerId: MediaObjectId }, strict), reply: Nothing },
  /** After a gap: ask the sender for a key frame now instead of waiting for its own. */
  'consumer.request-key-frame': { body: Type.Object({ consumerId: MediaObjectId }, strict), reply: Nothing },
  /**
   * Begins to send text, in the place of the channel before. `messageCount`: messages the page has sent until now, on
   * every channel; those the SFU never saw are lost, and the others are shown so.
   */
  'text.produce': {
    body: Type.Object(
      {
        transportId: MediaObjectId,
        label: Type.Literal(TEXT_CHANNEL),
        protocol: Type.Literal(TEXT_CHANNEL),
        sctpStreamParameters: Type.Object(
          { streamId: Type.Integer({ minimum: 0, maximum: 65_534 }), ordered: Type.Literal(true) },
          strict,
        ),
        messageCount: Type.Integer({ minimum: 0 }),
      },
      strict,
    ),
    reply: Type.Object({ textProducerId: MediaObjectId }, strict),
  },
  /**
   * The channel is open at the page: text flows from now on. `messageCount`: messages that were due to this page from
   * that participant before; those the page has not had are lost.
   */
  'text.begin': {
    body: Type.Object({ textConsumerId: MediaObjectId }, strict),
    reply: Type.Object({ messageCount: Type.Integer({ minimum: 0 }) }, strict),
  },
  /** The first remote frame was shown or the first remote sound played; without either, the text channel is open. */
  'media.flowing': { body: Nothing, reply: Nothing },
  /** Each few seconds while something is received. Agents who are connected with the page are told. */
  'reception.report': { body: Reception, reply: Nothing },
} as const satisfies RequestTable

export const mediaEvents = {
  'consumer.new': Type.Object(
    {
      consumerId: MediaObjectId,
      producerId: MediaObjectId,
      participantId: ParticipantId,
      role: ParticipantRole,
      kind: Kind,
      source: Source,
      rtpParameters: FromMediasoup,
      isProducerPaused: Type.Boolean(),
    },
    strict,
  ),
  'consumer.closed': Type.Object({ consumerId: MediaObjectId }, strict),
  /** The other side switched its camera or microphone off or on. */
  'consumer.paused': Type.Object({ consumerId: MediaObjectId }, strict),
  'consumer.resumed': Type.Object({ consumerId: MediaObjectId }, strict),
  /** There is a channel for what that participant types. The page opens its end and asks `text.begin`. */
  'text.new': Type.Object(
    {
      textConsumerId: MediaObjectId,
      textProducerId: MediaObjectId,
      participantId: ParticipantId,
      role: ParticipantRole,
      sctpStreamParameters: FromMediasoup,
    },
    strict,
  ),
  'text.closed': Type.Object({ textConsumerId: MediaObjectId }, strict),
  /** What this page sent was no text, or too much: its channel was closed. It may ask for another. */
  'text.refused': Type.Object(
    { reason: Type.Union([Type.Literal('not-text'), Type.Literal('too-long'), Type.Literal('too-much')]) },
    strict,
  ),
  /** From now on this participant receives the others who are named in `room.connect`: told at each one, and at join. */
  'room.connected': Nothing,
  /** This participant is on standby again: nobody receives them and they receive nobody. */
  'room.standby': Nothing,
  /** How that participant receives the others. Told to agents alone. */
  'reception.told': Type.Object({ participantId: ParticipantId, role: ParticipantRole, reception: Reception }, strict),
  'participant.left': Type.Object({ participantId: ParticipantId }, strict),
  /** The room was made again elsewhere (a worker died): keep the camera, make the transports anew. */
  'room.moved': Type.Object({ delayMs: Type.Integer({ minimum: 0, maximum: 1000 }) }, strict),
  /** This participant is out: the call ended, or they were taken off it, or joined again elsewhere. */
  'room.closed': Type.Object(
    {
      reason: Type.Union([
        Type.Literal('ended'),
        Type.Literal('removed'),
        Type.Literal('replaced'),
        Type.Literal('lost'),
      ]),
    },
    strict,
  ),
} as const satisfies EventTable

export const mediaErrorCodes = [
  'bad-request',
  'too-many-requests',
  'internal',
  'no-answer',
  'ticket-refused',
  'room-not-open',
  'no-media-worker',
  'not-joined',
  'unknown-object',
  'cannot-consume',
  'media-refused',
  'screen-not-allowed',
  'version-mismatch',
] as const
export type MediaErrorCode = (typeof mediaErrorCodes)[number]
