/**
 * It is over: what happened, and a clean screen for the next person. A phone has no next person. Whoever talked with
 * somebody may call again and is asked for nothing twice, as long as this screen stands.
 */
import { useState } from 'preact/hooks'
import type { CallId, Ticket } from '#server/contract/ids.ts'
import type { Face } from '#server/contract/views.ts'
import { Elsewhere } from '../closed/elsewhere.tsx'
import { Button } from '../components/button.tsx'
import { useCountdown } from '../components/countdown.ts'
import { Heading } from '../components/heading.tsx'
import { Icon } from '../components/icon.tsx'
import type { GoodbyeReason } from '../model/goodbye.ts'
import type { GoodbyeScreen } from '../model/screen.ts'
import { t } from '../text/language.ts'
import { openingWords } from '../text/opening-words.ts'
import { promisedWords, RingOnPhone } from '../ticket/promised.tsx'
import { QrCode } from '../ticket/qr-code.tsx'
import { TicketCode } from '../ticket/ticket-code.tsx'
import { Faces } from './faces.tsx'
import './faces.css'
import './goodbye.css'
import '../ticket/ticket.css'

/** Raised, the next person waits before a screen that is not theirs; lowered, slow readers are cut off. */
export const GOODBYE_SECONDS = 15
/** As above, for somebody who was cut off and first has to see that they were. */
export const CUT_OFF_SECONDS = 30

const words = {
  thanks: ['goodbye.thanks', 'goodbye.thanks-what'],
  'left-line': ['goodbye.left-line', 'goodbye.left-line-what'],
  full: ['goodbye.full', 'goodbye.full-what'],
  closed: ['goodbye.closed', 'goodbye.closed-what'],
  'last-entry': ['goodbye.last-entry', 'goodbye.last-entry-what'],
  paused: ['goodbye.paused', 'goodbye.paused-what'],
  expired: ['goodbye.expired', 'goodbye.expired-what'],
  'cut-off': ['goodbye.cut-off', 'goodbye.cut-off-what'],
  moved: ['goodbye.moved', 'goodbye.moved-what'],
  'not-taken': ['goodbye.not-taken', 'goodbye.not-taken-what'],
} as const satisfies Record<GoodbyeReason, readonly [string, string]>

/** A phone's page cannot call: it sends back to the screens. */
const phoneWords = {
  'left-line': 'goodbye.phone-left-line-what',
  expired: 'goodbye.phone-expired-what',
  'cut-off': 'goodbye.phone-cut-off-what',
} as const satisfies Partial<Record<GoodbyeReason, string>>

/** After the face was given: there is nothing more to read. */
export const RATED_SECONDS = 6

type Props = {
  readonly screen: GoodbyeScreen
  readonly onCallAgain: () => void
  readonly onNow: (ticket: Ticket) => void
  readonly onRate: (callId: CallId, face: Face) => void
  readonly onReset: () => void
}

export function Goodbye({ screen, onCallAgain, onNow, onRate, onReset }: Props) {
  const { reason, opens, device, ratedCallId, promised } = screen
  const [isRated, setRated] = useState(false)
  const [title] = words[reason]
  const isWell = reason === 'thanks' || reason === 'left-line' || reason === 'moved'
  return (
    <main class={isWell ? 'screen goodbye well' : 'screen goodbye'}>
      <div class="farewell">
        <span class="sign">
          <Icon name={isWell ? 'check' : 'notice'} />
        </span>
        <Heading>{t(title)}</Heading>
        {opens === null ? null : (
          <p class="lead opens">{t('goodbye.opens', { when: openingWords(opens.at, opens.now) })}</p>
        )}
        <p class="lead">{t(whatOf(screen))}</p>
        {promised === undefined ? null : <Again promised={promised} device={device} onNow={onNow} />}
        {screen.help === null ? null : <Elsewhere help={screen.help} />}
      </div>
      <div class="actions">
        {ratedCallId === null ? null : (
          <Faces
            onRate={(face) => {
              onRate(ratedCallId, face)
              setRated(true)
            }}
          />
        )}
        {device === 'phone' ? (
          <p class="aside">{t('phone.close')}</p>
        ) : (
          <>
            <CallAgain screen={screen} onCallAgain={onCallAgain} />
            <Clearing screen={screen} isRated={isRated} onReset={onReset} />
          </>
        )}
      </div>
    </main>
  )
}

type AgainProps = Pick<Props, 'onNow'> &
  Pick<GoodbyeScreen, 'device'> & {
    readonly promised: NonNullable<GoodbyeScreen['promised']>
  }

/** [R40] They talk again: the number to keep, and on a phone the way there once it rings. */
function Again({ promised: { ticket, ticketUrlPath, callback }, device, onNow }: AgainProps) {
  const isPhone = device === 'phone'
  return (
    <section class="talk-again">
      <p class="lead opens">{callback.isRinging ? t('callback.ringing') : promisedWords(callback)}</p>
      <TicketCode ticket={ticket} />
      {isPhone ? null : <QrCode text={location.origin + ticketUrlPath} label={t('number.qr')} />}
      <p class="aside">{isPhone ? t('kept.phone') : t('kept.remember')}</p>
      <RingOnPhone isRinging={isPhone && callback.isRinging} />
      {isPhone ? (
        <Button look="call" icon="call" onPress={() => onNow(ticket)}>
          {t('callback.now')}
        </Button>
      ) : null}
    </section>
  )
}

function whatOf({ device, reason, callAgain }: GoodbyeScreen): string {
  if (device === 'phone' && reason in phoneWords) return phoneWords[reason as keyof typeof phoneWords]
  if (reason === 'cut-off' && callAgain !== null) return 'goodbye.cut-off-again'
  return words[reason][1]
}

function CallAgain({ screen: { reason, callAgain }, onCallAgain }: Pick<Props, 'screen' | 'onCallAgain'>) {
  if (callAgain === null) return null
  const isCutOff = reason === 'cut-off'
  return (
    <>
      {isCutOff ? null : <p class="lead">{t('goodbye.more')}</p>}
      <Button look={isCutOff ? 'call' : 'plain'} icon="call" onPress={onCallAgain} isDisabled={!callAgain.isReachable}>
        {t('goodbye.call-again')}
      </Button>
    </>
  )
}

type ClearingProps = Pick<Props, 'screen' | 'onReset'> & { readonly isRated: boolean }

function Clearing({ screen: { reason, callAgain, promised }, isRated: isDone, onReset }: ClearingProps) {
  const isToRead = (reason === 'cut-off' && callAgain !== null) || promised !== undefined
  const isRated = isDone && promised === undefined
  const seconds = useCountdown(isRated ? RATED_SECONDS : isToRead ? CUT_OFF_SECONDS : GOODBYE_SECONDS, onReset)
  return (
    <>
      <Button look={callAgain === null ? 'plain' : 'quiet'} icon="again" onPress={onReset}>
        {t('goodbye.again')}
      </Button>
      <p class="aside">{t('goodbye.clears', { seconds })}</p>
    </>
  )
}
