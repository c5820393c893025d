/** The telephone numbers that screens show where nobody answers: the city's own, and those for whoever cannot wait. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { PhoneEntry } from '#server/contract/city-document.ts'
import { t } from '../text/language.ts'
import type { City, Result } from './admin-state.ts'
import { faultsOf, FormFrame } from './entry-form.tsx'
import { LabelsInput } from './field-inputs.tsx'
import { sectionWords } from './section-words.ts'

const NOBODYS: PhoneEntry = { kind: 'emergency', number: '', labels: { da: '', en: '' } }

export function PhonesForm({ city }: { city: City }): JSX.Element {
  const before: readonly PhoneEntry[] = city.document.phones
  const phones = useSignal(before)
  const result = useSignal<Result | null>(null)
  const set = (index: number, phone: PhoneEntry): void =>
    void (phones.value = phones.value.map((each, i) => (i === index ? phone : each)))
  const faults = faultsOf(result.value, 'phones')
  return (
    <FormFrame
      section="phones"
      id={null}
      title={t(sectionWords.phones)}
      city={city}
      isChanged={JSON.stringify(phones.value) !== JSON.stringify(before)}
      changes={() => [{ path: ['phones'], value: phones.value }]}
      result={result}
    >
      {phones.value.map((phone, index) => (
        <Phone
          key={index}
          phone={phone}
          onChange={(next) => set(index, next)}
          onDrop={() => (phones.value = phones.value.filter((_each, i) => i !== index))}
        />
      ))}
      <p>
        <button type="button" onClick={() => (phones.value = [...phones.value, NOBODYS])}>
          {t('admin.addPhone')}
        </button>
      </p>
      {faults.length > 0 && <p class="admin-fault">{faults.join('. ')}</p>}
    </FormFrame>
  )
}

type PhoneProps = {
  readonly phone: PhoneEntry
  readonly onChange: (phone: PhoneEntry) => void
  readonly onDrop: () => void
}

function Phone({ phone, onChange, onDrop }: PhoneProps): JSX.Element {
  return (
    <fieldset class="admin-group">
      <legend>{phone.number === '' ? t('admin.newPhone') : phone.number}</legend>
      <div class="admin-pair">
        <label>
          {t('field.phone')}
          <input
            name="number"
            required
            maxLength={20}
            value={phone.number}
            onInput={({ currentTarget }) => onChange({ ...phone, number: currentTarget.value })}
          />
        </label>
        <label>
          {t('field.kind')}
          <select
            name="kind"
            value={phone.kind}
            onChange={({ currentTarget }) =>
              onChange({ ...phone, kind: currentTarget.value === 'contact' ? 'contact' : 'emergency' })
            }
          >
            <option value="contact">{t('admin.phoneContact')}</option>
            <option value="emergency">{t('admin.phoneEmergency')}</option>
          </select>
        </label>
      </div>
      <LabelsInput
        words={t('field.labels')}
        labels={phone.labels}
        faults={[]}
        onChange={(labels = phone.labels) => onChange({ ...phone, labels })}
      />
      <button type="button" aria-label={t('admin.dropPhone', { number: phone.number })} onClick={onDrop}>
        {t('admin.drop')}
      </button>
    </fieldset>
  )
}
