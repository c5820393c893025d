/**
 * What an agent shows a citizen on the screen beside the picture, during a call: a text, a web page, a phone number, a step of a
 * prepared guide, or a window of the agent's own screen. It is of the moment: kept in the memory of the server until the call ends, and written nowhere.
 */
import { Type, type Static } from 'typebox'
import { ParticipantId } from '#sfu/contract/ids.ts'
import { CallId, Language, type Id } from './ids.ts'
import { Name, orNull, strict } from './shapes.ts'

/** Chosen by the desk, so that asking again after a lost answer shows once. A UUID. */
export const ShownId = Type.Unsafe<Id<'ShownId'>>(
  Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' }),
)
export type ShownId = Static<typeof ShownId>

/** Longer, and nobody reads it standing. In characters of Markdown. */
export const SHOWN_TEXT_CHARACTERS_MAX = 8_000

/** `language` is the one the words are in, whatever the screen speaks. */
const shared = { shownId: ShownId, language: Language }

export const ShownText = Type.Object(
  {
    kind: Type.Literal('text'),
    ...shared,
    title: Name,
    /** Markdown; the pages draw paragraphs, headings, lists, bold and italics, and of a link its words and its address. */
    body: Type.String({ maxLength: SHOWN_TEXT_CHARACTERS_MAX }),
  },
  strict,
)

/** An address is shown as words and as a code for the citizen's own phone. The kiosk itself opens nothing. */
export const ShownPage = Type.Object(
  {
    kind: Type.Literal('page'),
    ...shared,
    title: Name,
    url: Type.String({ maxLength: 300, pattern: '^https://[A-Za-z0-9.-]+(?:[/?#][!-~]*)?$' }),
  },
  strict,
)

export const ShownPhone = Type.Object(
  {
    kind: Type.Literal('phone'),
    ...shared,
    label: Name,
    /** As it is read: digits in groups, with a plus before a country's. */
    number: Type.String({ maxLength: 24, pattern: '^\\+?[0-9](?:[ ]?[0-9]){1,18}$' }),
  },
  strict,
)

export const GuideId = Type.Unsafe<Id<'GuideId'>>(
  Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$' }),
)
export type GuideId = Static<typeof GuideId>

/** A drawing that comes with a guide, from the server itself, and what is on it in words. */
export const GuidePicture = Type.Object(
  { urlPath: Type.String({ maxLength: 160, pattern: '^/guides/[a-z0-9-]+/[a-z0-9-]+\\.svg$' }), alt: Name },
  strict,
)

/** A step of a guide with all that is drawn of it, so that a screen needs nothing else to show it. */
export const ShownGuideStep = Type.Object(
  {
    kind: Type.Literal('guide-step'),
    ...shared,
    guideId: GuideId,
    guideTitle: Name,
    /** 1 is the first. */
    step: Type.Integer({ minimum: 1, maximum: 40 }),
    stepsCount: Type.Integer({ minimum: 1, maximum: 40 }),
    title: Name,
    /** Markdown, as in a text. */
    body: Type.String({ maxLength: SHOWN_TEXT_CHARACTERS_MAX }),
    picture: orNull(GuidePicture),
  },
  strict,
)

/**
 * A window of the agent's screen, as a moving picture over the SFU (source `screen`): only while it is shown may that agent send one. Not in a
 * call in writing, and not in a hold; its picture is one block.
 */
export const ShownWindow = Type.Object({ kind: Type.Literal('window'), ...shared }, strict)
export type ShownWindow = Static<typeof ShownWindow>

export const Shown = Type.Union([ShownText, ShownPage, ShownPhone, ShownGuideStep, ShownWindow])
export type Shown = Static<typeof Shown>
/** What is drawn in words: everything but a window. */
export type ShownWords = Exclude<Shown, ShownWindow>

const Share = Type.Number({ minimum: 0, maximum: 1 })

/**
 * A place in what is shown: the paragraph, list item, picture or code by its number from the top, and shares of its width
 * and height. So it is the same place in letters of any size.
 */
export const ShownPlace = Type.Object({ block: Type.Integer({ minimum: 0, maximum: 999 }), x: Share, y: Share }, strict)
export type ShownPlace = Static<typeof ShownPlace>

/** Where the agent points, and what stands uppermost after somebody scrolled; null is nowhere, absent is as before. */
export const ShownMove = Type.Object(
  {
    callId: CallId,
    shownId: ShownId,
    pointer: Type.Optional(orNull(ShownPlace)),
    top: Type.Optional(ShownPlace),
  },
  strict,
)
export type ShownMove = Static<typeof ShownMove>

/** Of a window alone: who sends it, by the name in the media room. */
const sender = { byParticipantId: Type.Optional(ParticipantId) }

/** For the citizen's screen. */
export const ShownHere = Type.Object({ shown: Shown, byFirstName: Name, ...sender }, strict)
export type ShownHere = Static<typeof ShownHere>

/** For the desks of the call: what stands on the citizen's screen, or stood there until they closed it. */
export const ShownForAgent = Type.Object(
  { shown: Shown, byName: Name, isClosedByCitizen: Type.Boolean(), ...sender },
  strict,
)
export type ShownForAgent = Static<typeof ShownForAgent>
