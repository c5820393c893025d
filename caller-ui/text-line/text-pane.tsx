/** Real-time text in the conversation: what has been written, one's own line, and keys for it. */
import { useEffect, useRef } from 'preact/hooks'
import { LINE_LENGTH_MAX } from '#sfu/client/real-time-text/composer.ts'
import { erased, typed, type TypedLine } from '../model/typed-line.ts'
import type { TextLine } from '../session/text-line.ts'
import { t } from '../text/language.ts'
import { ScreenKeyboard } from './screen-keyboard.tsx'
import { TextLog } from './text-log.tsx'
import './text-line.css'

type Props = {
  readonly text: TextLine
  /** Who has the call. */
  readonly agentName: string
}

/** Narrower than this is a phone, which has a keyboard of its own. */
const hasOwnKeyboard = (): boolean => matchMedia('(max-width: 640px)').matches

export function TextPane({ text, agentName: name }: Props) {
  const box = useRef<HTMLTextAreaElement>(null)
  const isPhone = hasOwnKeyboard()
  // Whoever opened it wants to write.
  useEffect(() => {
    if (text.isShown.peek() === true) box.current?.focus()
  }, [text])
  const change = (how: (line: TypedLine) => TypedLine): void => {
    if (box.current === null) return
    const { value, selectionStart, selectionEnd } = box.current
    const next = how({ text: value, from: selectionStart, to: selectionEnd })
    text.write(next.text)
    // At once, so that the next key finds the caret where it belongs.
    box.current.value = next.text
    box.current.setSelectionRange(next.from, next.to)
  }
  return (
    <section class="text-pane" aria-label={t('text-line.title')}>
      <TextLog
        transcript={text.transcript.value}
        nameOf={(id) => text.names.value.get(id) ?? t('text-line.colleague')}
        beginning={t('text-line.nothing-yet', { name })}
      />
      <label class="own-line">
        <span class="said-by">{t('text-line.own-now')}</span>
        <textarea
          ref={box}
          rows={1}
          dir="auto"
          maxLength={LINE_LENGTH_MAX}
          value={text.line.value}
          inputMode={isPhone ? 'text' : 'none'}
          enterkeyhint="enter"
          autocomplete="off"
          autocorrect="off"
          autocapitalize="off"
          spellcheck={false}
          onInput={(event) => text.write(event.currentTarget.value.replaceAll('\n', ' '))}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.isComposing) return
            event.preventDefault()
            text.finish()
          }}
        />
      </label>
      <p class="text-state" role="status">
        {text.isOpen.value ? t('text-line.as-you-write', { name }) : t('text-line.not-open')}
      </p>
      {isPhone ? null : (
        <ScreenKeyboard
          onLetters={(letters) => change((line) => typed(line, letters))}
          onErase={() => change(erased)}
          onEnter={text.finish}
        />
      )}
    </section>
  )
}
