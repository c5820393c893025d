/** Screens that nobody sees first: fetched while nobody waits, so that the first one is there sooner. */
import { signal } from '@preact/signals'
import type { ComponentType, JSX } from 'preact'

export type Later<Props> = {
  (props: Props): JSX.Element
  /** Fetches the screen now, unless it is there. */
  fetch(): Promise<void>
}

/**
 * The component that `load` brings. Drawn before it is there, it is an empty screen that says that it is busy, and
 * becomes the real one by itself. `load` must not reject: whoever gives it knows what to do when the way breaks.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): Later<Props> {
  const there = signal<ComponentType<Props> | null>(null)
  let fetching: Promise<void> | null = null
  const fetch = (): Promise<void> => {
    fetching ??= load().then((component) => void (there.value = component))
    return fetching
  }
  function Screen(props: Props) {
    const Component = there.value
    if (Component !== null) return <Component {...props} />
    void fetch()
    return <main class="screen" aria-busy="true" />
  }
  return Object.assign(Screen, { fetch })
}
