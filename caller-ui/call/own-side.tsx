/** The person themselves: as the other side sees them, or why they are not seen or heard. */
import type { Mode } from '#server/contract/ids.ts'
import { Button } from '../components/button.tsx'
import { Icon, type IconName } from '../components/icon.tsx'
import { Picture } from '../components/picture.tsx'
import { deviceTrouble, isUnheard } from '../model/device-trouble.ts'
import type { CallMedia, MediaControl } from '../session/call-media.ts'
import { t } from '../text/language.ts'

export function OwnPicture({ media }: { readonly media: CallMedia }) {
  const stream = media.ownPicture.value
  const isHeld = media.link.value.isOwnPictureHeld
  const isOn = media.camera.value === 'on' && stream !== null && !isHeld
  return (
    <figure class="own-picture">
      {isOn ? (
        <Picture stream={stream} label={t('conversation.own-picture')} />
      ) : (
        <p class="no-picture">
          <Icon name={iconOf(media.mode.value)} />
          <span>{withoutPicture(media)}</span>
        </p>
      )}
    </figure>
  )
}

const iconOf = (mode: Mode | null): IconName =>
  mode === 'voice' ? 'microphone' : mode === 'text' ? 'keyboard' : 'camera-off'

function withoutPicture({ mode, camera, link }: CallMedia): string | null {
  if (link.value.isOwnPictureHeld) return t('conversation.own-paused')
  if (mode.value === 'voice') return t('conversation.own-voice')
  if (mode.value === 'text') return t('conversation.own-text')
  return camera.value === 'off' ? t('conversation.own-camera-off') : null
}

/** Why the other side does not hear or see this one, and what can be done. */
export function Silence({ name, media }: { readonly name: string; readonly media: MediaControl }) {
  const { camera, microphone } = media
  const trouble = deviceTrouble(camera.value, microphone.value)
  const words = trouble !== null ? t(trouble) : silenceWords(name, media)
  return (
    <>
      <p class="silence" role="status">
        {words === null ? null : (
          <>
            <Icon name={trouble === null && microphone.value === 'off' ? 'microphone-off' : 'notice'} />
            <span>
              {words} {isUnheard(microphone.value) ? t('device.write-instead') : null}
            </span>
          </>
        )}
      </p>
      {trouble === null ? null : (
        <Button look="quiet" icon="again" onPress={media.tryDevicesAgain}>
          {t('device.try-again')}
        </Button>
      )}
    </>
  )
}

function silenceWords(name: string, { microphone, mode, link }: MediaControl): string | null {
  if (microphone.value === 'off') return t('conversation.muted', { name })
  if (mode.value !== 'signing') return null
  if (link.value.areFramesFew) return t('conversation.few-frames', { name })
  return link.value.areOwnFramesFew ? t('conversation.few-own-frames', { name }) : null
}
