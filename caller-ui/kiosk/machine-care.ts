/** What a kiosk does for itself, fetched after all that a person could miss; by one that is enrolled at once, to prove who it is. */
import type { CallerConnection } from '../session/caller-requests.ts'
import { enrolWhenUnknown } from './device-proof.ts'
import { keepShell } from './keep-shell.ts'
import { startWatchdog } from './watchdog.ts'

export { proveDevice } from './device-proof.ts'

/**
 * Has the kiosk enrolled where it is not known, its page of that `build` kept, and its thread watched. A screen that has never
 * been anybody (`connection` is null) is only sent to be enrolled: nothing is kept in a browser that may be no kiosk's.
 */
export async function careFor(connection: CallerConnection | null, build: string): Promise<void> {
  void enrolWhenUnknown(connection)
  if (connection === null) return
  await keepShell(build)
  startWatchdog()
}
