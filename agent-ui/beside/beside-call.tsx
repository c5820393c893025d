/** The conversation: the specialist large, both at this desk small, and what the specialist shows. Leaving ends it: they share the camera. */
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { Elapsed } from '../components/elapsed.tsx'
import { Icon } from '../components/icons.tsx'
import { Connecting, Cover, DeviceToggles } from '../desk/stage.tsx'
import {
  isCameraOn,
  isFlowing,
  isReconnecting,
  isRemoteCameraOff,
  isSoundBlocked,
  isTextOpen,
  mediaFault,
  pictureLink,
  playSound,
  remoteStream,
  typing,
} from '../desk/call-media.ts'
import { CaptionsRead } from '../desk/captions-read.tsx'
import { Faces } from '../desk/colleagues.tsx'
import { ownStream } from '../desk/own-devices.ts'
import { OwnPicture } from '../desk/own-picture.tsx'
import { RemotePicture } from '../desk/remote-picture.tsx'
import { ariaChord, shortcuts } from '../desk/shortcuts.ts'
import { TextPane } from '../desk/text-pane.tsx'
import { t } from '../text/language.ts'
import { BesideShown } from './beside-shown.tsx'
import { endTogether, isAsking, type BesideTalk } from './beside-state.ts'
import { MediaFaults } from './beside-waiting.tsx'

export function BesideCall({ call }: { call: BesideTalk }): JSX.Element {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const { agentFirstName: name, centreName: centre } = call
  return (
    <div class="call">
      <section class="stage" aria-label={t('call.stage')}>
        <RemotePicture stream={remoteStream.value} name={name} />
        <Overlay call={call} />
        <Faces people={call.others.map(({ participantId, firstName }) => ({ participantId, name: firstName }))} />
        <OwnPicture stream={isCameraOn.value ? ownStream.value : null} />
        <CaptionsRead callId={call.callId} />
        <Controls />
      </section>
      <aside class="card call-side" aria-labelledby="beside-title">
        <p class="call-clock">
          <span class="quiet">{t('call.length')}</span>
          <Elapsed since={call.connectedAt} />
        </p>
        <h1 id="beside-title" ref={title} tabIndex={-1}>
          {t('beside.talking', { name, centre })}
        </h1>
        <p class="quiet">{t('beside.talkingText')}</p>
        <People call={call} />
        {call.shown !== null && <BesideShown callId={call.callId} here={call.shown} />}
        <MediaFaults />
        <TextPane typing={typing.value} isOpen={isTextOpen.value} isTextCall={false} isWithSpecialist />
      </aside>
    </div>
  )
}

/** Who else is there or is looked for, and who looks at a still of the picture. Always there, so that it is read out. */
function People({ call }: { call: BesideTalk }): JSX.Element {
  const { others, joining, stillBy, supervisor } = call
  return (
    <div role="status" class="beside-people">
      {others.length > 0 && (
        <p>
          {t('call.others')} <strong>{others.map(({ firstName }) => firstName).join(', ')}</strong>
        </p>
      )}
      {joining.length > 0 && <p>{t('beside.somebodyComes')}</p>}
      {supervisor !== undefined && (
        <p class="supervised">
          {t(supervisor.hasJoined ? 'supervised.join' : 'supervised.beside', { name: supervisor.firstName })}
        </p>
      )}
      {stillBy !== undefined && <p>{t('beside.still', { name: stillBy })}</p>}
    </div>
  )
}

/** What lies over the picture. Only the most important one is shown. */
function Overlay({ call }: { call: BesideTalk }): JSX.Element | null {
  const name = call.agentFirstName
  if (call.isAgentLost) return <Cover icon="offline" title={t('beside.specialistLost', { name })} text="" isBusy />
  if (call.hold !== null) {
    return <Cover icon="pause" title={t('beside.held', { name: call.hold.byFirstName })} text={t('beside.heldText')} />
  }
  if (mediaFault.value !== null) return <Cover icon="warning" title={t('call.mediaFault')} text="" />
  if (isReconnecting.value) {
    return <Cover icon="offline" title={t('call.reconnecting')} text={t('call.reconnectingText')} isBusy />
  }
  if (isSoundBlocked.value) {
    return (
      <Cover icon="warning" title={t('call.soundBlocked')} text="">
        <button type="button" class="primary" onClick={playSound}>
          {t('call.playSound')}
        </button>
      </Cover>
    )
  }
  if (!isFlowing.value) return <Connecting />
  if (isRemoteCameraOff.value) return <Cover icon="cameraOff" title={t('beside.cameraOff', { name })} text="" />
  if (pictureLink.value.isPictureAway) {
    return <Cover icon="warning" title={t('call.picturePaused')} text={t('call.picturePausedText')} />
  }
  return null
}

function Controls(): JSX.Element {
  return (
    <div class="controls" role="group" aria-label={t('call.controls')}>
      <DeviceToggles />
      <button
        type="button"
        class="hang-up"
        disabled={isAsking.value}
        aria-keyshortcuts={ariaChord(shortcuts.hangUp)}
        onClick={() => void endTogether()}
      >
        <Icon name="hangUp" />
        {t('beside.hangUp')}
      </button>
    </div>
  )
}
