/** Pointing at what is shown: where the hand is, and the line that says how, with what takes it away. */
import { useSignal, type Signal } from '@preact/signals'
import type { JSX } from 'preact'
import type { ShownPlace } from '#server/contract/shown.ts'
import { t } from '../text/language.ts'
import { moveShown } from './show-state.ts'

export type Pointing = {
  readonly pointer: Signal<ShownPlace | null>
  /** Points there, for everybody who sees it; null takes the hand away. */
  readonly point: (place: ShownPlace | null) => void
}

export function usePointing(): Pointing {
  const pointer = useSignal<ShownPlace | null>(null)
  const point = (place: ShownPlace | null): void => {
    pointer.value = place
    moveShown({ pointer: place })
  }
  return { pointer, point }
}

export function PointingHint({ words, pointing }: { words: string; pointing: Pointing }): JSX.Element {
  return (
    <p class="row show-pointing">
      <span class="quiet">{words}</span>
      {pointing.pointer.value !== null && (
        <button type="button" class="plain" onClick={() => pointing.point(null)}>
          {t('show.noPointer')}
        </button>
      )}
    </p>
  )
}
