/** A screen that a citizen may meet, and the way there. */
import type { KioskServer } from '../kiosk-server.ts'
import type { Stage } from './ways.ts'

export type State = {
  readonly name: string
  /** Goes there from the page as it was opened. Every word is asked for by its id, so that the way is the same in all languages. */
  readonly reach: (stage: Stage) => Promise<void>
  /** How the server is before the page is opened. */
  readonly server?: (server: KioskServer) => void
  /** Runs in the page before anything of ours. */
  readonly before?: () => void
  /** What follows the page's path in its address, where it is not the kiosk's own. */
  readonly identity?: string
  /** Nobody has told it which language is spoken here: it is Danish. */
  readonly isUnset?: boolean
  /** The server cannot be heard there: the page is opened in each language anew. */
  readonly isCutOff?: boolean
}
