/** What the supervisor's page knows. */
import { computed, signal } from '@preact/signals'
import type { SupervisorView } from '#server/contract/views.ts'
import { account } from '../session/account.ts'
import { openSupervisorLink } from '../session/link.ts'

const link = signal<ReturnType<typeof openSupervisorLink> | null>(null)

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
