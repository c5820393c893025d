/** Captions that somebody else in the call types: over the picture, as the citizen reads them, and gone with the call. */
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import { captionsAfter, type CaptionLine } from '#server/client/caption-lines.ts'
import type { CaptionSaid } from '#server/contract/captions.ts'
import type { CallId } from '#server/contract/ids.ts'
import { t } from '../text/language.ts'

interface Read {
  readonly callId: CallId
  readonly lines: readonly CaptionLine[]
}

const read = signal<Read | null>(null)

/** Notes what was said, as it comes from the server. */
export function takeCaption(said: CaptionSaid): void {
  const { callId } = said
  const before = read.peek()?.callId === callId ? (read.peek()?.lines ?? []) : []
  read.value = { callId, lines: captionsAfter(before, said) }
}

export function forgetCaptions(): void {
  read.value = null
}

/** Nothing until somebody types. Whoever listens has the voice, so that it is not read out. */
export function CaptionsRead({ callId }: { callId: CallId }): JSX.Element | null {
  const lines = read.value?.callId === callId ? read.value.lines : []
  if (lines.length === 0) return null
  return (
    <section class="captions-read" aria-label={t('captions.title')} aria-live="off">
      {lines.map(({ by, text }, index) => (
        <p key={index}>
          <strong>
            <bdi>{by}</bdi>:
          </strong>{' '}
          <bdi>{text}</bdi>
        </p>
      ))}
    </section>
  )
}
