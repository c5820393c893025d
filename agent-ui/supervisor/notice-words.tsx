/** The field for what a screen, or all of a closed place, is to say in one of the two languages that are written at a desk. */
import type { JSX } from 'preact'
import { KIOSK_MESSAGE_LETTERS_MAX } from '#server/contract/kiosk-messages.ts'

type Props = {
  /** Of the field, as the form is sent. */
  readonly name: string
  readonly lang: 'da' | 'en'
  readonly words: string
  readonly text: { value: string }
}

export function NoticeWords({ name, lang, words, text }: Props): JSX.Element {
  return (
    <label class="notices-words">
      {words}
      <input
        type="text"
        name={name}
        lang={lang}
        autocomplete="off"
        maxLength={KIOSK_MESSAGE_LETTERS_MAX}
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
    </label>
  )
}
