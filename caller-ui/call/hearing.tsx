/** How loud the other side is, and what helps somebody who cannot hear them. */
import { useState } from 'preact/hooks'
import { Button } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'
import { turnVolume, volume, VOLUME_STEP_MAX } from '../session/volume.ts'
import { t } from '../text/language.ts'

type Props = { readonly name: string; readonly onTrouble: (hasTrouble: boolean) => void }

export function Hearing({ name, onTrouble }: Props) {
  const [isHelpShown, showHelp] = useState(false)
  const step = volume.value
  return (
    <>
      {isHelpShown ? (
        <div class="hearing-help" role="status">
          <Notice icon="volume-up" title={t('hearing.louder')}>
            {t('hearing.what-else', { name })}
          </Notice>
        </div>
      ) : null}
      <div class="hearing" role="group" aria-label={t('hearing.volume')}>
        <Button look="quiet" icon="volume-down" isDisabled={step === 0} onPress={() => turnVolume(-1)}>
          {t('hearing.down')}
        </Button>
        <p class="steps" role="status" aria-label={t('hearing.step', { step: step + 1, steps: VOLUME_STEP_MAX + 1 })}>
          {Array.from({ length: VOLUME_STEP_MAX + 1 }, (_, index) => (
            <i key={index} class={index <= step ? 'on' : ''} />
          ))}
        </p>
        <Button look="quiet" icon="volume-up" isDisabled={step === VOLUME_STEP_MAX} onPress={() => turnVolume(1)}>
          {t('hearing.up')}
        </Button>
        <Button
          look="quiet"
          isPressed={isHelpShown}
          onPress={() => {
            if (!isHelpShown) turnVolume(VOLUME_STEP_MAX)
            onTrouble(!isHelpShown)
            showHelp(!isHelpShown)
          }}
        >
          {t('hearing.cannot')}
        </Button>
      </div>
    </>
  )
}
