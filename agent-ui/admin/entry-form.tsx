/** One entry of the city as a form made from its schema: written, checked by the server, saved, or taken away. */
import { useSignal, type Signal } from '@preact/signals'
import type { ComponentChildren, JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Wish } from '#server/contract/admin.ts'
import type { CityPart } from '#server/contract/city-document.ts'
import { Icon } from '../components/icons.tsx'
import { t } from '../text/language.ts'
import { change, type City, type Result, type SiteHours } from './admin-state.ts'
import { FieldInput } from './field-inputs.tsx'
import { faultText } from './fault-text.ts'
import { emptyEntry, fieldsOf } from './form-fields.ts'
import { entriesOf, nameOf } from './names.ts'
import { Outcome } from './outcome.tsx'
import { focusHeading, goTo, hrefOf, isDirty, NEW, place, type Section } from './place.ts'
import { sectionWords } from './section-words.ts'
import { SiteHoursInput } from './site-hours.tsx'

type Changes = Extract<Wish, { changes: unknown }>['changes']

/** What every form of the page is framed by: heading, outcome, save, and take away. */
export function FormFrame(props: {
  readonly section: Section
  /** Null where there is one only. */
  readonly id: string | null
  readonly title: string
  readonly city: City
  readonly isChanged: boolean
  /** What saving changes. Undefined: the form is not whole. */
  readonly changes: () => Changes
  /** What taking it away changes; undefined where it cannot be. */
  readonly removal?: Changes | undefined
  readonly newId?: string
  readonly result: Signal<Result | null>
  readonly children: ComponentChildren
}): JSX.Element {
  const { section, id, title, city, isChanged, changes, removal, newId = '', result, children } = props
  const isBusy = useSignal(false)
  useEffect(() => void (isDirty.value = isChanged), [isChanged])
  const send = async (wanted: Changes, then: string | null): Promise<void> => {
    isBusy.value = true
    result.value = await change({ changes: wanted }, city.version)
    isBusy.value = false
    // Whoever has gone on meanwhile stays where they are.
    const isHere = place.peek().section === section && place.peek().id === id
    if (result.value.kind !== 'done' || !isHere) return
    if (id !== null) goTo({ section, id: then })
    focusHeading()
  }
  return (
    <form
      class="card admin-card admin-form"
      aria-labelledby="admin-title"
      onSubmit={(event) => {
        event.preventDefault()
        void send(changes(), id === NEW ? newId : id)
      }}
    >
      {id !== null && (
        <p>
          <a class="admin-back" href={hrefOf({ section, id: null })}>
            <Icon name="back" /> {t(sectionWords[section])}
          </a>
        </p>
      )}
      <h1 id="admin-title" tabIndex={-1}>
        {title}
      </h1>
      {children}
      <Outcome result={result.value} />
      <div class="admin-actions">
        <button type="submit" class="primary" disabled={isBusy.value || !isChanged}>
          {t('admin.save')}
        </button>
        {isChanged && <span class="quiet">{t('admin.unsaved')}</span>}
      </div>
      {removal !== undefined && id !== NEW && (
        <Removal isBusy={isBusy.value} onRemove={() => void send(removal, null)} />
      )}
    </form>
  )
}

/** Taking something away is said twice. */
function Removal({ isBusy, onRemove }: { readonly isBusy: boolean; readonly onRemove: () => void }): JSX.Element {
  const isAsked = useSignal(false)
  if (!isAsked.value) {
    return (
      <button type="button" class="admin-remove" onClick={() => (isAsked.value = true)}>
        {t('admin.remove')}
      </button>
    )
  }
  return (
    <div class="admin-confirm" role="group" aria-label={t('admin.remove')}>
      <p>{t('admin.removeText')}</p>
      <p class="row">
        <button type="button" disabled={isBusy} onClick={onRemove}>
          {t('admin.removeNow')}
        </button>
        <button type="button" onClick={() => (isAsked.value = false)}>
          {t('admin.keep')}
        </button>
      </p>
    </div>
  )
}

