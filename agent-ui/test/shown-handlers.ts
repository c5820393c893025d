/** What the scripted server knows of things that are shown: the guides, and what stands on the citizen's screen. */
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { Namespace } from 'socket.io'
import { fileURLToPath } from 'node:url'
import { tell } from '#sfu/binding/bind.ts'
import type { Body, Handlers } from '#sfu/contract/wire.ts'
import { agentEvents, type agentRequests } from '#server/contract/agent-socket.ts'
import type { CaptionSaid } from '#server/contract/captions.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { GuidesReply } from '#server/contract/guides.ts'
import type { ShownMove } from '#server/contract/shown.ts'
import type { AgentView, CallForAgent } from '#server/contract/views.ts'
import { readGuides } from '#server/store/guides.ts'

type ShownHandlers = Pick<
  Handlers<typeof agentRequests, unknown>,
  'shown.show' | 'shown.stop' | 'shown.move' | 'caption.write'
>
type Change = (
  name: string,
  body: unknown,
  changes: () => Partial<AgentView>,
) => { version: number; at: number; view: AgentView }

const guidesDir = fileURLToPath(new URL('../../guides', import.meta.url))

export class ScriptedShown {
  /** What `GET /guides` answers; a code is a failure. */
  guides: () => GuidesReply | ErrorCode | Promise<GuidesReply> = () => ({ guides: [...readGuides(guidesDir).guides] })
  namespace: Namespace | undefined

  /** Somebody else in the call points or scrolls. */
  move(move: ShownMove): void {
    if (this.namespace !== undefined) tell(this.namespace, agentEvents, 'shown.moved', move, { checkOutgoing: true })
  }

  /** Somebody else in the call types captions. */
  caption(said: CaptionSaid): void {
    if (this.namespace !== undefined) tell(this.namespace, agentEvents, 'caption.said', said, { checkOutgoing: true })
  }

  async addRoutes(app: FastifyInstance): Promise<void> {
    app.get('/api/v1/guides', async (_request, reply) => {
      const answer = await this.guides()
      return typeof answer === 'string' ? reply.status(503).send({ error: { code: answer, message: '' } }) : answer
    })
    await app.register(fastifyStatic, { root: guidesDir, prefix: '/guides/', decorateReply: false })
  }

  /** `change` notes what was asked, makes the changes and answers with the view. */
  handlers(server: { readonly view: AgentView }, change: Change): ShownHandlers {
    const withShown = (shown: CallForAgent['shown']): Partial<AgentView> => {
      const { work } = server.view
      return work.kind === 'in-call' ? { work: { ...work, call: { ...work.call, shown } } } : {}
    }
    const show = ({ shown }: Body<typeof agentRequests, 'shown.show'>) =>
      withShown({ shown, byName: server.view.name, isClosedByCitizen: false })
    return {
      'shown.show': (_agent, body) => change('shown.show', body, () => show(body)),
      'shown.stop': (_agent, body) => change('shown.stop', body, () => withShown(null)),
      'shown.move': (_agent, body) => {
        change('shown.move', body, () => ({}))
        return {}
      },
      'caption.write': (_agent, body) => {
        change('caption.write', body, () => ({}))
        return {}
      },
    }
  }
}
