/** What the scripted server does when the desk shows something: it stands on the citizen's screen until somebody takes it off. */
import type { Handlers, Body } from '#sfu/contract/wire.ts'
import type { agentRequests } from '#server/contract/agent-socket.ts'
import type { AgentView, CallForAgent } from '#server/contract/views.ts'

type ShownHandlers = Pick<Handlers<typeof agentRequests, unknown>, 'shown.show' | 'shown.stop' | 'shown.move'>
type Change = (
  name: string,
  body: unknown,
  changes: () => Partial<AgentView>,
) => { version: number; at: number; view: AgentView }

/** `change` notes what was asked, makes the changes and answers with the view. */
export function shownHandlers(server: { readonly view: AgentView }, change: Change): ShownHandlers {
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
  }
}
