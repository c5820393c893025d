/** Who it will be that answers, as far as it is known. */
import type { Language } from '#server/contract/ids.ts'
import type { WaitingScreen } from './waiting-screen.ts'

export type WhoAnswers =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'speaks'; readonly language: Language }
  | { readonly kind: 'with-interpreter' }
  | { readonly kind: 'signs' }
  | { readonly kind: 'writes' }

type Asked = Pick<WaitingScreen, 'mode' | 'branch' | 'isInterpreterWanted' | 'language'>

/** By way of talking first, then by interpreter, then by language; of Danish nothing is said, because all speak it. */
export function whoAnswers({ mode, branch, isInterpreterWanted, language }: Asked): WhoAnswers {
  if (branch === 'interpreter' || isInterpreterWanted === true) return { kind: 'with-interpreter' }
  if (mode === 'signing') return { kind: 'signs' }
  if (mode === 'text') return { kind: 'writes' }
  return language === 'da' ? { kind: 'anyone' } : { kind: 'speaks', language }
}
