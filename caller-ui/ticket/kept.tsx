/** Gone with the ticket: the number to keep, and what happens next. Then the kiosk is anybody's again. */
import type { CallbackForCaller } from '#server/contract/callbacks.ts'
import type { Ticket } from '#server/contract/ids.ts'
import { Button } from '../components/button.tsx'
import { useCountdown } from '../components/countdown.ts'
import { Heading } from '../components/heading.tsx'
import type { KeptScreen } from '../model/screen.ts'
import { t } from '../text/language.ts'
import { openingWords } from '../text/opening-words.ts'
import { promisedWords, RingOnPhone } from './promised.tsx'
import { QrCode } from './qr-code.tsx'
import { TicketCode } from './ticket-code.tsx'
import './ticket.css'

/** Raised, the next person waits and could read it; lowered, nobody has time to write six letters down. */
export const KEPT_SECONDS = 30

type Props = {
  readonly screen: KeptScreen
  readonly onDone: () => void
  readonly onNow: (ticket: Ticket) => void
  readonly onCancel: () => void
}

export function Kept(props: Props) {
  const { callback } = props.screen
  return callback === undefined ? <Place {...props} /> : <Promised {...props} callback={callback} />
}

/** [R40] A call that was promised: before its time, or while it rings. */
function Promised({ screen, callback, onDone, onNow, onCancel }: Props & { readonly callback: CallbackForCaller }) {
  const { ticket, ticketUrlPath, device } = screen
  const isPhone = device === 'phone'
  return (
    <main class="screen kept">
      <div class="pitch">
        <Heading>{callback.isRinging ? t('callback.ringing') : promisedWords(callback)}</Heading>
        <p class="lead">{isPhone ? t('kept.phone') : t('kept.come-back')}</p>
      </div>
      <div class="kept-ticket">
        <TicketCode ticket={ticket} />
        {isPhone ? null : <QrCode text={location.origin + ticketUrlPath} label={t('number.qr')} />}
      </div>
      <div class="actions">
        <RingOnPhone isRinging={isPhone && callback.isRinging} />
        <Button look="call" icon="call" onPress={() => onNow(ticket)}>
          {t('callback.now')}
        </Button>
        <Button look="quiet" onPress={onCancel}>
          {t('callback.cancel')}
        </Button>
        {isPhone ? null : <Done isKnown onDone={onDone} />}
      </div>
    </main>
  )
}

function Place({ screen, onDone }: Props) {
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

/** `isKnown`: they have just typed the number. */
type DoneProps = { readonly onDone: () => void; readonly isKnown?: boolean }

function Done({ onDone, isKnown = false }: DoneProps) {
  const seconds = useCountdown(KEPT_SECONDS, onDone)
  return (
    <>
      {isKnown ? null : <p class="aside">{t('kept.remember')}</p>}
      <Button look={isKnown ? 'quiet' : 'call'} icon="check" onPress={onDone}>
        {t('kept.done')}
      </Button>
      <p class="aside">{t('goodbye.clears', { seconds })}</p>
    </>
  )
}
