/** Who hears and sees, behind a button: the line on the screen says the most of it. No consent is asked, for none is needed. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../components/button.tsx'
import { t } from '../text/language.ts'

export function Privacy() {
  const [isOpen, setOpen] = useState(false)
  return (
    <div class="privacy">
      <Button look="quiet" onPress={() => setOpen(true)}>
        {t('privacy.title')}
      </Button>
      {isOpen ? <PrivacyDialog onClose={() => setOpen(false)} /> : null}
    </div>
  )
}

const sentences = ['privacy.seen', 'privacy.kept', 'privacy.heard', 'privacy.reset'] as const

function PrivacyDialog({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} aria-labelledby="privacy" onClose={onClose}>
      <h2 id="privacy">{t('privacy.title')}</h2>
      <ul>
        {sentences.map((id) => (
          <li key={id}>{t(id)}</li>
        ))}
      </ul>
      <Button onPress={() => dialog.current?.close()}>{t('privacy.close')}</Button>
    </dialog>
  )
}
