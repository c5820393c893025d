/** What a kiosk does for itself, fetched after all that a person could miss. */
export { keepShell } from './keep-shell.ts'
export { startWatchdog } from './watchdog.ts'
