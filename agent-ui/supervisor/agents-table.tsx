/** Who is at work and what they are doing. Nobody is ranked here. */
import type { JSX } from 'preact'
import type { AgentForSupervisor, QueueForSupervisor } from '#server/contract/views.ts'
import { Elapsed } from '../components/elapsed.tsx'
import { SortableTable, type Column } from '../components/sortable-table.tsx'
import { StatusMark } from '../components/status-mark.tsx'
import { callHash } from '../model/call-address.ts'
import { floorStatus } from '../model/status.ts'
import { formatTag, label, t } from '../text/language.ts'
import { statusText } from '../text/status-text.ts'

export interface AgentsTableProps {
  readonly agents: readonly AgentForSupervisor[]
  readonly queues: readonly QueueForSupervisor[]
}

export function AgentsTable({ agents, queues }: AgentsTableProps): JSX.Element {
  return (
    <section class="card board-card" aria-labelledby="agents-title">
      <h2 id="agents-title">{t('agents.title')}</h2>
      {agents.length === 0 ? (
        <p class="empty">{t('agents.none')}</p>
      ) : (
        <SortableTable
          caption={t('agents.title')}
          columns={columns(queues)}
          rows={agents}
          rowKey={(agent) => agent.agentId}
          initialSort={{ key: 'name', direction: 'ascending' }}
        />
      )}
    </section>
  )
}

type AgentColumn = Column<AgentForSupervisor>

function columns(queues: readonly QueueForSupervisor[]): [AgentColumn, ...AgentColumn[]] {
  const queueText = (agent: AgentForSupervisor): string | null => {
    const queue = queues.find(({ queueId }) => queueId === agent.queueId)
    return queue === undefined ? null : label(queue.serviceLabels)
  }
  return [
    { key: 'name', title: t('agents.name'), value: (agent) => agent.name, cell: (agent) => agent.name },
    { key: 'centre', title: t('agents.centre'), value: (agent) => agent.centreName, cell: (agent) => agent.centreName },
    {
      key: 'status',
      title: t('agents.status'),
      value: (agent) => statusText(floorStatus(agent)),
      cell: (agent) => <AgentStatus agent={agent} />,
    },
    {
      key: 'since',
      title: t('agents.since'),
      isNumber: true,
      value: (agent) => -agent.since,
      cell: (agent) => <Elapsed since={agent.since} />,
    },
    {
      key: 'site',
      title: t('agents.site'),
      value: (agent) => agent.siteName,
      cell: (agent) => <Caller agent={agent} queueName={queueText(agent)} />,
    },
  ]
}

function AgentStatus({ agent }: { agent: AgentForSupervisor }): JSX.Element {
  const status = floorStatus(agent)
  const isCutOff = !agent.isConnected && status.kind !== 'disconnected'
  return (
    <>
      <StatusMark status={status} />
      {isCutOff && <small class="tone-alarm">{t('agents.cutOff')}</small>}
    </>
  )
}

/** Where the caller is. The name leads to why the call waited and why it came to this agent. */
function Caller({ agent, queueName }: { agent: AgentForSupervisor; queueName: string | null }): JSX.Element {
  const { callId, siteName, withNames } = agent
  if (callId === null && siteName === null) return <span class="quiet">–</span>
  return (
    <span>
      {callId === null ? (
        siteName
      ) : (
        <a href={callHash(callId)} aria-label={siteName === null ? undefined : t('agents.toCall', { site: siteName })}>
          {siteName ?? t('agents.aCall')}
        </a>
      )}
      {queueName !== null && <small class="quiet">{queueName}</small>}
      {withNames.length > 0 && (
        <small class="quiet">{t('agents.with', { names: new Intl.ListFormat(formatTag()).format(withNames) })}</small>
      )}
    </span>
  )
}
