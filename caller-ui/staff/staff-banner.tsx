/** Who stands beside the citizen, for all three to see; and the way out, which leaves the call to the citizen. */
import type { StaffHere } from '#server/contract/caller-staff.ts'
import { Button } from '../components/button.tsx'
import { t } from '../text/language.ts'
import './staff.css'

type Props = { readonly staff: StaffHere | null; readonly onLeave: () => void }

export function StaffBanner({ staff, onLeave }: Props) {
  if (staff === null) return null
  return (
    <div class="staff-banner">
      <p>{t('employee.beside', { name: staff.firstName, place: staff.placeName })}</p>
      <Button look="quiet" onPress={onLeave}>
        {t('employee.leave')}
      </Button>
    </div>
  )
}
