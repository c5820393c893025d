/** The pictures of a call with what lies over them, and what is done about it: in the desk, or in a window of their own. */
import type { JSX } from 'preact'
import type { Mode } from '#server/contract/ids.ts'
import type { CallForAgent } from '#server/contract/views.ts'
import { Icon, type IconName } from '../components/icons.tsx'
import { useLater } from '../components/use-later.ts'
import { t } from '../text/language.ts'
import {
  endCall,
  isCameraOn,
  isMicrophoneOn,
  isRemoteCameraOff,
  isRemoteMicrophoneOff,
  isSilentByChoice,
  isSoundBlocked,
  isFlowing,
  isReconnecting,
  mediaFault,
  pictureLink,
  playSound,
  remoteStream,
  retryMedia,
  setCamera,
  setMicrophone,
} from './call-media.ts'
import { callWindow, closeCallWindow, isRefused, openCallWindow } from './call-window-state.ts'
import { CaptionsRead } from './captions-read.tsx'
import { Colleagues } from './colleagues.tsx'
import { pending } from './desk-state.ts'
import { HoldButton, HoldCover } from './hold.tsx'
import { mediaFaultText } from './media-words.ts'
import { ownStream } from './own-devices.ts'
import { OwnPicture } from './own-picture.tsx'
import { StillButton } from './picture-still.tsx'
import { RemotePicture } from './remote-picture.tsx'
import { ariaChord, shortcuts } from './shortcuts.ts'
import { StopSharing } from './window-copy.tsx'

/** The citizen as large as fits, the others and oneself small. */
export function Pictures({ call }: { call: CallForAgent }): JSX.Element {
  return (
    <>
      <RemotePicture stream={remoteStream.value} />
      {call.hold === null ? (
        <Overlay isCallerLost={call.isCallerLost} mode={call.mode} />
      ) : (
        <HoldCover hold={call.hold} isTogether={call.others.length > 0} />
      )}
      <Colleagues call={call} />
      <OwnPicture stream={isCameraOn.value ? ownStream.value : null} />
      <CaptionsRead callId={call.callId} />
    </>
  )
}

/** In the desk, while they are in a window of their own. */
export function PicturesAreApart(): JSX.Element {
  return <Cover icon="apart" title={t('apart.title')} text={t('apart.text')} />
}

/** Moves the pictures out and back. A window is opened by a press, or not at all. */
function CallWindowButton(): JSX.Element {
  const isApart = callWindow.value !== null
  return (
    <>
      <button
        type="button"
        aria-keyshortcuts={ariaChord(shortcuts.apart)}
        onClick={() => (isApart ? closeCallWindow() : void openCallWindow())}
      >
        <Icon name="apart" />
        {isApart ? t('apart.back') : t('apart.open')}
      </button>
      {isRefused.value && (
        <span class="controls-fault" role="alert">
          {t('apart.refused')}
        </span>
      )}
    </>
  )
}

/** What lies over the picture when it is not a plain conversation. Only the most important one is shown. */
function Overlay({ isCallerLost, mode }: { isCallerLost: boolean; mode: Mode }): JSX.Element | null {
  if (isCallerLost) return <Cover icon="offline" title={t('call.callerLost')} text={t('call.callerLostText')} isBusy />
  if (mediaFault.value !== null) {
    return (
      <Cover icon="warning" title={t('call.mediaFault')} text={mediaFaultText(mediaFault.value)}>
        <button type="button" onClick={retryMedia}>
          {t('page.tryAgain')}
        </button>
      </Cover>
    )
  }
  if (isReconnecting.value) {
    return <Cover icon="offline" title={t('call.reconnecting')} text={t('call.reconnectingText')} isBusy />
  }
  if (isSoundBlocked.value) {
    return (
      <Cover icon="warning" title={t('call.soundBlocked')} text={t('call.soundBlockedText')}>
        <button type="button" class="primary" onClick={playSound}>
          {t('call.playSound')}
        </button>
      </Cover>
    )
  }
  if (isSilentByChoice.value && mode === 'text') {
    return <Cover icon="cameraOff" title={t('call.callerWrites')} text={t('call.callerWritesText')} />
  }
  if (!isFlowing.value) return <Connecting />
  if (isRemoteCameraOff.value) {
    return <Cover icon="cameraOff" title={mode === 'voice' ? t('call.voiceOnly') : t('call.remoteCameraOff')} text="" />
  }
  if (pictureLink.value.isPictureAway) {
    return <Cover icon="warning" title={t('call.picturePaused')} text={t('call.picturePausedText')} />
  }
  return null
}

