/** Every language of the screen, by the names their speakers give them. */
import type { Language } from '#server/contract/ids.ts'
import { endonyms, t } from '../text/language.ts'
import { Button } from './button.tsx'

type Props = { readonly chosen: Language; readonly onChoose: (language: Language) => void }

export function LanguageRow({ chosen, onChoose }: Props) {
  return (
    <div class="language-row" role="group" aria-label={t('idle.language')}>
      <LanguageButtons chosen={chosen} onChoose={onChoose} />
    </div>
  )
}

export function LanguageButtons({ chosen, onChoose }: Props) {
  return (
    <>
      {endonyms.map(({ language, name }) => (
        <Button
          key={language}
          look="quiet"
          lang={language}
          isPressed={language === chosen}
          onPress={() => onChoose(language)}
        >
          {name}
        </Button>
      ))}
    </>
  )
}
