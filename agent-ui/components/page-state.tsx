/** What stands on a page of figures in the place of what is not there: it is on its way, did not come, or there is none. */
import type { JSX } from 'preact'
import { t } from '../text/language.ts'
import { Icon } from './icons.tsx'

/** It is on its way. */
export function Loading({ words }: { readonly words: string }): JSX.Element {
  return (
    <div class="card figures-state" role="status" aria-busy="true">
      <span class="spinner" aria-hidden="true" />
      <p>{words}</p>
    </div>
  )
}

interface FailedProps {
  /** Of the refusal; `no-answer` where nothing came back. */
  readonly code: string
  readonly words: string
  readonly onAgain: () => void
}

/** It did not come, why, and once more. */
export function Failed({ code, words, onAgain }: FailedProps): JSX.Element {
  return (
    <div class="card figures-state" role="alert">
      <Icon name={code === 'no-answer' ? 'offline' : 'warning'} />
      <p>{words}</p>
      <button type="button" onClick={onAgain}>
        {t('page.tryAgain')}
      </button>
    </div>
  )
}

/** There is none. */
export function Nothing({ words }: { readonly words: string }): JSX.Element {
  return (
    <div class="card figures-state" role="status">
      <Icon name="clock" />
      <p>{words}</p>
    </div>
  )
}
