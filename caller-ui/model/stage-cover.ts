/** What stands before the other side's picture, when something does. */
import type { MediaPath } from './media-path.ts'
import type { ConversationScreen } from './screen.ts'

export type StageCover = 'connecting' | 'sound-only' | 'interrupted' | 'agent-lost' | 'no-media'

/**
 * The cover, or null when the picture is to be seen. A lost server alone covers nothing: picture and sound go on
 * without it.
 */
export function coverOf(
  screen: Pick<ConversationScreen, 'isAgentLost'>,
  path: MediaPath,
  isRemotePictureOn: boolean,
): StageCover | null {
  if (path === 'lost') return 'no-media'
  if (path === 'interrupted') return 'interrupted'
  if (path === 'up' && isRemotePictureOn) return null
  if (screen.isAgentLost) return 'agent-lost'
  return path === 'up' ? 'sound-only' : 'connecting'
}
