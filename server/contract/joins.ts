/** Asking more people into a call: whom, with which written hand-over, and what comes of it. */
import { Type, type Static } from 'typebox'
import type { RequestTable } from '#sfu/contract/wire.ts'
import { AgentId, CallId, CentreId, JoinId, Labels, Language, QueueId, Skill } from './ids.ts'
import { Count, Name, orNull, strict } from './shapes.ts'

const Level = Type.Integer({ minimum: 1, maximum: 5 })

/** Who may come. A skill, a language or signing is asked for at a level; a queue means whoever serves it. */
export const JoinTarget = Type.Union([
  Type.Object({ kind: Type.Literal('skill'), attribute: Skill, levelMin: Level }, strict),
  Type.Object({ kind: Type.Literal('queue'), queueId: QueueId }, strict),
  Type.Object({ kind: Type.Literal('centre'), centreId: CentreId }, strict),
  Type.Object({ kind: Type.Literal('agent'), agentId: AgentId }, strict),
])
export type JoinTarget = Static<typeof JoinTarget>

/** The same with the names that a page needs to say it. `labels` are null where no service of the city has that skill. */
export const NamedTarget = Type.Union([
  Type.Object({ kind: Type.Literal('skill'), attribute: Skill, levelMin: Level, labels: orNull(Labels) }, strict),
  Type.Object({ kind: Type.Literal('queue'), queueId: QueueId, labels: Labels, language: Language }, strict),
  Type.Object({ kind: Type.Literal('centre'), centreId: CentreId, name: Name }, strict),
  Type.Object({ kind: Type.Literal('agent'), agentId: AgentId, name: Name }, strict),
])
export type NamedTarget = Static<typeof NamedTarget>

/** Characters of a written hand-over. Longer says more, shorter is read before the picture opens. */
export const HAND_OVER_CHARACTERS_MAX = 500

/** What whoever asks writes for whoever comes. In memory of the server only, and gone with the call. */
export const HandOverNote = Type.String({ minLength: 1, maxLength: HAND_OVER_CHARACTERS_MAX })

/** By whom and for what somebody was asked into a call. */
export const AskedInView = Type.Object(
  { joinId: JoinId, byName: Name, target: NamedTarget, isTransfer: Type.Boolean(), note: orNull(HandOverNote) },
  strict,
)
export type AskedInView = Static<typeof AskedInView>

/** The search that came to nothing last, and why; until somebody is asked anew. */
export const UnmetJoinView = Type.Object(
  {
    joinId: JoinId,
    byName: Name,
    target: NamedTarget,
    isTransfer: Type.Boolean(),
    why: Type.Union([
      Type.Literal('declined'),
      Type.Literal('not-responding'),
      Type.Literal('away'),
      Type.Literal('not-found'),
      Type.Literal('caller-declined'),
    ]),
  },
  strict,
)
export type UnmetJoinView = Static<typeof UnmetJoinView>

/** More colleagues than this are not listed: a name finds the others. */
export const COLLEAGUES_MAX = 30

/** Who could be asked into a call of this agent now. */
export const PeopleToAsk = Type.Object(
  {
    /** All that the policy knows, of whatever queue. */
    skills: Type.Array(
      Type.Object(
        {
          attribute: Skill,
          kind: Type.Union([Type.Literal('skill'), Type.Literal('language'), Type.Literal('signing')]),
          labels: orNull(Labels),
          /** Ready at this moment, at the lowest level at least. */
          readyCount: Count,
        },
        strict,
      ),
      { maxItems: 200 },
    ),
    queues: Type.Array(
      Type.Object({ queueId: QueueId, labels: Labels, language: Language, readyCount: Count }, strict),
      { maxItems: 400 },
    ),
    centres: Type.Array(Type.Object({ centreId: CentreId, name: Name, readyCount: Count }, strict), { maxItems: 100 }),
    /** Those at work, whoever is ready first. */
    colleagues: Type.Array(
      Type.Object({ agentId: AgentId, name: Name, centreName: Name, isReady: Type.Boolean() }, strict),
      { maxItems: COLLEAGUES_MAX },
    ),
    /** At work by that name, those who are not listed included. */
    colleaguesCount: Count,
  },
  strict,
)
export type PeopleToAsk = Static<typeof PeopleToAsk>

/** The requests about people of an agent's desk; `reply` is the desk's snapshot. */
export const joinRequests = <Reply extends RequestTable[string]['reply']>(reply: Reply) =>
  ({
    /**
     * Asks somebody into the call. Asking again with the same id asks once. Whoever is named and takes no calls is refused as
     * `agent-away`.
     */
    'join.ask': {
      body: Type.Object(
        {
          callId: CallId,
          joinId: JoinId,
          target: JoinTarget,
          /** The asker leaves when somebody comes in; absent, they stay. */
          isTransfer: Type.Optional(Type.Boolean()),
          note: Type.Optional(HandOverNote),
        },
        strict,
      ),
      reply,
    },
    /** The written hand-over once more, by whoever asked: after a restart the server knows it no more. */
    'hand-over.note': {
      body: Type.Object({ callId: CallId, joinId: JoinId, note: HandOverNote }, strict),
      reply,
    },
    'join.cancel': { body: Type.Object({ joinId: JoinId }, strict), reply },
    /** Who could be asked now; with `name`, the colleagues whose name has it in it. Only from within a call. */
    'colleagues.list': {
      body: Type.Object({ name: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })) }, strict),
      reply: PeopleToAsk,
    },
  }) as const satisfies RequestTable
