/** Real-time text with the citizen: what both write, letter by letter. */
import { batch, signal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { LINE_LENGTH_MAX } from '#sfu/client/real-time-text/composer.ts'
import type { TextTold, Typing } from '#sfu/client/real-time-text/session-text.ts'
import { LOSS_MARK } from '#sfu/client/real-time-text/t140.ts'
import { EMPTY_TRANSCRIPT, OWN, transcriptAfter, type TranscriptLine } from '#sfu/client/real-time-text/transcript.ts'
import { t } from '../text/language.ts'

const transcript = signal(EMPTY_TRANSCRIPT)
const line = signal('')
/** Who wrote as the citizen. */
const callerIds = signal<ReadonlySet<string>>(new Set())
/** The colleagues who wrote, by their id in the media room. What they wrote keeps their name when they have left. */
const names = signal<ReadonlyMap<string, string>>(new Map())

/** Takes what arrived, or did not. `name`: of the colleague it is from, where it is known. */
export function hearText(told: TextTold, name: string | undefined): void {
  batch(() => {
    const { participantId: id, role } = told
    if (role === 'caller') callerIds.value = new Set([...callerIds.peek(), id])
    else if (name !== undefined) names.value = new Map([...names.peek(), [id, name]])
    transcript.value = transcriptAfter(transcript.peek(), told)
  })
}

/** Nothing of a call is left for the next one. */
export function forgetText(): void {
  batch(() => {
    transcript.value = EMPTY_TRANSCRIPT
    line.value = ''
    callerIds.value = new Set()
    names.value = new Map()
  })
}

type Props = {
  readonly typing: Typing | null
  /** What is written gets to the citizen now. */
  readonly isOpen: boolean
  /** They came to write: the pane is open at once. */
  readonly isTextCall: boolean
  /** This desk is the citizen's side: a specialist reads it. */
  readonly isWithSpecialist?: boolean
}

export function TextPane({ typing, isOpen, isTextCall, isWithSpecialist = false }: Props): JSX.Element {
  const log = useRef<HTMLDivElement>(null)
  const { lines } = transcript.value
  useEffect(() => {
    if (log.current !== null) log.current.scrollTop = log.current.scrollHeight
  }, [lines])
  const finish = (): void => {
    const text = line.peek().trim()
    if (text === '') return
    transcript.value = transcriptAfter(transcript.peek(), { kind: 'own-line', text })
    line.value = ''
    typing?.finish()
  }
  return (
    <details class="text-pane" open={isTextCall || lines.length > 0}>
      <summary>{isWithSpecialist ? t('beside.write') : t('text.title')}</summary>
      <div ref={log} class="text-log" role="log" aria-label={t('text.log')} tabIndex={0}>
        {lines.map((each) => (
          <Line key={each.id} line={each} />
        ))}
      </div>
      <label>
        {t('text.own')}
        <textarea
          rows={2}
          dir="auto"
          maxLength={LINE_LENGTH_MAX}
          autocomplete="off"
          value={line.value}
          onInput={(event) => {
            line.value = event.currentTarget.value.replaceAll('\n', ' ')
            typing?.write(line.peek())
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.isComposing) return
            event.preventDefault()
            finish()
          }}
        />
      </label>
      <p class="quiet" role="status">
        {!isOpen ? t('text.notOpen') : isWithSpecialist ? t('beside.writeHint') : t('text.hint')}
      </p>
    </details>
  )
}

function Line({ line: { from, text, isDone } }: { line: TranscriptLine }): JSX.Element {
  const colleague = names.value.get(from) ?? t('text.colleague')
  const who = from === OWN ? t('text.you') : callerIds.value.has(from) ? t('text.citizen') : colleague
  const parts = text.split(/(\uFFFD)/).filter((part) => part !== '')
  return (
    <p class={`text-said ${from === OWN ? 'is-own' : ''} ${isDone ? '' : 'is-open'}`}>
      <span class="quiet">{who}</span>
      <span class="text-words" dir="auto">
        {parts.map((part, index) =>
          part === LOSS_MARK ? (
            <mark key={index} class="text-lost">
              {t('text.lost')}
            </mark>
          ) : (
            part
          ),
        )}
      </span>
    </p>
  )
}
