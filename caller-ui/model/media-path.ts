/** The way to the other side, in the words of the screen. */
import type { MediaView } from '#sfu/client/media-session.ts'

/** `lost`: there is none just now, and none is known. */
export type MediaPath = 'none' | 'connecting' | 'up' | 'interrupted' | 'lost'

/** The path after `view`, when it was `before`. */
export function pathOf(view: Pick<MediaView, 'state' | 'isFlowing' | 'closedReason'>, before: MediaPath): MediaPath {
  const wasUp = before === 'up' || before === 'interrupted'
  switch (view.state) {
    case 'connecting':
      return before === 'lost' ? 'lost' : wasUp ? 'interrupted' : 'connecting'
    case 'standby':
      return 'connecting'
    case 'connected':
      return view.isFlowing ? 'up' : wasUp ? 'interrupted' : 'connecting'
    case 'reconnecting':
      return wasUp ? 'interrupted' : 'connecting'
    case 'closed':
      return view.closedReason === 'refused' || view.closedReason === 'lost' ? 'lost' : 'none'
  }
}
