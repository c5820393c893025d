/** When a place is open and staffed: by the calendars of the policy. */
import type { Signal } from '@preact/signals'
import type { JSX } from 'preact'
import { t } from '../text/language.ts'
import type { City, SiteHours } from './admin-state.ts'

/** Neither: the place has nothing of its own. */
export function SiteHoursInput({ city, hours }: { city: City; hours: Signal<SiteHours | undefined> }): JSX.Element {
  const calendars = Object.keys(city.document.policy?.hours?.calendars ?? {})
  const { hours: open = [], staffed = [] } = hours.value ?? {}
  const set = (nextOpen: readonly string[], nextStaffed: readonly string[]): void => {
    const isAny = nextOpen.length > 0 || nextStaffed.length > 0
    hours.value = isAny ? { hours: nextOpen, ...(nextStaffed.length > 0 ? { staffed: nextStaffed } : {}) } : undefined
  }
  const toggled = (list: readonly string[], id: string): string[] =>
    list.includes(id) ? list.filter((each) => each !== id) : [...list, id]
  const boxes = (list: readonly string[], onToggle: (next: readonly string[]) => void, words: string): JSX.Element => (
    <fieldset class="admin-group">
      <legend>{words}</legend>
      {calendars.map((id) => (
        <label key={id} class="admin-flag">
          <input type="checkbox" checked={list.includes(id)} onChange={() => onToggle(toggled(list, id))} />
          {id}
        </label>
      ))}
    </fieldset>
  )
  return (
    <div class="admin-pair">
      {boxes(open, (next) => set(next, staffed), t('admin.siteOpen'))}
      {boxes(staffed, (next) => set(open, next), t('admin.siteStaffed'))}
    </div>
  )
}
