/** One question after a long wait, and one large answer. Nobody loses a place by not answering. */
import { Button } from '../components/button.tsx'
import { PlainScreen } from '../kiosk/plain-screen.tsx'
import type { PresenceCheck } from '../model/presence-check.ts'
import { t } from '../text/language.ts'

type Props = {
  readonly check: Exclude<PresenceCheck, { readonly kind: 'here' | 'gone' }>
  readonly onYes: () => void
  readonly onAway: () => void
}

export function AreYouThere({ check: { kind, secondsLeft }, onYes, onAway }: Props) {
  const isLate = kind === 'maybe-gone'
  return (
    <PlainScreen icon="question" title={t('still-there.title')} what={t(isLate ? 'there.late' : 'there.what')}>
      <Button look="call" icon="check" onPress={onYes}>
        {t('there.yes')}
      </Button>
      <Button look="quiet" icon="ticket" onPress={onAway}>
        {t('number.take-away')}
      </Button>
      <p class="aside">{t(isLate ? 'there.goes' : 'there.asks', { seconds: secondsLeft })}</p>
    </PlainScreen>
  )
}
