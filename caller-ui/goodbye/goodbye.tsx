/** It is over: what happened, and a clean screen for the next person. */
import { Button } from '../components/button.tsx'
import { useCountdown } from '../components/countdown.ts'
import { Heading } from '../components/heading.tsx'
import { Icon } from '../components/icon.tsx'
import type { GoodbyeReason } from '../model/screen.ts'
import { t } from '../text/language.ts'
import './goodbye.css'

/** Raised, the next person waits before a screen that is not theirs; lowered, slow readers are cut off. */
export const GOODBYE_SECONDS = 15

const words = {
  thanks: ['goodbye.thanks', 'goodbye.thanks-what'],
  'left-line': ['goodbye.left-line', 'goodbye.left-line-what'],
  'queue-full': ['goodbye.queue-full', 'goodbye.queue-full-what'],
  'cut-off': ['goodbye.cut-off', 'goodbye.cut-off-what'],
  'not-taken': ['goodbye.not-taken', 'goodbye.not-taken-what'],
} as const satisfies Record<GoodbyeReason, readonly [string, string]>

type Props = { readonly reason: GoodbyeReason; readonly onReset: () => void }

export function Goodbye({ reason, onReset }: Props) {
  const seconds = useCountdown(GOODBYE_SECONDS, onReset)
  const [title, what] = words[reason]
  const isWell = reason === 'thanks' || reason === 'left-line'
  return (
    <main class={isWell ? 'screen goodbye well' : 'screen goodbye'}>
      <div class="farewell">
        <span class="sign">
          <Icon name={isWell ? 'check' : 'notice'} />
        </span>
        <Heading>{t(title)}</Heading>
        <p class="lead">{t(what)}</p>
      </div>
      <div class="actions">
        <Button icon="again" onPress={onReset}>
          {t('goodbye.again')}
        </Button>
        <p class="aside">{t('goodbye.clears', { seconds })}</p>
      </div>
    </main>
  )
}
