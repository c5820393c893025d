/** In two lines: the best place where somebody sits at a desk, and whom to ring. */
import type { HelpView } from '#server/contract/views.ts'
import { t } from '../text/language.ts'
import { walkWords } from '../text/staffing-words.ts'
import './elsewhere.css'

/** Nothing where the city has told neither. A place is named only while somebody is there: nobody plans a day in a queue. */
export function Elsewhere({ help: { staffing, places, phone } }: { readonly help: HelpView }) {
  const place = places.find((each) => each.staffing.isStaffed)
  const isDeskHere = staffing?.isStaffed === true
  if (place === undefined && phone === null && !isDeskHere) return null
  return (
    <ul class="or-elsewhere">
      {isDeskHere ? <li>{t('place.ask-desk')}</li> : null}
      {place === undefined ? null : (
        <li>
          {t('place.nearest', { name: place.name, address: place.address })} ({walkWords(place.walkM)})
        </li>
      )}
      {phone === null ? null : (
        <li>
          {t('closed.phone')}: <bdi dir="ltr">{phone}</bdi>
        </li>
      )}
    </ul>
  )
}
