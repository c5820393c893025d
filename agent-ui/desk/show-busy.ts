/** Whether anything could be shown just now. */
import { linkState, pending } from './desk-state.ts'

/** Nothing can be shown that would not get through now. */
export const isBusy = (): boolean => pending.value !== null || linkState.value.kind !== 'online'
