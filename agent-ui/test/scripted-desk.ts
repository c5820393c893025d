/** What the scripted server knows of an agent's own day, of a ticket's earlier calls, and of the way to an SFU. */
import type { FastifyInstance } from 'fastify'
import { Refusal } from '#sfu/contract/wire.ts'
import type { EarlierCalls, OwnDay } from '#server/contract/desk.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import { branded } from './people.ts'

export class ScriptedDesk {
  day: OwnDay = { answered: 7, talkMs: 2_530_000, handlingMsAverage: 412_000, declined: 1, missed: 0 }
  earlier: EarlierCalls['calls'] = []
  /** What was said of a still, in order. */
  readonly stillsSaid: boolean[] = []
  /** How often the way was to be tried. It is refused: there is no SFU. */
  pathTests = 0

  /** What the agent has read of what supervisors wrote, and what a test makes of it. */
  readonly messagesRead: string[] = []
  onMessageRead: (messageId: string) => void = () => undefined

  /** Adds the routes below `/api/v1`. */
  addRoutes(app: FastifyInstance): void {
    app.get('/api/v1/agents/me/day', async () => this.day)
    app.get('/api/v1/calls/:callId/earlier', async () => ({ calls: this.earlier }))
  }

  readonly handlers = {
    'desk.test-path': (): never => {
      this.pathTests += 1
      throw new Refusal<ErrorCode>('no-media', 'there is no SFU here')
    },
    'desk.path-tested': () => ({}),
    'message.read': (_agent: unknown, body: { readonly messageId: string }) => {
      this.messagesRead.push(body.messageId)
      this.onMessageRead(body.messageId)
      return {}
    },
    'call.say-still': (_agent: unknown, body: { readonly isHeld: boolean }) => {
      this.stillsSaid.push(body.isHeld)
      return {}
    },
  }
}

/** Somebody who was here in the morning, and gave up once since. */
export function earlierToday(now: number): EarlierCalls['calls'] {
  const labels = { da: 'Borgerservice', en: 'Citizen service' }
  const common = { siteName: 'Nørrebro Bibliotek', serviceLabels: labels }
  return branded<EarlierCalls['calls']>([
    { ...common, callId: 'earlier-2', arrivedAt: now - 1_800_000, agentName: null, outcome: 'abandoned' },
    { ...common, callId: 'earlier-1', arrivedAt: now - 7_200_000, agentName: 'Amal Yusuf', outcome: 'answered' },
  ])
}
