/** Whom to ring from a phone of one's own: the city, and those who come at night. */
import type { HelpView } from '#server/contract/views.ts'
import { label, t } from '../text/language.ts'

/** Nothing where the city has said no number. A number is read from left to right in every language. */
export function Phones({ help: { phone, emergencyPhones } }: { readonly help: HelpView }) {
  if (phone === null && emergencyPhones.length === 0) return null
  return (
    <dl class="phones">
      {phone === null ? null : <Phone words={t('closed.phone')} number={phone} />}
      {emergencyPhones.map(({ labels, number }) => (
        <Phone key={number} words={label(labels)} number={number} />
      ))}
    </dl>
  )
}

function Phone({ words, number }: { readonly words: string; readonly number: string }) {
  return (
    <div>
      <dt>{words}</dt>
      <dd>
        <bdi dir="ltr">{number}</bdi>
      </dd>
    </div>
  )
}
