/** The entries of a part of the city, by name: searched, opened, and another one. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { t } from '../text/language.ts'
import type { City } from './admin-state.ts'
import { detailOf, entriesOf, listNameOf } from './names.ts'
import { hrefOf, NEW, type Section } from './place.ts'
import { sectionWords } from './section-words.ts'

/** From so many on they are looked for by words. */
const SEARCHED_FROM = 8

export function EntryList({ section, city }: { section: Section; city: City }): JSX.Element {
  const words = useSignal('')
  const all = Object.entries(entriesOf(section, city)).map(([id, entry]) => {
    return { id, name: listNameOf(section, entry, id, city), detail: detailOf(section, entry, city) }
  })
  const wanted = words.value.trim().toLocaleLowerCase('da')
  const found = all
    .filter((each) => `${each.id} ${each.name} ${each.detail}`.toLocaleLowerCase('da').includes(wanted))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'da'))
  return (
    <section class="card admin-card" aria-labelledby="admin-title">
      <div class="admin-head">
        <h1 id="admin-title" tabIndex={-1}>
          {t(sectionWords[section])}
        </h1>
        <a class="button primary" href={hrefOf({ section, id: NEW })}>
          {t('admin.new')}
        </a>
      </div>
      {all.length >= SEARCHED_FROM && (
        <label class="admin-search">
          {t('admin.search')}
          <input
            type="search"
            value={words.value}
            onInput={({ currentTarget }) => (words.value = currentTarget.value)}
          />
        </label>
      )}
      {found.length === 0 && (
        <p class="quiet" role="status">
          {all.length === 0 ? t('admin.empty') : t('admin.noneFound')}
        </p>
      )}
      <ul class="admin-list">
        {found.map(({ id, name, detail }) => (
          <li key={id}>
            <a href={hrefOf({ section, id })}>
              <strong>{name}</strong>
              {detail !== '' && <span class="quiet">{detail}</span>}
              <code>{id}</code>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
