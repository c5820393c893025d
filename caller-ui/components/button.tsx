/** Every button of the kiosk: big enough, and deaf to the second half of a double tap. */
import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

/** A tap that follows another so soon was meant for what was there before. In ms. */
export const SECOND_TAP_MS = 400

let lastTapAt = -SECOND_TAP_MS

/** Runs `action` unless a tap was taken a moment ago, anywhere on the screen. */
export function onTap(action: () => void): () => void {
  return () => {
    const at = performance.now()
    if (at - lastTapAt < SECOND_TAP_MS) return
    lastTapAt = at
    action()
  }
}

/**
 * For the keys of a keypad, where the same one is meant twice in a row: deaf only to the second half of the tap that
 * opened it.
 */
export function onKeyTap(action: () => void): () => void {
  return () => {
    if (performance.now() - lastTapAt >= SECOND_TAP_MS) action()
  }
}

export type ButtonProps = {
  readonly onPress: () => void
  readonly children: ComponentChildren
  readonly look?: 'plain' | 'call' | 'end' | 'quiet' | 'low' | 'more'
  readonly icon?: IconName
  readonly lang?: string
  readonly isPressed?: boolean
  readonly isDisabled?: boolean
  readonly isBusy?: boolean
  /** Where a button is known by fewer words than it needs to be understood alone. */
  readonly label?: string
}

export function Button(props: ButtonProps) {
  const { look = 'plain', icon } = props
  return (
    <button
      type="button"
      class={`button ${look}`}
      lang={props.lang}
      aria-pressed={props.isPressed}
      aria-label={props.label}
      aria-busy={props.isBusy}
      disabled={props.isDisabled}
      onClick={onTap(props.onPress)}
    >
      {icon === undefined ? null : <Icon name={icon} />}
      <span>{props.children}</span>
    </button>
  )
}
