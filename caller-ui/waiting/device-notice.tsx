/** What is wrong with camera or microphone, said before anybody answers, and what can be done about it. */
import type { Mode } from '#server/contract/ids.ts'
import { Button } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'
import { deviceTrouble, isUnheard } from '../model/device-trouble.ts'
import type { MediaControl } from '../session/call-media.ts'
import { t } from '../text/language.ts'

type Props = { readonly media: MediaControl; readonly onMode: (mode: Mode) => void }

export function DeviceNotice({ media }: Pick<Props, 'media'>) {
  const trouble = deviceTrouble(media.camera.value, media.microphone.value)
  return trouble === null ? null : <Notice icon="notice">{t(trouble)}</Notice>
}

/** What can be done about it, for the foot of the screen: there it is within everybody's reach. */
export function Remedies({ media, onMode }: Props) {
  if (deviceTrouble(media.camera.value, media.microphone.value) === null) return null
  return (
    <>
      <Button look="quiet" icon="again" onPress={media.tryDevicesAgain}>
        {t('device.try-again')}
      </Button>
      {isUnheard(media.microphone.value) ? (
        <Button look="quiet" icon="keyboard" onPress={() => onMode('text')}>
          {t('mode.text')}
        </Button>
      ) : null}
    </>
  )
}
