/** What `bind` compiles only when it is first wanted: every reply and every event of every link means what it says. */
import { Ajv } from 'ajv'
import t from 'tap'
import { agentEvents, agentRequests } from '#server/contract/agent-socket.ts'
import { callerEvents, callerRequests } from '#server/contract/caller-socket.ts'
import { supervisorEvents, supervisorRequests } from '#server/contract/supervisor-socket.ts'
import { controlEvents, controlRequests } from '#sfu/contract/control.ts'
import { mediaEvents, mediaRequests } from '#sfu/contract/media.ts'
import type { EventTable, RequestTable } from '#sfu/contract/wire.ts'

const links: Readonly<Record<string, readonly [RequestTable, EventTable]>> = {
  agent: [agentRequests, agentEvents],
  caller: [callerRequests, callerEvents],
  supervisor: [supervisorRequests, supervisorEvents],
  control: [controlRequests, controlEvents],
  media: [mediaRequests, mediaEvents],
}

for (const [name, [requests, events]] of Object.entries(links)) {
  t.test(`every schema of the ${name} link is a strict one`, async (t) => {
    const ajv = new Ajv({ strict: true, code: { optimize: false } })
    const replies = Object.entries(requests).map(([request, { reply }]) => [`the reply to ${request}`, reply] as const)
    for (const [what, schema] of [...replies, ...Object.entries(events)]) {
      t.doesNotThrow(() => ajv.compile(schema), what)
    }
  })
}
