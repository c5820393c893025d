/** Keys on the glass for a few signs, and the keys of a keyboard for the same. */
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../text/language.ts'
import { onKeyTap } from './button.tsx'
import { Icon } from './icon.tsx'
import './keypad.css'

type Props = {
  readonly signs: readonly string[]
  /** Nothing more fits: the keys are there, and say so. */
  readonly isFull?: boolean
  /** Keys in three columns, as on a telephone. */
  readonly isForDigits?: boolean
  readonly onType: (sign: string) => void
  readonly onErase: () => void
}

export function Keypad({ signs, isFull = false, isForDigits = false, onType, onErase }: Props) {
  return (
    <div class={isForDigits ? 'keypad digits' : 'keypad'} dir="ltr" role="group" aria-label={t('number.keypad')}>
      {signs.map((sign) => (
        <button
          key={sign}
          type="button"
          class="button quiet key"
          aria-disabled={isFull}
          onClick={onKeyTap(() => onType(sign))}
        >
          {sign}
        </button>
      ))}
      <button type="button" class="button quiet erase" onClick={onKeyTap(onErase)}>
        <Icon name="erase" />
        <span>{t('number.erase')}</span>
      </button>
    </div>
  )
}

export type Keys = {
  readonly onType: (sign: string) => void
  readonly onErase: () => void
  /** Enter, where no button takes it for itself. */
  readonly onEnter: () => void
  /** Escape. */
  readonly onBack: () => void
}

/** Hears the keys of a keyboard, wherever the focus is, except where a button takes them for itself. */
export function useKeyboard(keys: Keys): void {
  const newest = useRef(keys)
  newest.current = keys
  // Before the screen is seen: the first letter of somebody quick, or of a scanner, counts.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const { onType, onErase, onEnter, onBack } = newest.current
      const isOnButton = event.target instanceof HTMLButtonElement
      if (event.key === 'Backspace') onErase()
      else if (event.key === 'Escape') onBack()
      else if (event.key === 'Enter' && !isOnButton) onEnter()
      else onType(event.key)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}
