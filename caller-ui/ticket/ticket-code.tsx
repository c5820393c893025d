/** The six letters of a ticket: large for the eye, one by one for the ear. */
import { spelled } from '../model/typed-ticket.ts'
import { t } from '../text/language.ts'

export function TicketCode({ ticket }: { readonly ticket: string }) {
  return (
    <strong class="ticket-code" dir="ltr">
      <span aria-hidden="true">{ticket}</span>
      <span class="for-listeners">{spelled(ticket)}</span>
    </strong>
  )
}

/** Stands for the letters that only the owner of the ticket has. */
const UNSHOWN = '···'

/** How a ticket begins: whoever reads it on a screen cannot take the place. */
export function TicketStart({ start }: { readonly start: string }) {
  return (
    <strong class="ticket-code" dir="ltr">
      <span aria-hidden="true">
        {start}
        <span class="unshown">{UNSHOWN}</span>
      </span>
      <span class="for-listeners">{t('idle.called-start', { letters: spelled(start) })}</span>
    </strong>
  )
}
