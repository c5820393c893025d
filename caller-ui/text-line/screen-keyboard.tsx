/**
 * The keyboard on the screen, for those who have no other. It keeps nothing that is typed, knows no words, and corrects
 * nothing. With the arrow keys one goes from key to key.
 */
import { useEffect, useRef, useState } from 'preact/hooks'
import { onKeyTap } from '../components/button.tsx'
import { Icon, type IconName } from '../components/icon.tsx'
import { directionOf, language, t } from '../text/language.ts'
import { ENTER, ERASE, SHIFT, SPACE, layoutOf, type KeyLayout } from './key-layouts.ts'

type Props = {
  readonly onLetters: (letters: string) => void
  readonly onErase: () => void
  readonly onEnter: () => void
}

export function ScreenKeyboard({ onLetters, onErase, onEnter }: Props) {
  const [layout, setLayout] = useState<KeyLayout | null>(null)
  const [isShifted, setShifted] = useState(false)
  const of = language.value
  useEffect(() => {
    let isWanted = true
    void layoutOf(of).then((found) => {
      if (isWanted) setLayout(found)
    })
    return () => (isWanted = false)
  }, [of])
  const keys = useRef<HTMLDivElement>(null)
  if (layout === null) return <div class="keyboard" />
  const press = (key: string): void => {
    if (key === SHIFT) return setShifted(!isShifted)
    if (key === ERASE) return onErase()
    if (key === ENTER) return onEnter()
    // The next letter is a small one again.
    setShifted(false)
    onLetters(key === SPACE ? ' ' : key)
  }
  return (
    <div
      ref={keys}
      class="keyboard"
      role="group"
      aria-label={t('text-line.keyboard')}
      dir={directionOf(of)}
      onKeyDown={(event) => moveFocus(event, keys.current)}
    >
      {layout[isShifted ? 'shift' : 'default'].map((row, rowIndex) => (
        <div key={rowIndex} class="key-row">
          {row.split(' ').map((key, index) => (
            <Key
              key={`${index} ${key}`}
              name={key}
              isFirst={rowIndex === 0 && index === 0}
              isPressed={key === SHIFT ? isShifted : undefined}
              onPress={() => press(key)}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

const special: Readonly<Record<string, { readonly words: string; readonly icon?: IconName }>> = {
  [SHIFT]: { words: 'text-line.shift', icon: 'shift' },
  [SPACE]: { words: 'text-line.space' },
  [ERASE]: { words: 'text-line.erase', icon: 'erase' },
  [ENTER]: { words: 'text-line.enter', icon: 'new-line' },
}

type KeyProps = {
  readonly name: string
  readonly isFirst: boolean
  readonly isPressed: boolean | undefined
  readonly onPress: () => void
}

function Key({ name, isFirst, isPressed, onPress }: KeyProps) {
  const { words, icon } = special[name] ?? {}
  return (
    <button
      type="button"
      class={words === undefined ? 'key' : `key ${name.slice(1, -1)}`}
      tabIndex={isFirst ? 0 : -1}
      aria-label={words === undefined ? undefined : t(words)}
      aria-pressed={isPressed}
      // The line keeps its caret while keys are touched.
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onKeyTap(onPress)}
    >
      {icon !== undefined ? <Icon name={icon} /> : words !== undefined ? t(words) : drawn(name)}
    </button>
  )
}

/** A mark that goes over a letter is shown over a circle. */
const drawn = (letters: string): string => (/^\p{Mark}/u.test(letters) ? `◌${letters}` : letters)

/** One key further in the direction of the arrow. */
function moveFocus(event: KeyboardEvent, keyboard: HTMLElement | null): void {
  if (keyboard === null || !event.key.startsWith('Arrow')) return
  const rows = [...keyboard.children].map((row) => [...row.querySelectorAll('button')])
  const rowIndex = rows.findIndex((row) => row.some((key) => key === event.target))
  const row = rows[rowIndex]
  const index = row?.findIndex((key) => key === event.target) ?? -1
  if (row === undefined || index < 0) return
  event.preventDefault()
  const forward = keyboard.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
  const isAcross = event.key === 'ArrowLeft' || event.key === 'ArrowRight'
  const step = event.key === forward || event.key === 'ArrowDown' ? 1 : -1
  const next = isAcross ? row[index + step] : nearest(rows[rowIndex + step], index / row.length)
  next?.focus()
}

/** The key of a row that lies where `share` (0 to 1) of the other row was. */
function nearest(row: HTMLButtonElement[] | undefined, share: number): HTMLButtonElement | undefined {
  return row?.[Math.min(row.length - 1, Math.round(share * row.length))]
}
