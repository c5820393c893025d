/** An employee signs in: number and PIN on the glass or a keyboard, or a badge. What is typed as PIN is never shown. */
import { STAFF_PIN_LENGTH } from '#server/contract/staff-words.ts'
import { Button } from '../components/button.tsx'
import { useCountdown } from '../components/countdown.ts'
import { Heading } from '../components/heading.tsx'
import { Keypad, useKeyboard } from '../components/keypad.tsx'
import { Notice } from '../components/notice.tsx'
import { isStaffStepDone, STAFF_NUMBER_LENGTH_MIN, type StaffEntry } from '../model/staff-entry.ts'
import { t } from '../text/language.ts'
import '../ticket/ticket.css'
import './staff.css'
import { useBadge } from './use-badge.ts'

/** Raised, the next person finds the number of an employee; lowered, somebody who is slow begins again. */
const LEFT_ALONE_SECONDS = 60
const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const

type Props = {
  readonly entry: StaffEntry
  readonly isReachable: boolean
  readonly onType: (digit: string) => void
  readonly onErase: () => void
  readonly onGoOn: () => void
  readonly onBadge: (badge: string) => void
  readonly onBack: () => void
}

export function StaffEntryScreen(props: Props) {
  const { entry, isReachable, onBack } = props
  const isPin = entry.pin !== null
  useBadge(props.onBadge)
  useKeyboard({ ...props, onEnter: props.onGoOn })
  return (
    <main class="screen entry staff-entry">
      <div class="pitch">
        <Heading key={String(isPin)}>{isPin ? t('employee.pin') : t('employee.number')}</Heading>
        <p class="lead">{isPin ? t('employee.pin-what') : t('employee.number-what')}</p>
      </div>
      <Slots entry={entry} />
      <Trouble entry={entry} isReachable={isReachable} />
      <Keypad signs={DIGITS} isForDigits onType={props.onType} onErase={props.onErase} />
      <footer class="actions">
        <Button look="quiet" onPress={onBack}>
          {t('number.back')}
        </Button>
        <Button
          look="call"
          icon="check"
          onPress={props.onGoOn}
          isDisabled={!isReachable || !isStaffStepDone(entry)}
          isBusy={entry.state === 'asking'}
        >
          {isPin || entry.state === 'asking' ? t('employee.sign-in') : t('employee.next')}
        </Button>
      </footer>
      <LeftAlone key={`${entry.number} ${entry.pin?.length} ${entry.state}`} onOver={onBack} />
    </main>
  )
}

/** Begins anew with every digit. */
function LeftAlone({ onOver }: { readonly onOver: () => void }) {
  useCountdown(LEFT_ALONE_SECONDS, onOver)
  return null
}

function Slots({ entry: { number, pin } }: { readonly entry: StaffEntry }) {
  const typed = pin ?? number
  const count = pin === null ? Math.max(STAFF_NUMBER_LENGTH_MIN, number.length) : STAFF_PIN_LENGTH
  return (
    <div class="slots" dir="ltr">
      {Array.from({ length: count }, (_, index) => (
        <span key={index} class={index === typed.length ? 'slot next' : 'slot'} aria-hidden="true">
          {index >= typed.length ? '' : pin === null ? typed[index] : '•'}
        </span>
      ))}
      <span class="for-listeners" role="status">
        {pin === null ? number.split('').join(' ') : t('employee.pin-typed', { count: pin.length })}
      </span>
    </div>
  )
}

const troubles = {
  wrong: ['employee.wrong-title', 'employee.wrong'],
  'too-often': ['employee.too-often-title', 'employee.too-often'],
  failed: ['number.failed-title', 'number.failed'],
} as const

function Trouble({ entry: { state }, isReachable }: { readonly entry: StaffEntry; readonly isReachable: boolean }) {
  const words = state === 'typing' || state === 'asking' ? null : troubles[state]
  return (
    <div class="troubles" role="status">
      {isReachable ? null : (
        <Notice icon="no-connection" title={t('idle.offline-title')}>
          {t('idle.offline-what')}
        </Notice>
      )}
      {words === null ? null : (
        <Notice icon="notice" title={t(words[0])}>
          {t(words[1])}
        </Notice>
      )}
    </div>
  )
}
