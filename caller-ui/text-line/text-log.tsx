/** What has been written: one's own on one side, that of the others on the other, each with who wrote it. */
import { useEffect, useRef } from 'preact/hooks'
import { LOSS_MARK } from '#sfu/client/real-time-text/t140.ts'
import { OWN, type Transcript, type TranscriptLine } from '#sfu/client/real-time-text/transcript.ts'
import { t } from '../text/language.ts'

type Props = {
  readonly transcript: Transcript
  /** How the person with this id in the media room is called. */
  readonly nameOf: (participantId: string) => string
  /** Stands there as long as nobody has written. */
  readonly beginning: string
}

export function TextLog({ transcript, nameOf, beginning }: Props) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The newest is at the end.
    if (box.current !== null) box.current.scrollTop = box.current.scrollHeight
  }, [transcript])
  const done = transcript.lines.filter(({ isDone }) => isDone)
  const open = transcript.lines.filter(({ isDone }) => !isDone)
  return (
    <div ref={box} class="text-log" tabIndex={0} role="group" aria-label={t('text-line.log')}>
      {transcript.lines.length === 0 ? <p class="nothing">{beginning}</p> : null}
      {/* Read out when a line is done: letter by letter nobody could follow. */}
      <div role="log" aria-label={t('text-line.log')}>
        {done.map((line) => (
          <Line key={line.id} line={line} nameOf={nameOf} />
        ))}
      </div>
      <div aria-live="off">
        {open.map((line) => (
          <Line key={line.id} line={line} nameOf={nameOf} />
        ))}
      </div>
    </div>
  )
}

function Line({ line, nameOf }: { readonly line: TranscriptLine; readonly nameOf: Props['nameOf'] }) {
  return (
    <p class={line.from === OWN ? 'said own' : line.isDone ? 'said' : 'said now'}>
      <span class="said-by">{byWhom(line, nameOf)}</span>
      <span class="said-text" dir="auto">
        {partsOf(line.text).map((part, index) =>
          part === LOSS_MARK ? (
            <span key={index} class="said-lost">
              {t('text-line.lost')}
            </span>
          ) : (
            part
          ),
        )}
      </span>
    </p>
  )
}

function byWhom({ from, isDone }: TranscriptLine, nameOf: Props['nameOf']): string {
  if (from === OWN) return t('text-line.own')
  return t(isDone ? 'text-line.wrote' : 'text-line.writes', { name: nameOf(from) })
}

/** The text in pieces, each mark of a loss a piece of its own. */
const partsOf = (text: string): string[] => text.split(/(\uFFFD)/).filter((part) => part !== '')
