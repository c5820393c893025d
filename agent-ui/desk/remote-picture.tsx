/** The picture and sound of the other side: of the citizen, or of whoever helps one here. */
import type { JSX } from 'preact'
import { t } from '../text/language.ts'
import { isSoundBlocked } from './call-media.ts'
import { LivePicture } from './live-picture.tsx'

const takePlaying = (isPlaying: boolean): void => {
  isSoundBlocked.value = !isPlaying
}

type Props = { readonly stream: MediaStream | null; readonly name?: string }

export function RemotePicture({ stream, name }: Props): JSX.Element {
  const label = name ?? t('call.remotePicture')
  return <LivePicture stream={stream} label={label} className="remote-picture" onPlay={takePlaying} />
}
