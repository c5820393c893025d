/** How a call stands at this end, for the page that shows it. */
import type { LinkState } from './link-watch.ts'
import type { ClosedReason } from './media-link.ts'
import type { RemoteView } from './remote-views.ts'
export type MediaState = 'connecting' | 'standby' | 'connected' | 'reconnecting' | 'closed'

export type MediaView = {
  readonly state: MediaState
  /** Why, once closed. */
  readonly closedReason: ClosedReason | undefined
  /** Something of the others has been seen or heard since the participants were connected. */
  readonly isFlowing: boolean
  readonly remotes: readonly RemoteView[]
  readonly isCameraOn: boolean
  readonly isMicrophoneOn: boolean
  /** What the link does to the pictures. */
  readonly link: LinkState
  /** What is typed gets to somebody now, and theirs here. */
  readonly isTextOpen: boolean
}
