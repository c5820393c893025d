/** What somebody chose, on the root of the page: the style sheets do the rest. */
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals'
import type { ComfortChoices } from '../session/comfort-choices.ts'

const isDeviceHigh = watched('(prefers-contrast: more)')

/** On its side the glass has no lower part to go to. */
export const isUpright = watched('(orientation: portrait)')

function watched(query: string): ReadonlySignal<boolean> {
  const list = matchMedia(query)
  const isMatching = signal(list.matches)
  list.addEventListener('change', ({ matches }) => (isMatching.value = matches))
  return isMatching
}

/** Whether the strongest contrast is shown: as chosen here, else as the device is set. */
export const isContrastHigh = (comfort: ComfortChoices): boolean =>
  comfort.chosen.value.isContrastHigh ?? isDeviceHigh.value

/** Keeps the root's attributes as `comfort` says, and counts every touch of glass or keys there. */
export function applyComfort(comfort: ComfortChoices): void {
  const { dataset } = document.documentElement
  show(
    'textSize',
    computed(() => comfort.chosen.value.textSize),
  )
  show(
    'contrast',
    computed(() => (isContrastHigh(comfort) ? 'high' : 'usual')),
  )
  show(
    'reach',
    computed(() => (comfort.chosen.value.isLow ? 'low' : 'usual')),
  )
  for (const kind of ['pointerdown', 'keydown'] as const) {
    addEventListener(kind, comfort.touch, { capture: true, passive: true })
  }

  function show(name: string, value: ReadonlySignal<string>): void {
    effect(() => {
      // Written again for each person: between two of them the root is swept.
      void comfort.forgotten.value
      dataset[name] = value.value
    })
  }
}
