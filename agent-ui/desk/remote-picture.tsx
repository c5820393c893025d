/** The citizen's picture and sound. */
import type { JSX } from 'preact'
import { t } from '../text/language.ts'
import { isSoundBlocked } from './call-media.ts'
import { LivePicture } from './live-picture.tsx'

const takePlaying = (isPlaying: boolean): void => {
  isSoundBlocked.value = !isPlaying
}

export function RemotePicture({ stream }: { stream: MediaStream | null }): JSX.Element {
  return <LivePicture stream={stream} label={t('call.remotePicture')} className="remote-picture" onPlay={takePlaying} />
}
