/** The names of things. Each is a type of its own, so that a mix-up does not compile. */
import { Type, type Static } from 'typebox'

declare const brand: unique symbol
export type Id<Name extends string> = string & { readonly [brand]: Name }

const SLUG = { minLength: 1, maxLength: 64, pattern: '^[a-z0-9]+(?:[.-][a-z0-9]+)*$' } as const
const slug = <Name extends string>() => Type.Unsafe<Id<Name>>(Type.String(SLUG))

/** Chosen by the kiosk at the press, so that asking again after a lost answer cannot make two calls. A UUID. */
export const CallId = Type.Unsafe<Id<'CallId'>>(
  Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' }),
)
export type CallId = Static<typeof CallId>

/** `<call id>/<n>`: the n-th offer of that call. */
export const OfferId = Type.Unsafe<Id<'OfferId'>>(
  Type.String({ minLength: 38, maxLength: 44, pattern: '^[0-9a-f-]{36}/[0-9]{1,6}$' }),
)
export type OfferId = Static<typeof OfferId>

/**
 * What a citizen keeps of a place in line: short, read aloud and typed without mistakes, so no 0, 1, I, L, O or U.
 * Unique among open calls.
 */
export const TICKET_LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
export const Ticket = Type.Unsafe<Id<'Ticket'>>(Type.String({ pattern: `^[${TICKET_LETTERS}]{6}$` }))
export type Ticket = Static<typeof Ticket>

/** What shows that a phone has the ticket from the screen and did not guess it. */
export const TicketKey = Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' })

/**
 * A UUID chosen by whoever asks, so that asking again after a lost answer asks once; or the call's id with `:interpreter`,
 * where the engine asks one in by itself.
 */
export const JoinId = Type.Unsafe<Id<'JoinId'>>(
  Type.String({
    pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}(?::interpreter)?$',
  }),
)
export type JoinId = Static<typeof JoinId>

export const AgentId = slug<'AgentId'>()
export type AgentId = Static<typeof AgentId>
export const KioskId = slug<'KioskId'>()
export type KioskId = Static<typeof KioskId>
export const SiteId = slug<'SiteId'>()
export type SiteId = Static<typeof SiteId>
export const QueueId = slug<'QueueId'>()
export type QueueId = Static<typeof QueueId>
export const ServiceId = slug<'ServiceId'>()
export type ServiceId = Static<typeof ServiceId>
export const MatterId = slug<'MatterId'>()
export type MatterId = Static<typeof MatterId>
export const CentreId = slug<'CentreId'>()
export type CentreId = Static<typeof CentreId>
export const DistrictId = slug<'DistrictId'>()
export type DistrictId = Static<typeof DistrictId>
export const ClassId = slug<'ClassId'>()
export type ClassId = Static<typeof ClassId>
export const Skill = slug<'Skill'>()
export type Skill = Static<typeof Skill>

/** Milliseconds since 1970-01-01 UTC, whole. */
export const Instant = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 })
export type Instant = Static<typeof Instant>

/** The languages of the screens and of the calls, as BCP 47 tags, in the order in which a screen shows them. */
export const LANGUAGES = ['da', 'en', 'ar', 'tr', 'pl', 'uk', 'ur', 'so', 'fa', 'ro'] as const
export const Language = Type.Union([
  Type.Literal('da'),
  Type.Literal('en'),
  Type.Literal('ar'),
  Type.Literal('tr'),
  Type.Literal('pl'),
  Type.Literal('uk'),
  Type.Literal('ur'),
  Type.Literal('so'),
  Type.Literal('fa'),
  Type.Literal('ro'),
])
export type Language = Static<typeof Language>

/** How a citizen talks. */
export const Mode = Type.Union([
  Type.Literal('video'),
  Type.Literal('voice'),
  Type.Literal('text'),
  Type.Literal('signing'),
])
export type Mode = Static<typeof Mode>

const Label = Type.String({ minLength: 1, maxLength: 120 })
const Translated = Type.Optional(Label)

/** A name of something: always in Danish and English, and in the other languages as far as somebody has said it. */
export const Labels = Type.Object(
  {
    da: Label,
    en: Label,
    ar: Translated,
    tr: Translated,
    pl: Translated,
    uk: Translated,
    ur: Translated,
    so: Translated,
    fa: Translated,
    ro: Translated,
  },
  { additionalProperties: false },
)
export type Labels = Static<typeof Labels>

/** The name in `language`; in English where it has none there, because a stranger reads that sooner than Danish. */
export const labelIn = (labels: Labels, language: Language): string => labels[language] ?? labels.en
