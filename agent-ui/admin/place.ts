/** Where on the page of administrators somebody is, which the address says; and what is not saved is not left by chance. */
import { signal } from '@preact/signals'

export const SECTIONS = [
  'sites',
  'kiosks',
  'hours',
  'services',
  'matters',
  'people',
  'staff',
  'owners',
  'centres',
  'districts',
  'phones',
  'retention',
  'policy',
  'text',
  'changes',
] as const
export type Section = (typeof SECTIONS)[number]

/** `id`: of the entry that is open; `NEW` one that is not there yet; null the list. */
export type Place = { readonly section: Section; readonly id: string | null }
export const NEW = '+'

export const place = signal<Place>(placeIn(location.hash))
/** Whether something was written that is not saved. */
export const isDirty = signal(false)
/** Where somebody wants to go who has not saved: they are asked first. */
export const wanted = signal<Place | null>(null)

function placeIn(hash: string): Place {
  const [name, id = null] = hash.replace(/^#/, '').split('/')
  return { section: SECTIONS.find((section) => section === name) ?? 'sites', id }
}

/** The address of a place, for links. */
export const hrefOf = ({ section, id }: Place): string => `#${section}${id === null ? '' : `/${id}`}`

/** Follows links and the way back of the browser. */
export function followAddress(): void {
  addEventListener('hashchange', () => {
    const next = placeIn(location.hash)
    if (hrefOf(next) === hrefOf(place.peek())) return
    if (!isDirty.peek()) {
      place.value = next
      return
    }
    wanted.value = next
    history.replaceState(null, '', hrefOf(place.peek()))
  })
  addEventListener('beforeunload', (event) => {
    if (isDirty.peek()) event.preventDefault()
  })
}

/** Goes there without asking: what was written is saved, or let go of. */
export function goTo(next: Place): void {
  isDirty.value = false
  wanted.value = null
  if (hrefOf(next) !== hrefOf(place.peek())) history.pushState(null, '', hrefOf(next))
  place.value = next
}

/** Whoever goes on reads on from the heading: what they pressed is gone once the page is drawn. */
export function focusHeading(): void {
  requestAnimationFrame(() => document.getElementById('admin-title')?.focus())
}
