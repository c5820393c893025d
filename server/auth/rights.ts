/**
 * The words in which it is said who may do what. The tables are `route-rights.ts`, for what is asked over HTTP, and
 * `event-rights.ts`, for what is asked over a socket; `server/http/route-gate.ts` and `server/socket/gate.ts` enforce them where
 * routes and events are registered, and nothing that has no row is registered at all.
 */
import type { ErrorCode } from '#server/contract/errors.ts'

/**
 * Who somebody is to the server. A person has exactly one of the last three; a phone is whoever holds a ticket and its key; a desk is
 * an agent's own screen, used as a kiosk for a citizen who stands beside them. Of HTTP a kiosk and a phone ask as nobody.
 */
export const ROLES = ['nobody', 'kiosk', 'phone', 'desk', 'agent', 'supervisor', 'administrator'] as const
export type Role = (typeof ROLES)[number]

type Ownership = {
  /** Who finds out: nobody has to, the gate before any handler runs, or the rules that the handler asks (the engine above all). */
  readonly looks: 'nobody' | 'gate' | 'rules'
  /** What the gate answers for what is somebody else's, and for what is not there at all: the one cannot be told from the other. */
  readonly refusal: ErrorCode
}

const unseen = (looks: Ownership['looks'], refusal: ErrorCode): Ownership => ({ looks, refusal })

/** Of whose things. */
export const WHOSE = {
  /** Whatever there is, or nothing in particular. */
  any: unseen('nobody', 'not-allowed'),
  /** What is the asker's own by itself: nothing of anybody else can be named. */
  self: unseen('nobody', 'not-allowed'),

  /** A device: its own open call. An agent: the call they are offered or in. */
  'call-at-hand': unseen('gate', 'unknown-call'),
  /** The call that the agent is offered, is in, or wraps up. */
  'call-at-desk': unseen('gate', 'unknown-call'),
  /** A running call that the agent talks in. */
  'call-in': unseen('gate', 'unknown-call'),
  /** A running call that the supervisor listens to, whispers in or has joined. */
  'call-supervised': unseen('gate', 'unknown-call'),
  /** A call that the agent is or was in. */
  'call-been-in': unseen('gate', 'unknown-call'),
  /** The agent's own figures. */
  'own-figures': unseen('gate', 'unknown-agent'),
  /** The figures of the agents of the supervisor's centre. */
  'figures-of-centre': unseen('gate', 'unknown-agent'),
  /** What was said of an article that is the agent's. */
  'own-remark': unseen('gate', 'unknown-remark'),

  /** A call of an id that nobody has used, or their own of that id. */
  'call-to-be': unseen('rules', 'call-ended'),
  /** A call in which the engine says that they may. */
  'call-by-rules': unseen('rules', 'unknown-call'),
  /** The last call that ended at this device. */
  'call-ended-here': unseen('rules', 'unknown-call'),
  /** A call of which they may write down how it went: it is theirs, or was not long ago. */
  'call-to-write-up': unseen('rules', 'unknown-call'),
  /** An offer that stands on their screen. */
  'own-offer': unseen('rules', 'offer-gone'),
  /** A ticket: whoever knows it may. */
  'known-ticket': unseen('rules', 'unknown-ticket'),
  /** Theirs. Of anything else it is answered as if it were over already, and nothing changes: asking twice does no harm. */
  'own-or-nothing': unseen('rules', 'unknown-call'),
} as const satisfies Readonly<Record<string, Ownership>>
export type Whose = keyof typeof WHOSE

/** What is of the asker alone, and therefore not audited. */
export const OF_ONESELF: ReadonlySet<Whose> = new Set(['self', 'own-figures'])

export type RateLimit = {
  readonly max: number
  readonly windowMs: number
  /** Whose questions are counted together: a sign-in's, wherever it is used, or an address's. */
  readonly of: 'sign-in' | 'address'
}

const MINUTE_MS = 60_000

/**
 * How often. Null where the gate counts nothing: pages and health are asked by machines in front, every socket has a limit of its own
 * (`sfu/binding/bind.ts`), and what is guessed at, flows or is seldom has one that only its handler can count, by name or by machine.
 */
export const RATES = {
  page: null,
  socket: null,
  flow: null,
  seldom: null,
  guess: null,
  /** Pages ask some times a minute; more than twenty a second is a program. */
  ask: { max: 1_200, windowMs: MINUTE_MS, of: 'sign-in' },
  /** Whoever types quickly asks twice a second; more is a machine. */
  search: { max: 240, windowMs: MINUTE_MS, of: 'sign-in' },
  say: { max: 20, windowMs: 10 * MINUTE_MS, of: 'sign-in' },
  /** Each reads the whole of what it is given; two or three at once are enough for a city. */
  export: { max: 30, windowMs: MINUTE_MS, of: 'sign-in' },
  /** Anybody may ask: more often than this is a load and no use. */
  public: { max: 30, windowMs: MINUTE_MS, of: 'address' },
} as const satisfies Readonly<Record<string, RateLimit | null>>
export type RateClass = keyof typeof RATES
export type Rates = Readonly<Record<RateClass, RateLimit | null>>

export type Right = {
  /** Who may, and of whose things each. Whoever is not named may not. */
  readonly may: Readonly<Partial<Record<Role, Whose>>>
  readonly rate: RateClass
  /** Whether the log says who did it, by id; nobody is written down for what is their own. */
  readonly isAudited: boolean
}

/** What everybody may, signed in or not. */
export const EVERYBODY = Object.fromEntries(ROLES.map((role) => [role, 'any'])) as Readonly<Record<Role, 'any'>>

/** Whoever is signed in, for what is their own. */
export const SIGNED_IN = { agent: 'self', supervisor: 'self', administrator: 'self' } as const

/** A row. */
export const right = (may: Right['may'], rate: RateClass, audited?: 'audited'): Right => ({
  may,
  rate,
  isAudited: audited !== undefined,
})
