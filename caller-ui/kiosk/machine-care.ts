/** What a kiosk does for itself, fetched after all that a person could miss; by one that is enrolled at once, to prove who it is. */
export { enrolWhenUnknown, proveDevice } from './device-proof.ts'
export { keepShell } from './keep-shell.ts'
export { startWatchdog } from './watchdog.ts'
