/** The staffed places around here, by the numbers they have on the map: how far, where, and when somebody is there. */
import type { Instant } from '#server/contract/ids.ts'
import type { PlaceView } from '#server/contract/views.ts'
import { t } from '../text/language.ts'
import { staffingWords, walkWords } from '../text/staffing-words.ts'

type Props = { readonly places: readonly PlaceView[]; readonly now: Instant }

export function PlaceList({ places, now }: Props) {
  return (
    <ol class="place-list" aria-label={t('closed.places')}>
      {places.map((place) => (
        <li key={place.siteId}>
          <strong>{place.name}</strong>
          <span>{place.address}</span>
          <span>{walkWords(place.walkM)}</span>
          <span class={place.staffing.isStaffed ? 'staffed' : ''}>{staffingWords(place.staffing, now)}</span>
        </li>
      ))}
    </ol>
  )
}
