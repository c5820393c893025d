/** How well the two can see and hear each other, in words. */
import type { JSX } from 'preact'
import { Icon } from '../components/icons.tsx'
import type { Quality } from '../model/quality.ts'
import { t } from '../text/language.ts'

const words = { good: 'quality.good', weak: 'quality.weak', poor: 'quality.poor' } as const satisfies Record<
  Quality,
  string
>
const tones = { good: 'good', weak: 'busy', poor: 'alarm' } as const satisfies Record<Quality, string>

/** `null` until there is something to judge. */
export function QualityMark({ quality }: { quality: Quality | null }): JSX.Element {
  return (
    <p class={`quality ${quality === null ? 'tone-quiet' : `tone-${tones[quality]}`}`} role="status">
      <Icon name={quality === null || quality === 'good' ? 'signal' : 'warning'} />
      <span>{quality === null ? t('quality.unknown') : t(words[quality])}</span>
    </p>
  )
}
