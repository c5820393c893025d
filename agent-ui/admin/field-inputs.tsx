/** One input for each kind of field, with its label; what is wrong with it stands below it. */
import type { ComponentChildren, JSX } from 'preact'
import { useId } from 'preact/hooks'
import type { CityPart } from '#server/contract/city-document.ts'
import { LANGUAGES, type Labels } from '#server/contract/ids.ts'
import { skillText } from '../text/attribute-text.ts'
import { t } from '../text/language.ts'
import { languageWords } from '../text/words.ts'
import type { City } from './admin-state.ts'
import { fieldWords, type Field } from './form-fields.ts'
import { MapPoint } from './map-point.tsx'
import { nameOf } from './names.ts'

export type InputProps = {
  readonly field: Field
  readonly value: unknown
  readonly city: City
  /** What is wrong with it; empty where nothing is. */
  readonly faults: readonly string[]
  /** Undefined: it is not there. */
  readonly onChange: (value: unknown) => void
}

/** The input of a field. */
export function FieldInput(props: InputProps): JSX.Element {
  const { field, value, city, onChange } = props
  switch (field.kind) {
    case 'text':
      return <TextInput {...props} />
    case 'number':
      return <NumberInput {...props} />
    case 'flag':
      return (
        <label class="admin-flag">
          <input type="checkbox" checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
          {t(fieldWords[field.name])}
        </label>
      )
    case 'choice':
      return <Choice {...props} options={Object.entries(field.words).map(([id, words]) => [id, t(words)])} />
    case 'reference': {
      const entries = Object.entries(city.document[field.part])
      const options = entries.map(([id, entry]): [string, string] => [id, nameOf(entry, id)])
      return <Choice {...props} options={options.toSorted(([, a], [, b]) => a.localeCompare(b, 'da'))} />
    }
    case 'labels':
      return (
        <LabelsInput
          words={t(fieldWords[field.name])}
          labels={(value as Labels | undefined) ?? NO_WORDS}
          isOptional={!field.isRequired}
          faults={props.faults}
          onChange={onChange}
        />
      )
    case 'point':
      return <MapPoint {...props} />
    case 'skills':
      return <SkillsInput {...props} />
    case 'references':
      return <ReferencesInput {...props} part={field.part} />
  }
}

const NO_WORDS: Labels = { da: '', en: '' }

type LabelledProps = InputProps & {
  readonly children: (attributes: {
    id: string
    'aria-invalid': boolean
    'aria-describedby'?: string
  }) => ComponentChildren
}

function Labelled({ field, faults, children }: LabelledProps): JSX.Element {
  const id = useId()
  const isWrong = faults.length > 0
  return (
    <div class="admin-field">
      <label for={id}>
        {t(fieldWords[field.name])}
        {!field.isRequired && <span class="quiet"> {t('admin.optional')}</span>}
      </label>
      {children({ id, 'aria-invalid': isWrong, ...(isWrong ? { 'aria-describedby': `${id}-fault` } : {}) })}
      {isWrong && (
        <p class="admin-fault" id={`${id}-fault`}>
          {faults.join('. ')}
        </p>
      )}
    </div>
  )
}

function TextInput(props: InputProps): JSX.Element {
  const { field, value, onChange } = props
  return (
    <Labelled {...props}>
      {(attributes) => (
        <input
          {...attributes}
          name={field.name}
          required={field.isRequired}
          maxLength={120}
          value={String(value ?? '')}
          onInput={({ currentTarget }) =>
            onChange(currentTarget.value === '' && !field.isRequired ? undefined : currentTarget.value)
          }
        />
      )}
    </Labelled>
  )
}

function NumberInput(props: InputProps): JSX.Element {
  const { field, value, onChange } = props
  const { min, max, isWhole } = field.kind === 'number' ? field : { min: undefined, max: undefined, isWhole: true }
  return (
    <Labelled {...props}>
      {(attributes) => (
        <input
          {...attributes}
          name={field.name}
          type="number"
          class="admin-number"
          required={field.isRequired}
          {...(min === undefined ? {} : { min })}
          {...(max === undefined ? {} : { max })}
          step={isWhole ? 1 : 'any'}
          value={value === undefined ? '' : String(value)}
          onInput={({ currentTarget }) =>
            onChange(currentTarget.value === '' ? undefined : currentTarget.valueAsNumber)
          }
        />
      )}
    </Labelled>
  )
}

