/** What was said against articles: for supervisors all of it, for an agent what is theirs to put right. */
import type { JSX } from 'preact'
import type { RemarkView } from '#server/contract/knowledge.ts'
import { formatTag, t } from '../text/language.ts'
import { errorText } from '../text/words.ts'
import { useRemarks } from './remarks-state.ts'

interface Props {
  /** An agent without any is not bothered with an empty list. */
  readonly isHiddenWhenEmpty?: boolean
}

export function RemarksCard({ isHiddenWhenEmpty = false }: Props): JSX.Element | null {
  const { now, askAgain, finish } = useRemarks()
  const { remarks, isAsking, faultCode } = now
  if (isHiddenWhenEmpty && (remarks === null || remarks.length === 0)) return null
  return (
    <section class="card board-card remarks-card" aria-labelledby="remarks-title" aria-busy={isAsking}>
      <header class="remarks-head">
        <h2 id="remarks-title">{t('remarks.title')}</h2>
        <button type="button" disabled={isAsking} onClick={() => void askAgain()}>
          {t('remarks.askAgain')}
        </button>
      </header>
      {faultCode !== null && (
        <p class="fault" role="alert">
          {errorText(faultCode)}
        </p>
      )}
      {remarks === null && isAsking && <p role="status">{t('remarks.asking')}</p>}
      {remarks !== null && remarks.length === 0 && <p class="quiet">{t('remarks.none')}</p>}
      {remarks !== null && remarks.length > 0 && (
        <ul class="remarks-list" aria-labelledby="remarks-title">
          {remarks.map((remark) => (
            <Remark
              key={remark.remarkId}
              remark={remark}
              isAsking={isAsking}
              onDone={() => void finish(remark.remarkId)}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

function Remark({
  remark,
  isAsking,
  onDone,
}: {
  remark: RemarkView
  isAsking: boolean
  onDone: () => void
}): JSX.Element {
  const { articleTitle, words, saidByName, saidAt, ownerName, done } = remark
  const date = new Intl.DateTimeFormat(formatTag(), { dateStyle: 'medium', timeZone: 'Europe/Copenhagen' }).format(
    saidAt,
  )
  return (
    <li>
      <div>
        <strong>{articleTitle}</strong>
        <p class="remark-words">{words}</p>
        <p class="quiet">{t('remarks.facts', { name: saidByName, date, owner: ownerName })}</p>
      </div>
      {done === null ? (
        <button type="button" disabled={isAsking} onClick={onDone}>
          {t('remarks.done')}
          <span class="visually-hidden"> ({articleTitle})</span>
        </button>
      ) : (
        <p class="quiet">{t('remarks.doneBy', { name: done.byName })}</p>
      )}
    </li>
  )
}
