/** Gone with the ticket: the number to keep, and what happens next. Then the kiosk is anybody's again. */
import { Button } from '../components/button.tsx'
import { useCountdown } from '../components/countdown.ts'
import { Heading } from '../components/heading.tsx'
import type { KeptScreen } from '../model/screen.ts'
import { t } from '../text/language.ts'
import { openingWords } from '../text/opening-words.ts'
import { QrCode } from './qr-code.tsx'
import { TicketCode } from './ticket-code.tsx'
import './ticket.css'

/** Raised, the next person waits and could read it; lowered, nobody has time to write six letters down. */
export const KEPT_SECONDS = 30

type Props = { readonly screen: KeptScreen; readonly onDone: () => void }

export function Kept({ screen, onDone }: Props) {
  const { ticket, ticketUrlPath, device, notBefore } = screen
  const isPhone = device === 'phone'
  return (
    <main class="screen kept">
      <div class="pitch">
        <Heading>{notBefore === null ? t('kept.title') : t('kept.closed-title')}</Heading>
        {notBefore === null ? null : (
          <p class="lead">{t('kept.not-before', { when: openingWords(notBefore, Date.now()) })}</p>
        )}
      </div>
      <div class="kept-ticket">
        <TicketCode ticket={ticket} />
        {isPhone ? null : <QrCode text={location.origin + ticketUrlPath} label={t('number.qr')} />}
      </div>
      <div class="actions">
        <p class="lead">{nextWords(screen)}</p>
        {isPhone ? null : <Done onDone={onDone} />}
      </div>
    </main>
  )
}

function nextWords({ device, isRungAtKiosk, notBefore }: KeptScreen): string {
  if (device === 'phone') return t('kept.phone')
  if (notBefore !== null) return t('kept.next-opening')
  return isRungAtKiosk ? t('kept.ring') : t('kept.come-back')
}

function Done({ onDone }: { readonly onDone: () => void }) {
  const seconds = useCountdown(KEPT_SECONDS, onDone)
  return (
    <>
      <p class="aside">{t('kept.remember')}</p>
      <Button look="call" icon="check" onPress={onDone}>
        {t('kept.done')}
      </Button>
      <p class="aside">{t('goodbye.clears', { seconds })}</p>
    </>
  )
}
