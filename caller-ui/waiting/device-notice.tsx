/** What is wrong with camera or microphone, said before anybody answers, and what can be done about it. */
import type { Mode } from '#server/contract/ids.ts'
import { Button } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'
import { deviceTrouble, isUnheard } from '../model/device-trouble.ts'
import type { MediaControl } from '../session/call-media.ts'
import { t } from '../text/language.ts'

type Props = { readonly media: MediaControl; readonly onMode: (mode: Mode) => void }

export function DeviceNotice({ media, onMode }: Props) {
  const trouble = deviceTrouble(media.camera.value, media.microphone.value)
  if (trouble === null) return null
  return (
    <div class="device-notice">
      <Notice icon="notice">{t(trouble)}</Notice>
      <div class="remedies">
        <Button look="quiet" icon="again" onPress={media.tryDevicesAgain}>
          {t('device.try-again')}
        </Button>
        {isUnheard(media.microphone.value) ? (
          <Button look="quiet" icon="keyboard" onPress={() => onMode('text')}>
            {t('mode.text')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
