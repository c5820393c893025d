/** The way to the other side is being made: said at once, and again when it takes longer than it should. */
import { useEffect, useState } from 'preact/hooks'
import type { Mode } from '#server/contract/ids.ts'
import { Button } from '../components/button.tsx'
import { t } from '../text/language.ts'

/** Longer than usual; longer than is easy to bear; so long that another way is offered. In ms. */
const STAGES_MS = [8_000, 15_000, 25_000] as const

const words = [
  'conversation.connecting-what',
  'conversation.connecting-longer',
  'conversation.connecting-still',
  'conversation.connecting-other-way',
] as const

type Props = { readonly name: string; readonly mode: Mode | null; readonly onMode: (mode: Mode) => void }

export function Connecting({ name, mode, onMode }: Props) {
  const [stage, setStage] = useState(0)
  useEffect(() => {
    const timers = STAGES_MS.map((ms, index) => setTimeout(() => setStage(index + 1), ms))
    return () => timers.forEach(clearTimeout)
  }, [])
  return (
    <div role="status">
      <strong>{t('conversation.connecting', { name })}</strong>
      <p>{t(words[stage] ?? words[0], { name })}</p>
      {stage === STAGES_MS.length && mode === 'video' ? (
        <Button look="quiet" icon="microphone" onPress={() => onMode('voice')}>
          {t('conversation.without-picture')}
        </Button>
      ) : null}
    </div>
  )
}
