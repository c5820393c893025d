/** One article: to be read, copied, sent to the citizen's screen whole or in parts, and said to be wrong. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Language } from '#server/contract/ids.ts'
import { REMARK_LENGTH_MAX, type ArticleView, type RemarkId } from '#server/contract/knowledge.ts'
import { Icon } from '../components/icons.tsx'
import { Blocks, sectionsOf, type Section } from '../components/markdown.tsx'
import { dayText } from '../model/day.ts'
import { formatTag, t } from '../text/language.ts'
import { errorText, languageWords } from '../text/words.ts'
import { closeArticle, openArticle, sayWrong, type Opened } from './knowledge-state.ts'

/** Shows a text in Markdown on the citizen's screen; resolves with whether it was. */
export type SendToScreen = (text: { title: string; body: string; language: Language }) => Promise<boolean>

interface Props {
  readonly now: Opened
  /** Undefined where there is no screen to send anything to. */
  readonly send?: SendToScreen
}

export function ArticlePane({ now, send }: Props): JSX.Element {
  const back = useRef<HTMLButtonElement>(null)
  useEffect(() => back.current?.focus(), [])
  return (
    <div class="article" aria-busy={now.kind === 'loading'}>
      <button type="button" class="plain article-back" ref={back} onClick={closeArticle}>
        <Icon name="back" />
        {t('knowledge.back')}
      </button>
      {now.kind === 'loading' && (
        <p class="quiet" role="status">
          {t('knowledge.opening')}
        </p>
      )}
      {now.kind === 'failed' && (
        <div class="fault" role="alert">
          <div>
            <p>{errorText(now.code)}</p>
            <button type="button" onClick={() => void openArticle(now.articleId)}>
              {t('page.tryAgain')}
            </button>
          </div>
        </div>
      )}
      {now.kind === 'open' && <Article article={now.article} {...(send === undefined ? {} : { send })} />}
    </div>
  )
}

function Article({ article, send }: { article: ArticleView; send?: SendToScreen }): JSX.Element {
  const { title, body, language, ownerName, lastChecked } = article
  const sections = useMemo(() => sectionsOf(body), [body])
  const text = useRef<HTMLDivElement>(null)
  /** What was done last, to be read out: which part, and whether it worked. */
  const said = useSignal('')
  const sendPart = async (markdown: string, done: string): Promise<void> => {
    if (send === undefined) return
    said.value = (await send({ title, body: markdown.trim(), language })) ? done : t('knowledge.notSent')
  }
  const copy = async (): Promise<void> => {
    const words = [...(text.current?.querySelectorAll('h2, h3, .article-text') ?? [])]
      .map((element) => (element as HTMLElement).innerText.trim())
      .join('\n\n')
    try {
      await navigator.clipboard.writeText(words)
      said.value = t('knowledge.copied')
    } catch {
      said.value = t('knowledge.notCopied')
    }
  }
  return (
    <article aria-labelledby="article-title">
      <div class="article-body" ref={text}>
        <h2 id="article-title" lang={language}>
          {title}
        </h2>
        <p class="quiet article-facts">
          {t(languageWords[language])} · {t('knowledge.checked', { date: dayText(lastChecked, formatTag()) })} ·{' '}
          {t('knowledge.owner', { name: ownerName })}
        </p>
        <p class="row article-actions">
          {send !== undefined && (
            <button type="button" class="primary" onClick={() => void sendPart(body, t('knowledge.sent'))}>
              <Icon name="screen" />
              {t('knowledge.send')}
            </button>
          )}
          <button type="button" onClick={() => void copy()}>
            {t('knowledge.copy')}
          </button>
        </p>
        <p class="article-said" role="status">
          {said.value}
        </p>
        {sections.map((section, at) => (
          <SectionOf
            key={at}
            section={section}
            language={language}
            {...(send === undefined || sections.length < 2
              ? {}
              : {
                  onSend: () =>
                    void sendPart(section.markdown, t('knowledge.sentPart', { heading: section.heading ?? title })),
                })}
          />
        ))}
      </div>
      <Wrong article={article} />
    </article>
  )
}

interface SectionProps {
  readonly section: Section
  readonly language: Language
  readonly onSend?: () => void
}

function SectionOf({ section, language, onSend }: SectionProps): JSX.Element {
  const { heading, tokens } = section
  return (
    <section>
      {heading !== null && (
        <div class="article-heading">
          <h3 lang={language}>{heading}</h3>
          {onSend !== undefined && (
            <button type="button" title={t('knowledge.send')} onClick={onSend}>
              <Icon name="screen" />
              <span class="visually-hidden">{t('knowledge.sendPart', { heading })}</span>
            </button>
          )}
        </div>
      )}
      <div class="article-text" lang={language}>
        <Blocks tokens={tokens} />
      </div>
    </section>
  )
}

/** A few words for the owner. What could not be sent stays in the field, and is sent again under the same id. */
function Wrong({ article }: { article: ArticleView }): JSX.Element {
  const words = useSignal('')
  const state = useSignal<'writing' | 'sending' | 'sent' | { readonly code: string }>('writing')
  const remarkId = useRef(crypto.randomUUID())
  const details = useRef<HTMLDetailsElement>(null)
  const summary = useRef<HTMLElement>(null)
  const submit = async (): Promise<void> => {
    if (words.value.trim() === '' || state.value === 'sending') return
    state.value = 'sending'
    const code = await sayWrong(article, remarkId.current as string as RemarkId, words.value.trim())
    if (code !== null) return void (state.value = { code })
    remarkId.current = crypto.randomUUID()
    words.value = ''
    state.value = 'sent'
    if (details.current !== null) details.current.open = false
    summary.current?.focus()
  }
  return (
    <div class="article-wrong">
      <details ref={details}>
        <summary ref={summary}>{t('knowledge.wrong')}</summary>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          <label>
            {t('knowledge.whatIsWrong')}
            <textarea
              rows={3}
              required
              maxLength={REMARK_LENGTH_MAX}
              value={words.value}
              onInput={(event) => (words.value = event.currentTarget.value)}
            />
          </label>
          <p class="quiet">{t('knowledge.wrongGoesTo', { name: article.ownerName })}</p>
          <button type="submit" disabled={words.value.trim() === '' || state.value === 'sending'}>
            {t('knowledge.tellOwner')}
          </button>
        </form>
      </details>
      {typeof state.value === 'object' && (
        <p class="fault" role="alert">
          {errorText(state.value.code)}
        </p>
      )}
      <p class="quiet" role="status">
        {state.value === 'sent' ? t('knowledge.told', { name: article.ownerName }) : ''}
      </p>
    </div>
  )
}
