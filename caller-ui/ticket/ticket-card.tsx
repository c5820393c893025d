/** The place in line as something to take along: its number, and its way to one's own phone. */
import type { WaitingScreen } from '../model/waiting-screen.ts'
import { t } from '../text/language.ts'
import { QrCode } from './qr-code.tsx'
import { TicketCode } from './ticket-code.tsx'
import './ticket.css'

type Props = { readonly screen: WaitingScreen }

export function TicketCard({ screen }: Props) {
  const { ticket, ticketUrlPath, device } = screen
  if (device === 'phone') {
    return (
      <section class="ticket-card" aria-label={t('number.yours')}>
        <p class="aside">{t('number.yours')}</p>
        <TicketCode ticket={ticket} />
      </section>
    )
  }
  return (
    <section class="ticket-card with-qr" aria-label={t('number.yours')}>
      <QrCode text={location.origin + ticketUrlPath} label={t('number.qr')} />
      <div class="ticket-words">
        <p class="aside">{t('number.yours')}</p>
        <TicketCode ticket={ticket} />
        <p class="aside">{t('number.to-phone')}</p>
      </div>
    </section>
  )
}