function Choice(props: InputProps & { readonly options: readonly (readonly [string, string])[] }): JSX.Element {
  const { field, value, options, onChange } = props
  const chosen = String(value ?? '')
  return (
    <Labelled {...props}>
      {(attributes) => (
        <select
          {...attributes}
          name={field.name}
          required={field.isRequired}
          value={chosen}
          onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
        >
          {(chosen === '' || !field.isRequired) && <option value="">{t('admin.none')}</option>}
          {options.map(([id, words]) => (
            <option key={id} value={id}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}

type LabelsProps = {
  /** What it is the name of. */
  readonly words: string
  readonly labels: Labels
  /** Where Danish and English are empty, it is not there. */
  readonly isOptional?: boolean
  readonly faults: readonly string[]
  readonly onChange: (labels: Labels | undefined) => void
}

/** Danish and English always; the other languages below them, as far as somebody has said it. */
export function LabelsInput({ words, labels, isOptional = false, faults, onChange }: LabelsProps): JSX.Element {
  const isThere = Object.values(labels).some((each) => each !== '')
  const input = (language: (typeof LANGUAGES)[number]): JSX.Element => (
    <label key={language} lang={language}>
      <span lang={document.documentElement.lang}>{t(languageWords[language])}</span>
      <input
        name={`label-${language}`}
        dir="auto"
        required={(language === 'da' || language === 'en') && (isThere || !isOptional)}
        maxLength={120}
        value={labels[language] ?? ''}
        onInput={({ currentTarget }) => {
          const { value } = currentTarget
          const isKept = value !== '' || language === 'da' || language === 'en'
          const others = Object.entries(labels).filter(([each]) => each !== language)
          const next = isKept ? { ...labels, [language]: value } : (Object.fromEntries(others) as Labels)
          onChange(isOptional && Object.values(next).every((each) => each === '') ? undefined : next)
        }}
      />
    </label>
  )
  const [danish, english, ...others] = LANGUAGES
  return (
    <fieldset class="admin-group">
      <legend>
        {words}
        {isOptional && <span class="quiet"> {t('admin.optional')}</span>}
      </legend>
      <div class="admin-pair">
        {input(danish)}
        {input(english)}
      </div>
      <details>
        <summary>
          {t('admin.otherLanguages', { count: others.filter((each) => labels[each] !== undefined).length })}
        </summary>
        <div class="admin-pair">{others.map(input)}</div>
      </details>
      {faults.length > 0 && <p class="admin-fault">{faults.join('. ')}</p>}
    </fieldset>
  )
}

const LEVELS = [1, 2, 3, 4, 5] as const

/** Each attribute of the policy at a level, or not at all. */
function SkillsInput({ field, value, city, faults, onChange }: InputProps): JSX.Element {
  const skills = value as Readonly<Record<string, number>>
  const attributes = Object.keys(city.document.policy?.attributes ?? skills)
  return (
    <fieldset class="admin-group">
      <legend>{t(fieldWords[field.name])}</legend>
      <div class="admin-skills">
        {attributes.map((attribute) => (
          <label key={attribute}>
            {skillText(attribute, city.document.services[attribute]?.labels ?? null)}
            <select
              name={`skill-${attribute}`}
              value={String(skills[attribute] ?? '')}
              onChange={({ currentTarget }) => {
                const { [attribute]: _before, ...rest } = skills
                onChange(currentTarget.value === '' ? rest : { ...rest, [attribute]: Number(currentTarget.value) })
              }}
            >
              <option value="">–</option>
              {LEVELS.map((level) => (
                <option key={level} value={level}>
                  {t('admin.level', { level })}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      {faults.length > 0 && <p class="admin-fault">{faults.join('. ')}</p>}
    </fieldset>
  )
}

/** Entries of a part, each of which is one of them or not. */
function ReferencesInput({ field, value, city, faults, part, onChange }: InputProps & { part: CityPart }): JSX.Element {
  const chosen = value as readonly string[]
  const entries = Object.entries(city.document[part]).map(([id, entry]): [string, string] => [id, nameOf(entry, id)])
  const set = (id: string, isOne: boolean): void =>
    onChange(isOne ? [...chosen, id] : chosen.filter((each) => each !== id))
  return (
    <fieldset class="admin-group">
      <legend>{t(fieldWords[field.name])}</legend>
      <div class="admin-some">
        {entries
          .toSorted(([, a], [, b]) => a.localeCompare(b, 'da'))
          .map(([id, name]) => (
            <label key={id} class="admin-flag">
              <input
                type="checkbox"
                name={`${field.name}-${id}`}
                checked={chosen.includes(id)}
                onChange={({ currentTarget }) => set(id, currentTarget.checked)}
              />
              {name}
            </label>
          ))}
      </div>
      {faults.length > 0 && <p class="admin-fault">{faults.join('. ')}</p>}
    </fieldset>
  )
}
