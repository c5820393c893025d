/** Typing a ticket: on the glass, or on any keyboard that is plugged in. */
import { TICKET_LETTERS } from '#server/contract/ids.ts'
import { Button } from '../components/button.tsx'
import { useCountdown } from '../components/countdown.ts'
import { Heading } from '../components/heading.tsx'
import { Keypad, useKeyboard } from '../components/keypad.tsx'
import { Notice } from '../components/notice.tsx'
import { spelled, TICKET_LENGTH, wholeTicket, type TicketEntry } from '../model/typed-ticket.ts'
import { t } from '../text/language.ts'
import './ticket.css'

/** Raised, the next person finds letters of the last; lowered, somebody who looks for their note loses them. */
const LEFT_ALONE_SECONDS = 90
/** Said only near the end: a clock that runs from the start makes people hurry. */
const SAID_FOR_SECONDS = 30

type Props = {
  readonly entry: TicketEntry
  readonly isReachable: boolean
  readonly onType: (character: string) => void
  readonly onErase: () => void
  readonly onTakeUp: () => void
  readonly onBack: () => void
}

export function TicketEntryScreen(props: Props) {
  const { entry, isReachable, onBack } = props
  useKeyboard({ ...props, onEnter: props.onTakeUp })
  return (
    <main class="screen entry">
      <div class="pitch">
        <Heading>{t('number.type')}</Heading>
        <p class="lead">{t('number.type-what')}</p>
      </div>
      <Slots typed={entry.typed} />
      <Trouble entry={entry} isReachable={isReachable} />
      <Keypad
        signs={[...TICKET_LETTERS]}
        isFull={entry.typed.length >= TICKET_LENGTH}
        onType={props.onType}
        onErase={props.onErase}
      />
      <footer class="actions">
        <Button look="quiet" onPress={onBack}>
          {t('number.back')}
        </Button>
        <Button
          look="call"
          icon="check"
          onPress={props.onTakeUp}
          isDisabled={!isReachable || wholeTicket(entry) === null}
          isBusy={entry.state === 'asking'}
        >
          {entry.state === 'asking' ? t('number.fetching') : t('number.fetch')}
        </Button>
      </footer>
      <LeftAlone key={`${entry.typed} ${entry.state}`} onOver={onBack} />
    </main>
  )
}

function Slots({ typed }: { readonly typed: string }) {
  const slots = Array.from({ length: TICKET_LENGTH }, (_, index) => typed[index] ?? '')
  return (
    <div class="slots" dir="ltr">
      {slots.map((letter, index) => (
        <span key={index} class={index === typed.length ? 'slot next' : 'slot'} aria-hidden="true">
          {letter}
        </span>
      ))}
      <span class="for-listeners" role="status">
        {typed === '' ? t('number.typed-none') : t('number.typed', { letters: spelled(typed) })}
      </span>
    </div>
  )
}

function Trouble({ entry, isReachable }: { readonly entry: TicketEntry; readonly isReachable: boolean }) {
  return (
    <div class="troubles" role="status">
      {isReachable ? null : (
        <Notice icon="no-connection" title={t('idle.offline-title')}>
          {t('idle.offline-what')}
        </Notice>
      )}
      {entry.state === 'unknown' ? (
        <Notice icon="question" title={t('number.unknown-title')}>
          {t('number.unknown')}
        </Notice>
      ) : null}
      {entry.state === 'failed' ? (
        <Notice icon="notice" title={t('number.failed-title')}>
          {t('number.failed')}
        </Notice>
      ) : null}
    </div>
  )
}

/** Begins anew with every letter. */
function LeftAlone({ onOver }: { readonly onOver: () => void }) {
  const seconds = useCountdown(LEFT_ALONE_SECONDS, onOver)
  return <p class="aside left-alone">{seconds > SAID_FOR_SECONDS ? null : t('number.goes-back', { seconds })}</p>
}
