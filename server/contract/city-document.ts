/**
 * A city as people write and review it: where its places and screens are, what citizens can ask for, and who works there.
 * Nothing secret is in it: no password, PIN, badge or key. The policy stands beside it as `policy`, with a schema of its own.
 */
import { Type, type Static } from 'typebox'
import { Role } from './http.ts'
import { Labels, Language } from './ids.ts'
import { PhoneNumber, Point } from './place-views.ts'
import { strict } from './shapes.ts'

/** Ids of everything. They never change: what was counted hangs on them. */
export const ID_PATTERN = '^(?=.{1,64}$)[a-z0-9]+(?:[-.][a-z0-9]+)*$'
export const STAFF_NUMBER_PATTERN = '^[0-9]{4,8}$'
export const USERNAME_PATTERN = '^[a-z0-9][a-z0-9._@-]{0,63}$'
/** Nothing invisible, and not only blanks. */
export const WORDS_PATTERN = '^[^\\p{C}]*[^\\p{C}\\s][^\\p{C}]*$'

const Key = Type.String({ pattern: ID_PATTERN })
const Words = Type.String({ minLength: 1, maxLength: 120, pattern: WORDS_PATTERN })

export const SITE_KINDS = [
  'library',
  'culture-house',
  'supermarket',
  'airport',
  'job-centre',
  'social-centre',
  'borgerservice-mini',
  'borgerservice',
] as const

export const DistrictEntry = Type.Object({ name: Words }, strict)
export const CentreEntry = Type.Object({ name: Words }, strict)

export const SiteEntry = Type.Object(
  {
    name: Words,
    kind: Type.Enum(SITE_KINDS),
    address: Words,
    district: Key,
    point: Type.Optional(Point),
    phone: Type.Optional(PhoneNumber),
    /** Whether its screens say how long the wait may be. */
    tellsWait: Type.Boolean(),
    /** What its screens say of the place while nobody calls there, as that the library is open until ten. */
    note: Type.Optional(Labels),
  },
  strict,
)
export type SiteEntry = Static<typeof SiteEntry>

export const KioskEntry = Type.Object(
  {
    site: Key,
    service: Key,
    language: Language,
    /** Pixels to a millimetre of its glass. */
    pxPerMm: Type.Optional(Type.Number({ minimum: 0.5, maximum: 20 })),
  },
  strict,
)
export type KioskEntry = Static<typeof KioskEntry>

export const ServiceEntry = Type.Object({ labels: Labels }, strict)
export type ServiceEntry = Static<typeof ServiceEntry>

export const MatterEntry = Type.Object(
  { service: Key, labels: Labels, order: Type.Integer({ minimum: 0, maximum: 10_000 }) },
  strict,
)
export type MatterEntry = Static<typeof MatterEntry>

export const PersonEntry = Type.Object(
  {
    username: Type.String({ pattern: USERNAME_PATTERN }),
    name: Words,
    firstName: Words,
    role: Role,
    centre: Key,
    /** What they can, each at a level from 1 to 5: attributes of the policy. */
    skills: Type.Record(Key, Type.Integer({ minimum: 1, maximum: 5 }), strict),
    /** From where they may call with a citizen beside them. */
    besideSite: Type.Optional(Key),
  },
  strict,
)
export type PersonEntry = Static<typeof PersonEntry>

export const StaffEntry = Type.Object(
  {
    number: Type.String({ pattern: STAFF_NUMBER_PATTERN }),
    name: Words,
    firstName: Words,
    /** Where they work: one of the two. */
    site: Type.Optional(Key),
    centre: Type.Optional(Key),
    mayCall: Type.Boolean(),
  },
  strict,
)
export type StaffEntry = Static<typeof StaffEntry>

/** A function that articles name as their owner, by its name or its id, and who is asked when something is wrong in one of them. */
export const OwnerEntry = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80, pattern: WORDS_PATTERN }),
    /** Where nobody is, supervisors are asked alone, as they always are. */
    people: Type.Array(Key, { maxItems: 50, uniqueItems: true }),
  },
  strict,
)
export type OwnerEntry = Static<typeof OwnerEntry>

export const PhoneEntry = Type.Object(
  { kind: Type.Enum(['contact', 'emergency'] as const), number: PhoneNumber, labels: Labels },
  strict,
)
export type PhoneEntry = Static<typeof PhoneEntry>

/** Days that things are kept. What calls leave behind is the policy's: `policy.wrapUp`. */
export const RetentionEntry = Type.Object(
  {
    changesDays: Type.Integer({ minimum: 30, maximum: 3_650 }),
    warningsDays: Type.Integer({ minimum: 1, maximum: 3_650 }),
    rosterDays: Type.Integer({ minimum: 1, maximum: 3_650 }),
  },
  strict,
)
export type RetentionEntry = Static<typeof RetentionEntry>

/** What holds where nobody has said anything else. */
export const RETENTION: RetentionEntry = { changesDays: 730, warningsDays: 90, rosterDays: 400 }

/** What is named by ids, each with how one of it is written. */
export const cityParts = {
  districts: DistrictEntry,
  centres: CentreEntry,
  services: ServiceEntry,
  matters: MatterEntry,
  sites: SiteEntry,
  kiosks: KioskEntry,
  people: PersonEntry,
  staff: StaffEntry,
  owners: OwnerEntry,
} as const
export type CityPart = keyof typeof cityParts

const schemaByKey = <T extends Parameters<typeof Type.Record>[1]>(entry: T) => Type.Record(Key, entry, strict)

/** All but the policy. */
export const cityProperties = {
  /** The form of this document. */
  format: Type.Literal(1),
  districts: schemaByKey(DistrictEntry),
  centres: schemaByKey(CentreEntry),
  services: schemaByKey(ServiceEntry),
  matters: schemaByKey(MatterEntry),
  sites: schemaByKey(SiteEntry),
  kiosks: schemaByKey(KioskEntry),
  people: schemaByKey(PersonEntry),
  staff: schemaByKey(StaffEntry),
  owners: schemaByKey(OwnerEntry),
  phones: Type.Array(PhoneEntry, { maxItems: 20 }),
  retention: RetentionEntry,
} as const

export const CityContent = Type.Object(cityProperties, strict)
export type CityContent = Static<typeof CityContent>
