/** A newer version of the page is loaded while nobody is there, and an error that nobody caught is not left standing. */
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals'
import { isNobodyThere, type Screen } from '../model/screen.ts'
import type { Orders } from './heartbeat.ts'
import { mayReload, reloadSoon } from './reload.ts'

/** So long must nobody have touched the screen, in ms: somebody may stand before it and read. */
const UNTOUCHED_MS = 30_000

/** The hour of the night at which the page begins anew in any case, by the clock of the machine. */
const NIGHT_HOUR = 4
const HOUR_MS = 3_600_000

type Watched = {
  readonly screen: ReadonlySignal<Screen>
  readonly orders: ReadonlySignal<Orders>
  /** Of this page; empty where it is not known. */
  readonly build: string
}

/** Loads the page again once nobody is there: for a newer version, and once a night. Never in a call. */
export function reloadWhenIdle({ screen, orders, build }: Watched): void {
  const isIdle = computed(() => isNobodyThere(screen.value))
  const isOld = computed(() => build !== '' && orders.value.build !== '' && orders.value.build !== build)
  const startedAt = Date.now()
  effect(() => {
    if (!isIdle.value) return
    const isReloadDue = (): boolean =>
      isOld.value || (Date.now() - startedAt > HOUR_MS && new Date().getHours() === NIGHT_HOUR)
    let timer: ReturnType<typeof setTimeout> | undefined
    const wait = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        // A server that is wrong about its version makes no page unwell.
        if (isReloadDue() && mayReload(sessionStorage)) reloadSoon(location, sessionStorage)
        else wait()
      }, UNTOUCHED_MS)
    }
    wait()
    document.addEventListener('pointerdown', wait)
    document.addEventListener('keydown', wait)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('pointerdown', wait)
      document.removeEventListener('keydown', wait)
    }
  })
}

/** After an error that nobody caught the page begins anew as soon as nobody is there. */
export function reloadAfterErrors(screen: ReadonlySignal<Screen>): void {
  const isBroken = signal(false)
  const note = (): void => void (isBroken.value = true)
  addEventListener('error', note)
  addEventListener('unhandledrejection', note)
  const isFree = computed(() => screen.value.kind === 'loading' || isNobodyThere(screen.value))
  effect(() => (isBroken.value && isFree.value ? reloadSoon(location, sessionStorage) : undefined))
}
