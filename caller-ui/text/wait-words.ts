/** A wait in words, in the language of the screen. */
import type { SaidWait } from '../model/said-wait.ts'
import { t } from './language.ts'

/** A sentence for `wait`, or nothing where none is told. What can be done where it is not known is said by the screen. */
export function waitWords(wait: SaidWait): string {
  switch (wait.kind) {
    case 'untold':
      return ''
    case 'unknown':
      return t('wait.unknown')
    case 'soon':
      return t('wait.soon')
    case 'within':
      return t('wait.within', { minutes: wait.minutes })
    case 'about':
      return t('wait.about', { minutes: wait.minutes })
    case 'range':
      return t('wait.range', { from: wait.from, to: wait.to })
    case 'long':
      return t('wait.long')
  }
}

/** The place in words. `from` and `to` are the same where it is certain. */
export function placeWords({ from, to }: { readonly from: number; readonly to: number }): string {
  return from === to ? t('waiting.position', { position: from }) : t('waiting.position-range', { from, to })
}
