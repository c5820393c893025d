/** Tickets that are called now, as far as they are shown. Their owner types the number: one press would be anybody's. */
import type { CalledTicket } from '#server/contract/views.ts'
import { Button } from '../components/button.tsx'
import { t } from '../text/language.ts'
import { TicketStart } from './ticket-code.tsx'
import './ticket.css'

type Props = { readonly called: readonly CalledTicket[]; readonly onMine: () => void }

export function CalledTickets({ called, onMine }: Props) {
  if (called.length === 0) return null
  return (
    <section class="called" aria-labelledby="called">
      <h2 id="called">{t('idle.called')}</h2>
      <ul>
        {called.map(({ ticketStart, until }) => (
          <li key={`${ticketStart} ${until}`}>
            <TicketStart start={ticketStart} />
          </li>
        ))}
      </ul>
      <Button onPress={onMine}>{t('idle.its-me')}</Button>
    </section>
  )
}
