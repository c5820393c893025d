/** Captions: what is said in the call, typed along for the citizen. Apart from what the two write to each other. */
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { CAPTION_LENGTH_MAX } from '#server/contract/captions.ts'
import type { CallForAgent } from '#server/contract/views.ts'
import { t } from '../text/language.ts'
import { tellQuietly } from './desk-state.ts'

/** A line that grows is sent this often at most, in ms: smooth to read, and no flood. */
const SEND_EVERY_MS = 250

export function Captions({ call: { callId, hold } }: { call: CallForAgent }): JSX.Element {
  const line = useSignal('')
  const last = useSignal('')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const send = (text: string, isDone: boolean): void => {
    clearTimeout(timer.current)
    timer.current = undefined
    tellQuietly('caption.write', { callId, text, isDone })
  }
  const finish = (text: string): void => {
    if (text.trim() === '') return
    send(text.trim(), true)
    last.value = text.trim()
  }
  const write = (typed: string): void => {
    const [done, rest] = splitCaption(typed.replaceAll('\n', ' '))
    if (done !== '') finish(done)
    line.value = rest
    timer.current ??= setTimeout(() => send(line.peek(), false), SEND_EVERY_MS)
  }
  return (
    <details class="text-pane captions-pane">
      <summary>{t('captions.title')}</summary>
      <label>
        {t('captions.line')}
        <input
          dir="auto"
          autocomplete="off"
          disabled={hold !== null}
          aria-describedby="captions-hint"
          value={line.value}
          onInput={(event) => {
            write(event.currentTarget.value)
            // At once, so that the next key finds the line that goes on.
            event.currentTarget.value = line.peek()
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.isComposing) return
            event.preventDefault()
            finish(line.peek())
            line.value = ''
          }}
        />
      </label>
      <p id="captions-hint" class="quiet">
        {last.value === '' ? t('captions.hint') : t('captions.last', { text: last.value })}
      </p>
    </details>
  )
}

/** What is typed, cut after a word where it is longer than a caption: the line that is done, and the one that goes on. */
export function splitCaption(typed: string): readonly [done: string, rest: string] {
  if (typed.length <= CAPTION_LENGTH_MAX) return ['', typed]
  const space = typed.lastIndexOf(' ', CAPTION_LENGTH_MAX)
  const at = space > 0 ? space : CAPTION_LENGTH_MAX
  return [typed.slice(0, at), typed.slice(at).trimStart().slice(0, CAPTION_LENGTH_MAX)]
}
