/** Which call a page is about: its id stands after the `#`, so that it can be sent to a colleague and reaches no log. */
import type { CallId } from '#server/contract/ids.ts'

const CALL_ID = /[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/

/** The first call id in `text`, which may be an id, an address or a line of a log; null where there is none. */
export function callIdIn(text: string): CallId | null {
  const found = CALL_ID.exec(text.toLowerCase())
  return found === null ? null : (found[0] as CallId)
}

/** Whether `hash` (`#call=…`) asks for the page of a call, though the id may be missing or wrong. */
export function isCallHash(hash: string): boolean {
  return /^#call(=|$)/.test(hash)
}

/** What to put after the address of the supervisor's page. */
export function callHash(callId: string): string {
  return `#call=${callId}`
}