/** The sentences about one field of an entry. */
export function faultsOf(result: Result | null, path: string): string[] {
  if (result?.kind !== 'faults') return []
  return result.faults.filter((fault) => fault.path === path || fault.path.startsWith(`${path}.`)).map(faultText)
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The form of an entry of a part, or of a new one. */
export function EntryForm({ part, id, city }: { part: CityPart; id: string; city: City }): JSX.Element {
  const isNew = id === NEW
  const known = entriesOf(part, city)[id] as Record<string, unknown> | undefined
  const before = known ?? emptyEntry(part)
  const draft = useSignal<Record<string, unknown>>(before)
  const newId = useSignal('')
  const knownHours = part === 'sites' ? city.document.policy?.sites?.[id] : undefined
  const hours = useSignal<SiteHours | undefined>(knownHours)
  const result = useSignal<Result | null>(null)
  const isChanged = newId.value !== '' || !isSame(draft.value, before) || !isSame(hours.value, knownHours)
  const entryId = isNew ? newId.value : id
  const set = (name: string, value: unknown): void => {
    const { [name]: _before, ...rest } = draft.value
    draft.value = value === undefined ? rest : { ...draft.value, [name]: value }
  }
  const changes = (): Changes => [
    { path: [part, entryId], value: draft.value },
    ...(isSame(hours.value, knownHours) ? [] : [{ path: ['policy', 'sites', entryId], value: hours.value ?? null }]),
  ]
  const removal: Changes = [
    { path: [part, id], value: null },
    ...(knownHours === undefined ? [] : [{ path: ['policy', 'sites', id], value: null }]),
  ]
  return (
    <FormFrame
      section={part}
      id={id}
      title={isNew ? t('admin.newOf', { part: t(sectionWords[part]) }) : nameOf(known, id)}
      city={city}
      isChanged={isChanged}
      changes={changes}
      removal={removal}
      newId={newId.value}
      result={result}
    >
      {isNew && <IdInput value={newId} />}
      {fieldsOf(part).map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={draft.value[field.name]}
          city={city}
          faults={faultsOf(result.value, `${part}.${entryId}.${field.name}`)}
          onChange={(value) => set(field.name, value)}
        />
      ))}
      {part === 'sites' && city.document.policy !== undefined && <SiteHoursInput city={city} hours={hours} />}
    </FormFrame>
  )
}

/** The id of what is new: it never changes afterwards. */
export function IdInput({ value }: { readonly value: Signal<string> }): JSX.Element {
  return (
    <div class="admin-field">
      <label for="admin-id">{t('admin.id')}</label>
      <input
        id="admin-id"
        name="id"
        required
        autocomplete="off"
        maxLength={64}
        pattern="[a-z0-9]+([.\-][a-z0-9]+)*"
        aria-describedby="admin-id-hint"
        value={value.value}
        onInput={({ currentTarget }) => (value.value = currentTarget.value)}
      />
      <p class="quiet" id="admin-id-hint">
        {t('admin.idHint')}
      </p>
    </div>
  )
}

/** How long things are kept: one form, of what is there once. */
export function RetentionForm({ city }: { city: City }): JSX.Element {
  const before = city.document.retention as Readonly<Record<string, unknown>>
  const draft = useSignal(before)
  const result = useSignal<Result | null>(null)
  return (
    <FormFrame
      section="retention"
      id={null}
      title={t(sectionWords.retention)}
      city={city}
      isChanged={!isSame(draft.value, before)}
      changes={() => [{ path: ['retention'], value: draft.value }]}
      result={result}
    >
      {fieldsOf('retention').map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={draft.value[field.name]}
          city={city}
          faults={faultsOf(result.value, `retention.${field.name}`)}
          onChange={(value) => (draft.value = { ...draft.value, [field.name]: value })}
        />
      ))}
      <p class="quiet">{t('admin.notesKept')}</p>
    </FormFrame>
  )
}
