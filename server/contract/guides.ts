/** `GET /api/v1/guides`, for agents: the prepared guides they can show a citizen, step by step. */
import { Type, type Static } from 'typebox'
import { Language } from './ids.ts'
import { Name, orNull, strict } from './shapes.ts'
import { GuideId, GuidePicture, SHOWN_TEXT_CHARACTERS_MAX } from './shown.ts'

/** More, and nobody finds the right one in a call. */
export const GUIDES_MAX = 200
/** More steps than these are two guides. */
export const GUIDE_STEPS_MAX = 40

export const GuideStep = Type.Object(
  {
    title: Name,
    /** Markdown. */
    body: Type.String({ maxLength: SHOWN_TEXT_CHARACTERS_MAX }),
    picture: orNull(GuidePicture),
  },
  strict,
)
export type GuideStep = Static<typeof GuideStep>

/** A guide in one language. */
export const Guide = Type.Object(
  {
    guideId: GuideId,
    language: Language,
    title: Name,
    steps: Type.Array(GuideStep, { minItems: 1, maxItems: GUIDE_STEPS_MAX }),
  },
  strict,
)
export type Guide = Static<typeof Guide>

export const GuidesReply = Type.Object({ guides: Type.Array(Guide, { maxItems: GUIDES_MAX * 10 }) }, strict)
export type GuidesReply = Static<typeof GuidesReply>
