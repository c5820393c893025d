/** What stands before the other side's picture, when something does. */
import type { MediaPath } from './media-path.ts'
import type { ConversationScreen } from './screen.ts'

export type StageCover = 'connecting' | 'sound-only' | 'picture-paused' | 'interrupted' | 'agent-lost' | 'no-media'

/**
 * The cover, or null when the picture is to be seen. A lost server alone covers nothing: picture and sound go on
 * without it.
 */
export function coverOf(
  screen: Pick<ConversationScreen, 'isAgentLost'>,
  path: MediaPath,
  isRemotePictureOn: boolean,
  isPictureAway = false,
): StageCover | null {
  if (path === 'lost') return 'no-media'
  if (path === 'interrupted') return 'interrupted'
  if (path === 'up' && isRemotePictureOn && !isPictureAway) return null
  if (screen.isAgentLost) return 'agent-lost'
  if (path !== 'up') return 'connecting'
  return isRemotePictureOn ? 'picture-paused' : 'sound-only'
}
