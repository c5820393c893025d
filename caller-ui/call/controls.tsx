/** What the person can do in the conversation: as much as their way of talking has use for. */
import type { ComponentChildren } from 'preact'
import type { Mode } from '#server/contract/ids.ts'
import { Button } from '../components/button.tsx'
import { modeWithMore } from '../model/mode-devices.ts'
import type { MediaControl } from '../session/call-media.ts'
import { t } from '../text/language.ts'
import { Hearing } from './hearing.tsx'

type Props = {
  readonly name: string
  readonly media: MediaControl
  readonly isWriting: boolean
  /** On hold nothing is sent, so that there is nothing to switch. */
  readonly isHeld: boolean
  /** Where the written line leaves no room for it elsewhere. */
  readonly closeShown: ComponentChildren
  /** Only where there are captions. */
  readonly captionSwitch: ComponentChildren
  readonly onMode: (mode: Mode) => void
  readonly onHearing: (hasTrouble: boolean) => void
  readonly onHangUp: () => void
}

export function Controls(props: Props) {
  const { name, media, isWriting, isHeld, closeShown, captionSwitch, onMode, onHearing, onHangUp } = props
  const mode = media.mode.value
  const more = mode === null ? null : modeWithMore(mode)
  const write = (
    <Button look="quiet" icon="keyboard" onPress={() => media.text.show(!isWriting)}>
      {isWriting ? t('text-line.hide') : t('text-line.show')}
    </Button>
  )
  if (isHeld) {
    return (
      <footer class="controls">
        {closeShown}
        {write}
        <HangUp onHangUp={onHangUp} />
      </footer>
    )
  }
  return (
    <footer class="controls">
      {mode === 'signing' ? null : <Hearing name={name} onTrouble={onHearing} />}
      <DeviceSwitch kind="microphone" state={media.microphone.value} onSwitch={media.switchMicrophone} />
      <DeviceSwitch kind="camera" state={media.camera.value} onSwitch={media.switchCamera} />
      {more === null ? null : (
        <Button look="quiet" icon={more === 'video' ? 'camera' : 'microphone'} onPress={() => onMode(more)}>
          {more === 'video' ? t('conversation.with-picture') : t('conversation.with-sound')}
        </Button>
      )}
      {closeShown}
      {captionSwitch}
      {write}
      <HangUp onHangUp={onHangUp} />
    </footer>
  )
}

function HangUp({ onHangUp }: Pick<Props, 'onHangUp'>) {
  return (
    <Button look="end" icon="hang-up" onPress={onHangUp}>
      {t('conversation.hang-up')}
    </Button>
  )
}

type SwitchProps = {
  readonly kind: 'microphone' | 'camera'
  readonly state: string
  readonly onSwitch: (isOn: boolean) => void
}

const switchWords = {
  microphone: { on: 'conversation.microphone-off', off: 'conversation.microphone-on' },
  camera: { on: 'conversation.camera-off', off: 'conversation.camera-on' },
} as const

/** Nothing where the way of talking does without the device. */
function DeviceSwitch({ kind, state, onSwitch }: SwitchProps) {
  if (state === 'closed') return null
  const isOff = state === 'off'
  return (
    <Button
      look={isOff ? 'plain' : 'quiet'}
      icon={isOff ? `${kind}-off` : kind}
      isDisabled={state !== 'on' && state !== 'off'}
      onPress={() => onSwitch(isOff)}
    >
      {t(switchWords[kind][isOff ? 'off' : 'on'])}
    </Button>
  )
}
