/** What a supervisor does on the floor, as a test's server has it: who waits, and what is ordered of calls, agents, queues and screens. */
import type { WaitingCall, WaitingCalls } from '#server/contract/floor-actions.ts'
import type { supervisorRequests } from '#server/contract/supervisor-socket.ts'
import type { SupervisorView } from '#server/contract/views.ts'
import type { Handlers } from '#sfu/contract/wire.ts'
import { ordered } from './ordered-kiosks.ts'
import { branded } from './people.ts'

type Actions =
  | 'message.send'
  | 'kiosk.list'
  | 'kiosk.order'
  | 'calls.waiting'
  | 'call.move'
  | 'call.take'
  | 'agent.set-away'
  | 'agent.sign-out'
  | 'queue.order'
  | 'site.close'
  | 'site.open'
  | 'agent.skills'
  | 'agent.set-skill'
  | 'call.supervise'
  | 'call.end-supervision'
  | 'media.ticket'
type FloorHandlers = Pick<Handlers<typeof supervisorRequests, undefined>, Actions>
type Snapshot = ReturnType<FloorHandlers['queue.order']>

const waiting = (
  number: number,
  siteName: string,
  changes: Partial<Record<keyof WaitingCall, unknown>> = {},
): WaitingCall =>
  branded({
    callId: `5d2c7f0e-6f0a-4c8e-9a51-3f2f7c1f9b0${number}`,
    queueId: 'citizen.da',
    classId: 'ordinary',
    language: 'da',
    mode: 'video',
    siteName,
    arrivedAt: Date.now() - 200_000 + number * 30_000,
    isAway: false,
    isMovable: true,
    isTakeable: true,
    ...changes,
  })

export class ScriptedFloor {
  /** What `kiosk.list` answers. */
  kiosks: readonly Pick<SupervisorView['kiosks'][number], 'kioskId' | 'siteName'>[] = [
    { kioskId: branded('kiosk-lufthavnen'), siteName: 'Københavns Lufthavn' },
    { kioskId: branded('kiosk-sundby'), siteName: 'Sundby Bibliotek' },
  ]
  waiting: WaitingCalls = {
    calls: [
      waiting(1, 'Føtex Amager', { isMovable: false, isTakeable: false }),
      waiting(2, 'Sundby Bibliotek', { classId: 'more-time' }),
      waiting(3, 'Københavns Lufthavn', { isAway: true, isTakeable: false }),
    ],
    totalCount: 3,
  }

  /** `note` may refuse; `change` shows the floor with other agents, queues or kiosks, and answers with it. */
  handlers(
    note: (name: string, body: unknown) => void,
    change: (changes: (floor: SupervisorView) => Partial<SupervisorView>) => Snapshot,
    now: () => number,
  ): FloorHandlers {
    const done = (name: string, body: unknown, changes: (floor: SupervisorView) => Partial<SupervisorView>) => {
      note(name, body)
      return change(changes)
    }
    return {
      'kiosk.list': (_who, body) => {
        note('kiosk.list', body)
        return { kiosks: [...this.kiosks] }
      },
      'kiosk.order': (_who, body) =>
        done('kiosk.order', body, ({ kiosks }) => ({ kiosks: ordered(kiosks, body, now()) })),
      'calls.waiting': (_who, body) => {
        note('calls.waiting', body)
        return this.waiting
      },
      'call.move': (_who, body) => {
        note('call.move', body)
        const moved = this.waiting.calls.filter(({ callId }) => callId === body.callId)
        const others = this.waiting.calls.filter(({ callId }) => callId !== body.callId)
        const there = moved.map((call) => ({ ...call, queueId: body.queueId ?? call.queueId }))
        this.waiting = { ...this.waiting, calls: body.isToFront ? [...there, ...others] : [...others, ...there] }
        return this.waiting
      },
      'call.take': (_who, body) => {
        note('call.take', body)
        const calls = this.waiting.calls.map((call) =>
          call.callId === body.callId ? { ...call, isMovable: false, isTakeable: false } : call,
        )
        this.waiting = { ...this.waiting, calls }
        return this.waiting
      },
      'agent.set-away': (_who, body) =>
        done('agent.set-away', body, ({ agents }) => ({
          agents: agents.map((agent) =>
            agent.agentId === body.agentId ? { ...agent, availability: 'away', awayReason: body.reason } : agent,
          ),
        })),
      'agent.sign-out': (_who, body) =>
        done('agent.sign-out', body, ({ agents }) => ({
          agents: agents.filter(({ agentId }) => agentId !== body.agentId),
        })),
      'agent.skills': (_who, body) => {
        note('agent.skills', body)
        return branded({
          skills: [
            { attribute: 'citizen', level: 3, ownLevel: 3 },
            { attribute: 'library', level: 0, ownLevel: 0 },
          ],
        })
      },
      'agent.set-skill': (_who, { agentId, attribute, level }) =>
        done('agent.set-skill', { agentId, attribute, level }, ({ agents }) => ({
          agents: agents.map((agent) => {
            if (agent.agentId !== agentId) return agent
            const others = (agent.daySkills ?? []).filter((skill) => skill.attribute !== attribute)
            const set = level === null ? [] : [{ attribute, level, until: now() + 3_600_000, byName: 'Niels Krogh' }]
            return { ...agent, daySkills: [...others, ...set] }
          }),
        })),
      'site.close': (_who, body) =>
        done('site.close', body, ({ sites }) => ({
          sites: sites.map((site) => {
            const until = body.minutes === null ? null : now() + body.minutes * 60_000
            return site.siteId === body.siteId ? { ...site, closed: { byName: 'Niels Krogh', until } } : site
          }),
        })),
      'site.open': (_who, body) =>
        done('site.open', body, ({ sites }) => ({
          sites: sites.map(({ closed, ...site }) =>
            site.siteId === body.siteId || closed === undefined ? site : { ...site, closed },
          ),
        })),
      'call.supervise': (_who, body) => {
        note('call.supervise', body)
        return {}
      },
      'call.end-supervision': (_who, body) => {
        note('call.end-supervision', body)
        return {}
      },
      // There is no SFU here: the page waits for its way to it, and shows that it listens.
      'media.ticket': () => new Promise<never>(() => undefined),
      'message.send': (_who, body) => {
        note('message.send', body)
        return { toCount: body.toAgentId === null ? 9 : 1 }
      },
      'queue.order': (_who, body) =>
        done('queue.order', body, ({ queues }) => ({
          queues: queues.map((queue) =>
            queue.queueId === body.queueId ? { ...queue, isPaused: body.isPaused } : queue,
          ),
        })),
    }
  }
}
