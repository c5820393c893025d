/** Looking things up: what is suggested, what is found, and one article at a time. */
import type { JSX } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { KNOWLEDGE_QUESTION_LENGTH_MAX, type ArticleHit, type MarkedText } from '#server/contract/knowledge.ts'
import { Icon } from '../components/icons.tsx'
import { dayText } from '../model/day.ts'
import { formatTag, t } from '../text/language.ts'
import { errorText, languageWords } from '../text/words.ts'
import { ArticlePane, type SendToScreen } from './article-pane.tsx'
import {
  ask,
  faultCode,
  followSubject,
  found,
  isAsking,
  openArticle,
  opened,
  question,
  searchBoxId,
  type,
  type Found,
  type Subject,
} from './knowledge-state.ts'

interface Props {
  readonly subject: Subject
  /** Undefined where there is no screen to send anything to. */
  readonly send?: SendToScreen
  /** The chord that leads to the search box, as assistive technology is told of it. */
  readonly ariaChord: string
}

export function KnowledgePanel({ subject, send, ariaChord }: Props): JSX.Element {
  const { callId, serviceId, matterId, language } = subject
  useEffect(() => followSubject({ callId, serviceId, matterId, language }), [callId, serviceId, matterId, language])
  const lastRead = useRef<string | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const { value: now } = opened
  useLayoutEffect(() => {
    if (now !== null) lastRead.current = now.articleId
    // Back in the list the keyboard is where it was, unless it has gone elsewhere.
    else if (lastRead.current !== null && document.activeElement === document.body) {
      list.current?.querySelector<HTMLElement>(`[data-article="${CSS.escape(lastRead.current)}"]`)?.focus()
    }
  }, [now === null])
  return (
    <div class="knowledge">
      <Search ariaChord={ariaChord} />
      {now === null ? <Results list={list} /> : <ArticlePane now={now} {...(send === undefined ? {} : { send })} />}
    </div>
  )
}

function Search({ ariaChord }: { ariaChord: string }): JSX.Element {
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        ask()
      }}
    >
      <label for={searchBoxId}>{t('knowledge.search')}</label>
      <input
        id={searchBoxId}
        type="search"
        autocomplete="off"
        maxLength={KNOWLEDGE_QUESTION_LENGTH_MAX}
        aria-keyshortcuts={ariaChord}
        value={question.value}
        onInput={(event) => type(event.currentTarget.value)}
      />
    </form>
  )
}

function Results({ list }: { list: { current: HTMLUListElement | null } }): JSX.Element {
  // What was found for other words is no answer where the answer did not come.
  const isOld = faultCode.value !== null && found.value?.question !== (question.value.trim() || null)
  const now = isOld ? null : found.value
  return (
    <div class="knowledge-results" aria-busy={isAsking.value}>
      {faultCode.value !== null && (
        <div class="fault" role="alert">
          <div>
            <p>{t('knowledge.fault')}</p>
            <p>{errorText(faultCode.value)}</p>
            <button type="button" disabled={isAsking.value} onClick={ask}>
              {t('page.tryAgain')}
            </button>
          </div>
        </div>
      )}
      <p class="quiet" role="status">
        {statusText(now)}
      </p>
      {now !== null && now.articles.length > 0 && (
        <ul
          class="knowledge-list"
          ref={list}
          aria-label={now.question === null ? t('knowledge.suggested') : t('knowledge.found')}
        >
          {now.articles.map((hit) => (
            <li key={hit.articleId}>
              <Hit hit={hit} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Read out when it changes: how many there are, or that it takes a moment. */
function statusText(now: Found | null): string {
  if (now === null) return isAsking.value ? t('knowledge.asking') : ''
  const count = now.articles.length
  if (now.question === null) return count === 0 ? t('knowledge.noSuggestions') : t('knowledge.suggested')
  return count === 0 ? t('knowledge.nothing', { question: now.question }) : t('knowledge.count', { count })
}

function Hit({ hit }: { hit: ArticleHit }): JSX.Element {
  const { articleId, language, title, excerpt, ownerName, lastChecked } = hit
  return (
    <button type="button" class="knowledge-hit" data-article={articleId} onClick={() => void openArticle(articleId)}>
      <strong lang={language}>
        <Marked pieces={title} />
      </strong>
      <span lang={language}>
        <Marked pieces={excerpt} />
      </span>
      <small class="quiet">
        {t(languageWords[language])} · {t('knowledge.checked', { date: dayText(lastChecked, formatTag()) })} ·{' '}
        {ownerName}
      </small>
      <Icon name="more" />
    </button>
  )
}

function Marked({ pieces }: { pieces: MarkedText }): JSX.Element {
  return <>{pieces.map(({ text, isMarked }, at) => (isMarked ? <mark key={at}>{text}</mark> : text))}</>
}
