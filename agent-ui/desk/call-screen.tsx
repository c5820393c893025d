/** The conversation: the citizen as large as fits, one's own picture small, the facts beside. */
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import type { Mode } from '#server/contract/ids.ts'
import type { AgentView, AgentWorkView, CallForAgent } from '#server/contract/views.ts'
import { Elapsed } from '../components/elapsed.tsx'
import { Icon, type IconName } from '../components/icons.tsx'
import { t } from '../text/language.ts'
import { CallFacts } from './call-facts.tsx'
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
  isTextOpen,
  mediaFault,
  pictureLink,
  playSound,
  remoteStream,
  retryMedia,
  setCamera,
  setMicrophone,
  typing,
} from './call-media.ts'
import { CallMarks } from './call-marks.tsx'
import { DangerMark } from './danger-mark.tsx'
import { KnowledgeForCall } from './desk-knowledge.tsx'
import { Colleagues } from './colleagues.tsx'
import { pending } from './desk-state.ts'
import { HoldButton, HoldCover } from './hold.tsx'
import { Others, WaitingJoins } from './join-panel.tsx'
import { deviceFaultText, mediaFaultText } from './media-words.ts'
import { deviceFaults, ownStream, reopenDevices } from './own-devices.ts'
import { OwnPicture } from './own-picture.tsx'
import { PEOPLE_PANEL, PeoplePanel } from './people-panel.tsx'
import { PictureStill, StillButton } from './picture-still.tsx'
import { CallQuality } from './quality-mark.tsx'
import { RemotePicture } from './remote-picture.tsx'
import { TextPane } from './text-pane.tsx'
import { Key, ariaChord, shortcuts } from './shortcuts.ts'
import { ShowPanel } from './show-panel.tsx'
import { SidePanels } from './side-panels.tsx'
import { StaffBeside } from './staff-beside.tsx'
import { StopSharing } from './window-copy.tsx'

type InCall = Extract<AgentWorkView, { kind: 'in-call' }>

export function CallScreen({ view, work }: { view: AgentView; work: InCall }): JSX.Element {
  const { call } = work
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <div class="call">
      <section class="stage" aria-label={t('call.stage')}>
        <RemotePicture stream={remoteStream.value} />
        {call.hold === null ? (
          <Overlay isCallerLost={call.isCallerLost} mode={call.mode} />
        ) : (
          <HoldCover hold={call.hold} />
        )}
        <Colleagues call={call} />
        <OwnPicture stream={isCameraOn.value ? ownStream.value : null} />
        <PictureStill />
        <Controls call={call} />
      </section>
      <aside class="card call-side" aria-labelledby="call-title">
        <p class="call-clock">
          <span class="quiet">{t('call.length')}</span>
          <Elapsed since={work.since} />
        </p>
        <h1 id="call-title" ref={title} tabIndex={-1}>
          {call.siteName}
        </h1>
        <DangerMark call={call} />
        <CallMarks call={call} />
        {call.hasTroubleHearing && <TroubleHearing />}
        <StaffBeside call={call} />
        <Others call={call} />
        <WaitingJoins view={view} call={call} onCancelled={() => title.current?.focus()} />
        <SidePanels
          panels={[
            {
              id: 'call',
              label: t('side.call'),
              icon: 'phone',
              content: <CallPanel call={call} waitedMs={work.since - call.queuedAt} />,
            },
            {
              id: PEOPLE_PANEL,
              label: t('side.people'),
              icon: 'person',
              content: <PeoplePanel view={view} call={call} />,
            },
            {
              id: 'knowledge',
              label: t('knowledge.title'),
              icon: 'book',
              content: <KnowledgeForCall call={call} />,
            },
            { id: 'show', label: t('side.show'), icon: 'screen', content: <ShowPanel call={call} /> },
          ]}
        />
      </aside>
    </div>
  )
}

interface CallPanelProps {
  readonly call: CallForAgent
  readonly waitedMs: number
}

/** The call itself: what is known of it, how the line is, and what is written. */
function CallPanel({ call, waitedMs }: CallPanelProps): JSX.Element {
  return (
    <>
      <CallFacts call={call} waitedMs={waitedMs} />
      <CallQuality mode={call.mode} />
      {call.mode === 'signing' && <FrameWarning />}
      <TextPane typing={typing.value} isOpen={isTextOpen.value} isTextCall={call.mode === 'text'} />
      <DeviceFaults />
      <p class="quiet call-keys">
        <span>
          {t('shortcuts.microphone')} <Key chord={shortcuts.microphone} />
        </span>
        <span>
          {t('shortcuts.camera')} <Key chord={shortcuts.camera} />
        </span>
        <span>
          {t('shortcuts.hold')} <Key chord={shortcuts.hold} />
        </span>
        <span>
          {t('shortcuts.hangUp')} <Key chord={shortcuts.hangUp} />
        </span>
      </p>
    </>
  )
}

/** Below the floor for signing, on the way that is short of pictures. */
function FrameWarning(): JSX.Element | null {
  const { areFramesFew, areOwnFramesFew } = pictureLink.value
  if (!areFramesFew && !areOwnFramesFew) return null
  return (
    <p class="quality tone-busy" role="status">
      <Icon name="warning" />
      <span>{areOwnFramesFew ? t('quality.fewOwnFrames') : t('quality.fewFrames')}</span>
    </p>
  )
}

function DeviceFaults(): JSX.Element | null {
  if (deviceFaults.value.length === 0) return null
  return (
    <div class="fault" role="alert">
      <div>
        {deviceFaults.value.map((fault) => (
          <p key={fault.kind}>{deviceFaultText(fault)}</p>
        ))}
        <button type="button" onClick={() => void reopenDevices()}>
          {t('page.tryAgain')}
        </button>
      </div>
    </div>
  )
}

/** The citizen has said so at the screen, which is as loud as it can be by now. */
function TroubleHearing(): JSX.Element {
  return (
    <p class="trouble-hearing" role="alert">
      <Icon name="warning" />
      <span>
        <strong>{t('call.troubleHearing')}</strong> {t('call.troubleHearingText')}
      </span>
    </p>
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
  if (!isFlowing.value) return <Cover icon="clock" title={t('call.connecting')} text="" isBusy />
  if (isRemoteCameraOff.value) {
    return <Cover icon="cameraOff" title={mode === 'voice' ? t('call.voiceOnly') : t('call.remoteCameraOff')} text="" />
  }
  if (pictureLink.value.isPictureAway) {
    return <Cover icon="warning" title={t('call.picturePaused')} text={t('call.picturePausedText')} />
  }
  return null
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

/** Where no colleague would go on with the citizen, leaving ends the call. */
function Controls({ call }: { call: CallForAgent }): JSX.Element {
  return (
    <div class="controls" role="group" aria-label={t('call.controls')}>
      {isRemoteMicrophoneOff.value && (
        <span class="remote-muted" role="status">
          <Icon name="microphoneOff" />
          {t('call.remoteMuted')}
        </span>
      )}
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
      <HoldButton call={call} />
      <StopSharing />
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
export function Toggle({ isOn, icons, words, chord, onToggle }: ToggleProps): JSX.Element {
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
