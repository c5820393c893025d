/** The way to another language, by the names their speakers give them: one button, and all of them behind it. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Language } from '#server/contract/ids.ts'
import { endonymOf, t } from '../text/language.ts'
import { Button } from './button.tsx'
import { LanguageButtons } from './language-row.tsx'

type Props = { readonly chosen: Language; readonly onChoose: (language: Language) => void }

export function LanguageChoice({ chosen, onChoose }: Props) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        look="quiet"
        icon="languages"
        label={`${t('idle.language')}: ${endonymOf(chosen)}`}
        onPress={() => setOpen(true)}
      >
        {endonymOf(chosen)}
      </Button>
      {isOpen ? <Languages chosen={chosen} onChoose={onChoose} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function Languages({ chosen, onChoose, onClose }: Props & { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const choose = (language: Language) => {
    onChoose(language)
    dialog.current?.close()
  }
  return (
    <dialog ref={dialog} class="languages" aria-label={t('idle.language')} onClose={onClose}>
      <LanguageButtons chosen={chosen} onChoose={choose} />
    </dialog>
  )
}
