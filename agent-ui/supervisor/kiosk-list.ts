/** Every screen of the city, for choosing one. */
import { signal } from '@preact/signals'
import type { KioskForSupervisor } from '#server/contract/kiosk-care.ts'
import { askFloor } from './floor-state.ts'

/** Asked for once, null until it has come. */
export const all = signal<readonly Pick<KioskForSupervisor, 'kioskId' | 'siteName'>[] | null>(null)
export const isListLost = signal(false)

/** Asks for them, where they have not come yet. Throws the refusal. */
export async function fetchList(): Promise<void> {
  if (all.value !== null) return
  isListLost.value = false
  try {
    all.value = (await askFloor('kiosk.list', {})).kiosks
  } catch (error) {
    isListLost.value = true
    throw error
  }
}

/** Its site and its id; the id alone where the list has not come, or has it no more. */
export function kioskText(kioskId: string): string {
  const siteName = all.value?.find((each) => each.kioskId === kioskId)?.siteName
  return siteName === undefined ? kioskId : `${siteName}, ${kioskId}`
}
