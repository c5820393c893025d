/** What is looked up beside a call: the question, what was found, and the article that is open. One for the page. */
import { effect, signal } from '@preact/signals'
import type { Language, MatterId, ServiceId } from '#server/contract/ids.ts'
import type { ArticleHit, ArticleId, ArticleView, KnowledgeReply, RemarkId } from '#server/contract/knowledge.ts'
import { becomeSignedOut } from '../session/account.ts'
import { callApi } from '../session/api.ts'

/** What a call is about; without one nothing of it is known. */
export interface Subject {
  readonly callId: string | null
  readonly serviceId: ServiceId | null
  readonly matterId: MatterId | null
  readonly language: Language | null
}

export interface Found {
  /** What was asked; null for what is suggested before anything is. */
  readonly question: string | null
  readonly articles: readonly ArticleHit[]
}

/** As the agent types it. */
export const question = signal('')
/** What came back last; it stays while the next is on its way. */
export const found = signal<Found | null>(null)
export const isAsking = signal(false)
/** Why the last answer did not come; null where it did. */
export const faultCode = signal<string | null>(null)

export type Opened =
  | { readonly kind: 'loading'; readonly articleId: ArticleId }
  | { readonly kind: 'failed'; readonly articleId: ArticleId; readonly code: string }
  | { readonly kind: 'open'; readonly articleId: ArticleId; readonly article: ArticleView }

/** The article that is read; null where the list is. */
export const opened = signal<Opened | null>(null)

/** Long enough that a word is typed in one go, short enough that nobody waits for it. */
const TYPING_MS = 150

const subject = signal<Subject>({ callId: null, serviceId: null, matterId: null, language: null })
let askedCount = 0
let timer: ReturnType<typeof setTimeout> | undefined

/** Follows the call that is on the desk: a new one begins with what is suggested for it. */
export function followSubject(now: Subject): void {
  const before = subject.peek()
  const isNewCall = now.callId !== null && now.callId !== before.callId
  const isSame = !isNewCall && now.serviceId === before.serviceId && now.matterId === before.matterId
  subject.value = now
  if (isNewCall) {
    question.value = ''
    opened.value = null
  }
  if (found.peek() === null || !isSame) ask()
}

/** The words have changed: asks when the typing pauses. */
export function type(words: string): void {
  question.value = words
  opened.value = null
  clearTimeout(timer)
  timer = setTimeout(ask, TYPING_MS)
}

/** Asks at once for what is typed, or for suggestions where nothing is. */
export function ask(): void {
  clearTimeout(timer)
  const words = question.peek().trim()
  const { serviceId, matterId, language } = subject.peek()
  const settings = new URLSearchParams()
  if (words !== '') settings.set('q', words)
  else {
    if (serviceId !== null) settings.set('serviceId', serviceId)
    if (matterId !== null) settings.set('matterId', matterId)
  }
  if (language !== null) settings.set('language', language)
  const path = `/knowledge${words === '' ? '/suggestions' : ''}?${settings.toString()}`
  const number = (askedCount += 1)
  isAsking.value = true
  void callApi<KnowledgeReply>('GET', path).then((outcome) => {
    // A later question was asked meanwhile: this answer is nobody's any more.
    if (number !== askedCount) return
    isAsking.value = false
    faultCode.value = outcome.ok ? null : outcome.code
    if (outcome.ok) found.value = { question: words === '' ? null : words, articles: outcome.reply.articles }
    else if (outcome.code === 'not-signed-in') becomeSignedOut()
  })
}

/** Opens an article, or tries again. */
export async function openArticle(articleId: ArticleId): Promise<void> {
  opened.value = { kind: 'loading', articleId }
  const outcome = await callApi<ArticleView>('GET', `/knowledge/articles/${articleId}`)
  if (opened.peek()?.articleId !== articleId) return
  if (outcome.ok) opened.value = { kind: 'open', articleId, article: outcome.reply }
  else if (outcome.code === 'not-signed-in') becomeSignedOut()
  else opened.value = { kind: 'failed', articleId, code: outcome.code }
}

/** Back to the list. */
export function closeArticle(): void {
  opened.value = null
}

/** Tells the owner what is wrong with an article. Resolves with null when it is kept, else with why not. */
export async function sayWrong(article: ArticleView, remarkId: RemarkId, words: string): Promise<string | null> {
  const { articleId, version } = article
  const outcome = await callApi('POST', `/knowledge/articles/${articleId}/remarks`, { remarkId, version, words })
  if (!outcome.ok && outcome.code === 'not-signed-in') becomeSignedOut()
  return outcome.ok ? null : outcome.code
}

/** Asks again by itself when the server is back. Once for the page. */
export function askAgainWhenBack(isOnline: () => boolean): void {
  let wasOnline = true
  effect(() => {
    const is = isOnline()
    if (is && !wasOnline && faultCode.peek() !== null) ask()
    wasOnline = is
  })
}

/** Where the words are typed, as long as it is on the page. */
export const searchBoxId = 'knowledge-search'

/** The next time the list is drawn, the search box is where the keyboard is. */
export function focusSearch(): void {
  closeArticle()
  // The panel may have been hidden until now.
  requestAnimationFrame(() => {
    const box = document.getElementById(searchBoxId)
    if (!(box instanceof HTMLInputElement)) return
    box.focus()
    box.select()
  })
}
