/** Nobody is here, or somebody has just come: one thing to press. */
import type { Language } from '#server/contract/ids.ts'
import { Button } from '../components/button.tsx'
import { Heading } from '../components/heading.tsx'
import { LanguageRow } from '../components/language-row.tsx'
import { Notice } from '../components/notice.tsx'
import type { Screen } from '../model/screen.ts'
import { t } from '../text/language.ts'
import { Greeting } from './greeting.tsx'
import './welcome.css'

type Props = {
  readonly screen: Screen & { readonly kind: 'idle' }
  readonly language: Language
  readonly onPress: () => void
  readonly onLanguage: (language: Language) => void
}

export function Welcome({ screen, language, onPress, onLanguage }: Props) {
  const { siteName, isReachable, press } = screen
  return (
    <main class="screen welcome">
      <p class="site">{siteName}</p>
      <Greeting />
      <div class="pitch">
        <Heading>{t('idle.title')}</Heading>
        <p class="lead">{t('idle.what')}</p>
      </div>
      <div class="actions">
        {isReachable ? null : (
          <Notice icon="no-connection" title={t('idle.offline-title')}>
            {t('idle.offline-what')}
          </Notice>
        )}
        <Button look="call" icon="call" onPress={onPress} isDisabled={!isReachable} isBusy={press === 'slow'}>
          {press === 'slow' ? t('idle.calling') : t('idle.call')}
        </Button>
        <p class="aside">{t('idle.camera')}</p>
        <LanguageRow chosen={language} onChoose={onLanguage} />
      </div>
    </main>
  )
}
