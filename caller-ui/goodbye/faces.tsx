/** How it was: three faces and a way past them. Of the call, the site and the line, never of one person. */
import { useState } from 'preact/hooks'
import type { Face } from '#server/contract/views.ts'
import { Button, onTap } from '../components/button.tsx'
import { Icon, type IconName } from '../components/icon.tsx'
import { t } from '../text/language.ts'

/** Drawn and named: the colour is the same for all. */
const faces = [
  { face: 'good', icon: 'face-good', words: 'faces.good' },
  { face: 'so-so', icon: 'face-so-so', words: 'faces.so-so' },
  { face: 'bad', icon: 'face-bad', words: 'faces.bad' },
] as const satisfies readonly { readonly face: Face; readonly icon: IconName; readonly words: string }[]

type Props = { readonly onRate: (face: Face) => void }

export function Faces({ onRate }: Props) {
  const [state, setState] = useState<'asked' | 'given' | 'skipped'>('asked')
  if (state !== 'asked') {
    return (
      <p class="lead rated" role="status">
        {state === 'given' ? t('faces.thanks') : null}
      </p>
    )
  }
  const give = (face: Face) => {
    onRate(face)
    setState('given')
  }
  return (
    <div class="rating" role="group" aria-label={t('faces.question')}>
      <p class="lead" aria-hidden="true">
        {t('faces.question')}
      </p>
      <div class="faces">
        {faces.map(({ face, icon, words }) => (
          <button key={face} type="button" class="button quiet face" onClick={onTap(() => give(face))}>
            <Icon name={icon} />
            <span>{t(words)}</span>
          </button>
        ))}
      </div>
      <Button look="quiet" onPress={() => setState('skipped')}>
        {t('faces.skip')}
      </Button>
    </div>
  )
}
