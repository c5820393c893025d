/** Face to face. */
import { Button } from '../components/button.tsx'
import { Heading } from '../components/heading.tsx'
import { Icon } from '../components/icon.tsx'
import { Picture } from '../components/picture.tsx'
import { deviceTrouble } from '../model/device-trouble.ts'
import type { ConversationScreen } from '../model/screen.ts'
import { coverOf } from '../model/stage-cover.ts'
import type { MediaControl } from '../session/call-media.ts'
import { t } from '../text/language.ts'
import { SpeakingRing } from './speaking-ring.tsx'
import './conversation.css'

type Props = {
  readonly screen: ConversationScreen
  readonly media: MediaControl
  readonly onHangUp: () => void
}

export function Conversation({ screen, media, onHangUp }: Props) {
  const { agentFirstName: name, centreName } = screen
  return (
    <main class="screen conversation">
      <Stage screen={screen} media={media} />
      <div class="who">
        <Heading>{t('conversation.with', { name })}</Heading>
        <p class="lead">{centreName}</p>
        <Silence name={name} media={media} />
      </div>
      <OwnPicture media={media} />
      <footer class="controls">
        <DeviceSwitch kind="microphone" state={media.microphone.value} onSwitch={media.switchMicrophone} />
        <DeviceSwitch kind="camera" state={media.camera.value} onSwitch={media.switchCamera} />
        <Button look="end" icon="hang-up" onPress={onHangUp}>
          {t('conversation.hang-up')}
        </Button>
      </footer>
    </main>
  )
}

function Stage({ screen, media }: { readonly screen: ConversationScreen; readonly media: MediaControl }) {
  const { agentFirstName: name } = screen
  const [remote] = media.remotes.value
  const cover = coverOf(screen, media.path.value, remote?.isCameraOn ?? false)
  return (
    <div class={cover === null ? 'stage' : `stage covered ${cover}`}>
      {remote === undefined ? null : (
        <>
          <Picture stream={remote.stream} label={t('conversation.agent-picture', { name })} />
          <SpeakingRing level={remote.level} />
        </>
      )}
      {cover === null ? null : (
        <div class="cover">
          <span class="initial" aria-hidden="true">
            {name.slice(0, 1)}
          </span>
          <Cover cover={cover} name={name} />
        </div>
      )}
    </div>
  )
}

function Cover({ cover, name }: { readonly cover: NonNullable<ReturnType<typeof coverOf>>; readonly name: string }) {
  switch (cover) {
    case 'connecting':
      return <Words title={t('conversation.connecting', { name })} what={t('conversation.connecting-what')} />
    case 'sound-only':
      return <Words title={t('conversation.sound-only', { name })} />
    case 'interrupted':
      return <Words title={t('conversation.interrupted')} what={t('conversation.interrupted-what')} />
    case 'agent-lost':
      return <Words title={t('conversation.agent-lost', { name })} what={t('conversation.agent-lost-what', { name })} />
    case 'no-media':
      return <Words title={t('conversation.no-media')} what={t('conversation.no-media-what')} />
  }
}

function Words({ title, what }: { readonly title: string; readonly what?: string }) {
  return (
    <div role="status">
      <strong>{title}</strong>
      {what === undefined ? null : <p>{what}</p>}
    </div>
  )
}

/** Why the other side does not hear or see this one. */
function Silence({ name, media }: { readonly name: string; readonly media: MediaControl }) {
  const trouble = deviceTrouble(media.camera.value, media.microphone.value)
  const words =
    trouble !== null ? t(trouble) : media.microphone.value === 'off' ? t('conversation.muted', { name }) : null
  return (
    <p class="silence" role="status">
      {words === null ? null : (
        <>
          <Icon name={trouble === null ? 'microphone-off' : 'notice'} /> {words}
        </>
      )}
    </p>
  )
}

function OwnPicture({ media }: { readonly media: MediaControl }) {
  const stream = media.ownPicture.value
  const isOn = media.camera.value === 'on' && stream !== null
  return (
    <figure class="own-picture">
      {isOn ? (
        <Picture stream={stream} label={t('conversation.own-picture')} isOwn />
      ) : (
        <p class="no-picture">
          <Icon name="camera-off" />
          <span>{media.camera.value === 'off' ? t('conversation.own-camera-off') : null}</span>
        </p>
      )}
    </figure>
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

function DeviceSwitch({ kind, state, onSwitch }: SwitchProps) {
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
