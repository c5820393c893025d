/** What the supervisor's page knows. */
import { computed, signal } from '@preact/signals'
import type { SupervisorView } from '#server/contract/views.ts'
import { account } from '../session/account.ts'
import { openSupervisorLink, type SupervisorLink } from '../session/link.ts'
import { Refusal } from '#sfu/contract/wire.ts'

const link = signal<SupervisorLink | null>(null)

export const linkState = computed(() => link.value?.state.value ?? { kind: 'connecting' as const })
export const lostAt = computed(() => link.value?.lostAt.value ?? null)
export const view = computed<SupervisorView | null>(() => link.value?.snapshot.value?.view ?? null)

/** Connects when a supervisor has signed in, and lets go when they are out. */
export function followAccount(): void {
  account.subscribe((value) => {
    const isSupervisor = value.kind === 'signed-in' && value.person.role === 'supervisor'
    if (isSupervisor && link.value === null) link.value = openSupervisorLink()
    if (!isSupervisor && link.value !== null) {
      link.value.close()
      link.value = null
    }
  })
}

export function reconnect(): void {
  link.value?.reconnect()
}

/** Asks something of the server. Rejects with a refusal; with `no-answer` where there is no connection. */
export const askFloor: SupervisorLink['request'] = async (name, body) => {
  if (link.value === null) throw new Refusal('no-answer', 'nobody is signed in')
  return link.value.request(name, body)
}