/** As long as the way mostly takes, in ms, nothing is said of it: words that come and go within a blink only unsettle. */
const CONNECTING_TOLD_AFTER_MS = 600

/** Nothing was seen or heard yet. */
export function Connecting(): JSX.Element | null {
  if (!useLater(CONNECTING_TOLD_AFTER_MS)) return null
  return <Cover icon="clock" title={t('call.connecting')} text="" isBusy />
}

interface CoverProps {
  readonly icon: IconName
  readonly title: string
  readonly text: string
  readonly isBusy?: boolean
  readonly children?: JSX.Element
}

/** Lies over the picture: what there is instead of it, and what to do. */
export function Cover({ icon, title, text, isBusy = false, children }: CoverProps): JSX.Element {
  return (
    <div class="cover" role="status">
      {isBusy ? <span class="spinner" aria-hidden="true" /> : <Icon name={icon} />}
      <p class="cover-title">{title}</p>
      {text !== '' && <p>{text}</p>}
      {children}
    </div>
  )
}

/** Where no colleague would go on with the citizen, leaving ends the call. In each window of the call. */
export function Controls({ call }: { call: CallForAgent }): JSX.Element {
  return (
    <div class="controls" role="group" aria-label={t('call.controls')}>
      {isRemoteMicrophoneOff.value && (
        <span class="remote-muted" role="status">
          <Icon name="microphoneOff" />
          {t('call.remoteMuted')}
        </span>
      )}
      <DeviceToggles />
      <HoldButton call={call} />
      <StopSharing />
      <CallWindowButton />
      {call.mode !== 'voice' && call.mode !== 'text' && <StillButton mayTake={mayTakeStill(call)} />}
      <button
        type="button"
        class="hang-up"
        disabled={pending.value === 'call.hang-up'}
        aria-keyshortcuts={ariaChord(shortcuts.hangUp)}
        onClick={() => void endCall()}
      >
        <Icon name="hangUp" />
        {call.others.length === 0 ? t('call.hangUp') : t('call.leave')}
      </button>
    </div>
  )
}

/** What the others hear and see of oneself. */
export function DeviceToggles(): JSX.Element {
  return (
    <>
      <Toggle
        isOn={isMicrophoneOn.value}
        icons={['microphone', 'microphoneOff']}
        words={[t('call.microphoneOn'), t('call.microphoneOff')]}
        chord={ariaChord(shortcuts.microphone)}
        onToggle={setMicrophone}
      />
      <Toggle
        isOn={isCameraOn.value}
        icons={['camera', 'cameraOff']}
        words={[t('call.cameraOn'), t('call.cameraOff')]}
        chord={ariaChord(shortcuts.camera)}
        onToggle={setCamera}
      />
    </>
  )
}

/** The citizen is seen just now. */
const mayTakeStill = ({ hold, isCallerLost }: CallForAgent): boolean =>
  hold === null && !isCallerLost && isFlowing.value && !isRemoteCameraOff.value

interface ToggleProps {
  readonly isOn: boolean
  readonly icons: readonly [on: IconName, off: IconName]
  readonly words: readonly [on: string, off: string]
  readonly chord: string
  readonly onToggle: (isOn: boolean) => void
}

/** The words tell how it stands now, so that «off» cannot be read as what the press would do. */
function Toggle({ isOn, icons, words, chord, onToggle }: ToggleProps): JSX.Element {
  const at = isOn ? 0 : 1
  return (
    <button
      type="button"
      class={`toggle ${isOn ? '' : 'is-off'}`}
      aria-pressed={isOn}
      aria-keyshortcuts={chord}
      onClick={() => onToggle(!isOn)}
    >
      <Icon name={icons[at]} />
      {words[at]}
    </button>
  )
}
