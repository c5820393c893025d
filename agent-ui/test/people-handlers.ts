/** What the scripted server does when the desk asks for people: whoever is asked in is waited for, until it is taken back. */
import type { Body, Handlers } from '#sfu/contract/wire.ts'
import type { agentRequests } from '#server/contract/agent-socket.ts'
import type { JoinTarget, NamedTarget, PeopleToAsk } from '#server/contract/joins.ts'
import type { AgentView, CallForAgent } from '#server/contract/views.ts'
import { branded, join } from './people.ts'

type Requests = typeof agentRequests
type PeopleHandlers = Pick<
  Handlers<Requests, unknown>,
  'join.ask' | 'hand-over.note' | 'join.cancel' | 'colleagues.list'
>
type Change = (
  name: string,
  body: unknown,
  changes: () => Partial<AgentView>,
) => { version: number; at: number; view: AgentView }
type Join = CallForAgent['joins'][number]
type Server = { readonly view: AgentView; now(): number; people: PeopleToAsk }

const labels = {
  citizen: { da: 'Borgerservice', en: 'Citizen service' },
  library: { da: 'Bibliotek', en: 'Library' },
}

/** A city of two services, with two colleagues at work. */
export const city: PeopleToAsk = branded({
  skills: [
    { attribute: 'citizen', kind: 'skill', labels: labels.citizen, readyCount: 2 },
    { attribute: 'library', kind: 'skill', labels: labels.library, readyCount: 1 },
    { attribute: 'da', kind: 'language', labels: null, readyCount: 2 },
    { attribute: 'en', kind: 'language', labels: null, readyCount: 1 },
    { attribute: 'so', kind: 'language', labels: null, readyCount: 0 },
    { attribute: 'dts', kind: 'signing', labels: null, readyCount: 0 },
  ],
  queues: [
    { queueId: 'citizen.da', labels: labels.citizen, language: 'da', readyCount: 2 },
    { queueId: 'library.en', labels: labels.library, language: 'en', readyCount: 0 },
  ],
  centres: [
    { centreId: 'hans-nansens-gaard', name: 'Hans Nansens Gård', readyCount: 1 },
    { centreId: 'laerkevej', name: 'Lærkevej', readyCount: 1 },
  ],
  colleagues: [
    { agentId: 'elin', name: 'Elin Mortensen', centreName: 'Lærkevej', isReady: true },
    { agentId: 'bo', name: 'Bo Lindholm', centreName: 'Hans Nansens Gård', isReady: false },
  ],
  colleaguesCount: 2,
})

function named(target: JoinTarget, { skills, queues, centres, colleagues }: PeopleToAsk): NamedTarget {
  const found = {
    skill: skills.find((skill) => target.kind === 'skill' && skill.attribute === target.attribute),
    queue: queues.find((queue) => target.kind === 'queue' && queue.queueId === target.queueId),
    centre: centres.find((centre) => target.kind === 'centre' && centre.centreId === target.centreId),
    agent: colleagues.find((agent) => target.kind === 'agent' && agent.agentId === target.agentId),
  }[target.kind]
  const { labels: own = null, name = '–', language = 'da' } = (found ?? {}) as Partial<Record<string, unknown>>
  const more = { skill: { labels: own }, queue: { labels: own, language }, centre: { name }, agent: { name } }
  return { ...target, ...more[target.kind] } as NamedTarget
}

/** `change` notes what was asked, makes the changes and answers with the view. */
export function peopleHandlers(server: Server, change: Change): PeopleHandlers {
  const withJoins = (changed: (joins: Join[]) => Join[]): Partial<AgentView> => {
    const { work } = server.view
    return work.kind === 'in-call' ? { work: { ...work, call: { ...work.call, joins: changed(work.call.joins) } } } : {}
  }
  const asked = ({ joinId, target, isTransfer = false, note }: Body<Requests, 'join.ask'>) => {
    const byName = server.view.name
    return join(server.now(), {
      joinId,
      byName,
      target: named(target, server.people),
      isTransfer,
      note: note ?? null,
      askedAt: server.now(),
    })
  }
  return {
    'join.ask': (_agent, body) => change('join.ask', body, () => withJoins((joins) => [...joins, asked(body)])),
    'hand-over.note': (_agent, body) =>
      change('hand-over.note', body, () =>
        withJoins((joins) => joins.map((one) => (one.joinId === body.joinId ? { ...one, note: body.note } : one))),
      ),
    'join.cancel': (_agent, body) =>
      change('join.cancel', body, () => withJoins((joins) => joins.filter(({ joinId }) => joinId !== body.joinId))),
    'colleagues.list': (_agent, { name = '' }) => {
      const colleagues = server.people.colleagues.filter((one) => one.name.toLowerCase().includes(name.toLowerCase()))
      return { ...server.people, colleagues, colleaguesCount: colleagues.length }
    },
  }
}
