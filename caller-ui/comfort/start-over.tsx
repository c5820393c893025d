/** Before somebody loses their place or their conversation: one question. */
import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../components/button.tsx'
import { t } from '../text/language.ts'

type Props = {
  readonly kind: 'waiting' | 'conversation'
  readonly onYes: () => void
  readonly onNo: () => void
}

const loses = { waiting: 'comfort.clear-line', conversation: 'comfort.clear-call' } as const

export function StartOver({ kind, onYes, onNo }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog
      ref={dialog}
      class="start-over"
      aria-labelledby="start-over"
      aria-describedby="start-over-what"
      onClose={onNo}
    >
      <h2 id="start-over">{t('comfort.clear-title')}</h2>
      <p id="start-over-what">{t(loses[kind])}</p>
      <Button look="plain" onPress={() => dialog.current?.close()}>
        {t('comfort.clear-no')}
      </Button>
      <Button look="end" icon="again" onPress={onYes}>
        {t('comfort.clear-all')}
      </Button>
    </dialog>
  )
}
