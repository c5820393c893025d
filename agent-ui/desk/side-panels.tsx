/** What stands beside the conversation, one panel at a time: tabs as the ARIA practices describe them. */
import { signal } from '@preact/signals'
import type { JSX, TargetedKeyboardEvent } from 'preact'
import { Icon, type IconName } from '../components/icons.tsx'
import { t } from '../text/language.ts'

export interface SidePanel {
  readonly id: string
  readonly label: string
  readonly icon: IconName
  readonly content: JSX.Element
}

/** The panel that is seen. It stays so from call to call: whoever works with articles finds them there again. */
export const shownPanel = signal('call')

/** Draws one of `panels`, and a row of tabs where there are several. Those that are not seen keep what was begun in them. */
export function SidePanels({ panels }: { panels: readonly SidePanel[] }): JSX.Element {
  const shown = panels.some(({ id }) => id === shownPanel.value) ? shownPanel.value : panels[0]?.id
  return (
    <>
      {panels.length > 1 && (
        <div class="side-tabs" role="tablist" aria-label={t('side.panels')} onKeyDown={moveAlong}>
          {panels.map(({ id, label, icon }) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`side-tab-${id}`}
              aria-selected={id === shown}
              aria-controls={`side-panel-${id}`}
              tabIndex={id === shown ? 0 : -1}
              onClick={() => (shownPanel.value = id)}
            >
              <Icon name={icon} />
              {label}
            </button>
          ))}
        </div>
      )}
      {panels.map(({ id, content }) => (
        <div
          key={id}
          class="side-panel"
          role={panels.length > 1 ? 'tabpanel' : undefined}
          id={`side-panel-${id}`}
          aria-labelledby={panels.length > 1 ? `side-tab-${id}` : undefined}
          hidden={id !== shown}
        >
          {content}
        </div>
      ))}
    </>
  )
}

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** The arrows choose among the tabs; the tabulator goes on to what is in the panel. */
function moveAlong(event: TargetedKeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key]
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')]
  const at = tabs.findIndex((tab) => tab === document.activeElement)
  if (step === undefined || at === -1) return
  event.preventDefault()
  const next = tabs[step(at, tabs.length)]
  next?.focus()
  next?.click()
}
