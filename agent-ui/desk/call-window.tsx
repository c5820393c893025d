/** What is in the window that the pictures of a call are in. */
import { computed, effect, untracked } from '@preact/signals'
import { render } from 'preact'
import type { JSX } from 'preact'
import { language, t } from '../text/language.ts'
import { callWindow, closeCallWindow } from './call-window-state.ts'
import { view } from './desk-state.ts'
import { listenForShortcuts } from './shortcuts.ts'
import { Controls, Pictures } from './stage.tsx'

const workKind = computed(() => view.value?.work.kind ?? null)

/** Draws the window as long as there is one, and closes it with the call. Once for the page. */
export function followCallWindow(): void {
  effect(() => {
    const { value: opened } = callWindow
    if (opened === null) return undefined
    const { document: target } = opened
    const place = target.createElement('div')
    target.body.append(place)
    target.body.className = 'call-window'
    listenForShortcuts(target)
    untracked(() => render(<CallWindow />, place))
    return () => render(null, place)
  })
  effect(() => {
    const target = callWindow.value?.document
    if (target === undefined) return
    const work = view.value?.work
    target.documentElement.lang = language.value
    target.title = work?.kind === 'in-call' ? t('title.inCall', { site: work.call.siteName }) : t('title.desk')
  })
  effect(() => {
    // It is opened in the press that takes the call, a moment before the call is there.
    if (workKind.value !== 'in-call' && workKind.value !== 'offered') closeCallWindow(false)
  })
  window.addEventListener('pagehide', () => closeCallWindow(false))
}

function CallWindow(): JSX.Element {
  const work = view.value?.work
  return (
    <main class="stage">
      {work?.kind === 'in-call' && (
        <>
          <h1 class="visually-hidden">{t('title.inCall', { site: work.call.siteName })}</h1>
          <Pictures call={work.call} />
          <Controls call={work.call} />
        </>
      )}
    </main>
  )
}
