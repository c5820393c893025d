/** The two languages of the screen, each in its own words. */
import type { JSX } from 'preact'
import { language, speak, t } from '../text/language.ts'

export function LanguageSwitch(): JSX.Element {
  return (
    <div class="language-switch" role="group" aria-label={t('page.screenLanguage')}>
      <button type="button" lang="da" aria-pressed={language.value === 'da'} onClick={() => void speak('da')}>
        Dansk
      </button>
      <button type="button" lang="en" aria-pressed={language.value === 'en'} onClick={() => void speak('en')}>
        English
      </button>
    </div>
  )
}
