/** Who is asked into a call, who came, and who could be asked: what a desk shows of people. Pure. */
import { COLLEAGUES_MAX, type AskedInView, type PeopleToAsk, type UnmetJoinView } from '#server/contract/joins.ts'
import type { JoinTarget as Asked } from '#server/contract/joins.ts'
import type { CallForAgent } from '#server/contract/views.ts'
import type { AskedIn, JoinTarget, UnmetJoin } from '#server/routing/asked-in.ts'
import { ANYONE } from '#server/routing/asked-in.ts'
import type { Requirement } from '#server/routing/policy.ts'
import type { Agent, ConnectedCall, Join, State } from '#server/routing/state.ts'
import { hasAll, isAble, isReady } from '#server/routing/state.ts'
import type { Directory } from '#server/store/directory.ts'
import { branded } from './branded.ts'

export type NoteOf = (callId: string, joinId: string) => string | null

type Known = { readonly directory: Directory; readonly state: State; readonly noteOf: NoteOf }

const nameOf = ({ people }: Directory, agentId: string): string => people.get(agentId)?.name ?? '–'

const centreNameOf = ({ people }: Directory, centreId: string): string =>
  [...people.values()].find((person) => person.centreId === centreId)?.centreName ?? centreId

/** What the service that this skill is about is called; null where there is none. */
function labelsOf({ queues }: Directory, attribute: string) {
  return [...queues.values()].find(({ serviceId }) => serviceId === attribute)?.serviceLabels ?? null
}

/** Each asks for one thing; of an interpreter for several languages the first is shown. */
function namedTarget(directory: Directory, target: JoinTarget, needs: readonly Requirement[]) {
  switch (target.kind) {
    case 'anyone': {
      const { attribute = '–', levelMin = 1 } = needs[0] ?? {}
      return { kind: 'skill', attribute, levelMin, labels: labelsOf(directory, attribute) }
    }
    case 'queue': {
      const queue = directory.queues.get(target.queueId)
      const gone = { da: target.queueId, en: target.queueId }
      const { serviceLabels: labels = gone, language = 'da' } = queue ?? {}
      return { kind: 'queue', queueId: target.queueId, labels, language }
    }
    case 'centre':
      return { ...target, name: centreNameOf(directory, target.centreId) }
    case 'agent':
      return { ...target, name: nameOf(directory, target.agentId) }
  }
}

/** How somebody came into the call, or is asked to. */
export function askedInView({ directory, noteOf }: Known, callId: string, askedIn: AskedIn | null): AskedInView | null {
  if (askedIn === null) return null
  const { joinId, askedById, target, needs, isTransfer } = askedIn
  const named = namedTarget(directory, target, needs)
  const note = noteOf(callId, joinId)
  return branded({ joinId, byName: nameOf(directory, askedById), target: named, isTransfer, note })
}

/** Who asks this agent in, by the offer that is on their desk. */
export function askingView(known: Known, join: Join | undefined): AskedInView | null {
  if (join === undefined) return null
  const { id: joinId, askedById, target, needs, handedOverBy } = join
  const askedIn = { joinId, askedById, target, needs, isTransfer: handedOverBy !== null, searchedMs: 0 }
  return askedInView(known, join.callId, askedIn)
}

/** Everybody else in the call, with who asked them and why. */
export function othersView(known: Known, call: ConnectedCall, agentId: string) {
  const all = [{ agentId: call.agentId, askedIn: call.askedIn }, ...call.joined]
  return all
    .filter((other) => other.agentId !== agentId)
    .map((other) => ({
      agentId: other.agentId,
      name: nameOf(known.directory, other.agentId),
      askedIn: askedInView(known, call.id, other.askedIn),
    }))
}

/** Everybody who was asked in and has not come yet. */
export function joinsView({ directory, state, noteOf }: Known, callId: string): CallForAgent['joins'] {
  const joins = [...state.joins.values()].filter((join) => join.callId === callId)
  return joins
    .sort((a, b) => a.ordinal - b.ordinal)
    .map(({ id: joinId, needs, target, askedById, askedAt, offer, handedOverBy }) =>
      branded({
        joinId,
        byName: nameOf(directory, askedById),
        target: namedTarget(directory, target, needs),
        askedAt,
        isOffered: offer !== null,
        isTransfer: handedOverBy !== null,
        note: noteOf(callId, joinId),
      }),
    )
}

/** [R38] Why nobody came. */
export function unmetView({ directory }: Known, unmet: UnmetJoin | null): UnmetJoinView | null {
  if (unmet === null) return null
  const { joinId, askedById, target, needs, isTransfer, why } = unmet
  const named = namedTarget(directory, target, needs)
  return branded({ joinId, byName: nameOf(directory, askedById), target: named, isTransfer, why })
}

/** What the engine is asked for, from what a desk asks for. */
export function targetOf(asked: Asked): { needs: readonly Requirement[]; target: JoinTarget } {
  if (asked.kind !== 'skill') return { needs: [], target: asked }
  const { attribute, levelMin } = asked
  return { needs: [{ attribute, levelMin, expiry: null }], target: ANYONE }
}

/** Who could be asked into a call by `askedById`: never themselves, nor whoever is in it. `name` narrows the colleagues alone. */
export function peopleToAsk(known: Known, call: ConnectedCall, name = ''): PeopleToAsk {
  const { directory, state } = known
  const inCall = new Set([call.agentId, ...call.joined.map(({ agentId }) => agentId)])
  const others = [...state.agents.values()].filter(({ id }) => !inCall.has(id))
  const ready = others.filter(isReady)
  const countOf = (is: (agent: Agent) => boolean) => ready.filter(is).length
  const { policy } = state
  const skills = Object.entries(policy.attributes).map(([attribute, kind]) => ({
    attribute,
    kind,
    labels: labelsOf(directory, attribute),
    readyCount: countOf(({ attributes }) => hasAll(attributes, [{ attribute, levelMin: 1, expiry: null }])),
  }))
  const queues = [...directory.queues.values()].flatMap(({ id: queueId, serviceLabels: labels, language }) => {
    const rules = policy.queues[queueId]
    if (rules === undefined) return []
    const isHome = ({ centreId }: Agent) => rules.homeCentreIds.length === 0 || rules.homeCentreIds.includes(centreId)
    const readyCount = countOf((agent) => isHome(agent) && isAble(agent, rules))
    return [{ queueId, labels, language, readyCount }]
  })
  const centres = [...directory.centreIds].map((centreId) => ({
    centreId,
    name: centreNameOf(directory, centreId),
    readyCount: countOf((agent) => agent.centreId === centreId),
  }))
  const { colleagues, colleaguesCount } = colleaguesNamed(directory, others, name)
  return branded({ skills, queues, centres, colleagues, colleaguesCount })
}

const collator = new Intl.Collator('da')

function colleaguesNamed(directory: Directory, others: readonly Agent[], name: string) {
  const sought = name.trim().toLocaleLowerCase('da')
  const found = others.flatMap((agent) => {
    const person = directory.people.get(agent.id)
    const isAtWork = agent.awayReason === null && agent.lostAt === null
    if (person === undefined || !isAtWork || !person.name.toLocaleLowerCase('da').includes(sought)) return []
    return [{ agentId: agent.id, name: person.name, centreName: person.centreName, isReady: isReady(agent) }]
  })
  found.sort((a, b) => Number(b.isReady) - Number(a.isReady) || collator.compare(a.name, b.name))
  return { colleagues: found.slice(0, COLLEAGUES_MAX), colleaguesCount: found.length }
}
