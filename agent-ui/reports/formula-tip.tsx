/**
 * The formula of a figure beside its name: on hover and on focus, over everything, closed by Escape, and read aloud as the
 * description of what it belongs to.
 */
import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { ComponentChildren, JSX } from 'preact'
import type { ReportReply } from '#server/contract/reports.ts'
import { t } from '../text/language.ts'
import type { ReportColumn } from './report-columns.ts'

/** The formula in words or in the server's signs. */
export function formulaText({ definitions }: Pick<ReportReply, 'definitions'>, { key, formula }: ReportColumn): string {
  if (formula !== null) return t(formula)
  return `${key} = ${definitions.find(({ name }) => name === key)?.formula ?? '?'}`
}

interface WithFormulaProps {
  readonly formula: string
  readonly class?: string
  readonly onClick?: () => void
  readonly children: ComponentChildren
}

interface Place {
  readonly left: number
  readonly top: number
}

/** As wide as the style sheet makes it, so that it stays inside of the window. */
const TIP_WIDTH_PX = 300

/** A button that says how its figure is worked out. Pressing it does what `onClick` does. */
export function WithFormula({ formula, class: name, onClick, children }: WithFormulaProps): JSX.Element {
  const id = useId()
  const place = useSignal<Place | null>(null)
  const show = (at: Element): void => {
    const box = at.getBoundingClientRect()
    const left = Math.max(8, Math.min(box.left, window.innerWidth - TIP_WIDTH_PX - 8))
    place.value = { left, top: box.bottom }
  }
  const hide = (): void => void (place.value = null)
  const { value } = place
  return (
    <span
      class="with-formula"
      onMouseEnter={(event) => show(event.currentTarget)}
      onMouseLeave={hide}
      onFocusIn={(event) => show(event.currentTarget)}
      onFocusOut={hide}
      onKeyDown={(event) => event.key === 'Escape' && hide()}
    >
      <button type="button" class={name ?? ''} aria-describedby={id} onClick={onClick}>
        {children}
      </button>
      <span
        id={id}
        role="tooltip"
        // The description of the button: not a second time, as a part of the heading that the button is in.
        aria-hidden="true"
        class={`formula-tip ${value === null ? '' : 'is-shown'}`}
        style={value === null ? {} : { left: `${value.left}px`, top: `${value.top}px` }}
      >
        {formula}
      </span>
    </span>
  )
}
