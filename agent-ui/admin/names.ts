/** What entries are called, in the language of the screen. */
import type { CityPart } from '#server/contract/city-document.ts'
import type { Labels } from '#server/contract/ids.ts'
import { label } from '../text/language.ts'
import type { City } from './admin-state.ts'
import type { Section } from './place.ts'

type Named = {
  readonly name?: string
  readonly labels?: Labels
  readonly site?: string
  readonly centre?: string
}

export type Entries = Readonly<Record<string, unknown>>

/** The entries of a section that has some. */
export function entriesOf(section: Section, { document }: City): Entries {
  if (section === 'hours') return document.policy?.hours?.calendars ?? {}
  return isPart(section) ? document[section] : {}
}

const PARTS: ReadonlySet<string> = new Set<CityPart>([
  'districts',
  'centres',
  'services',
  'matters',
  'sites',
  'kiosks',
  'people',
  'staff',
  'owners',
])

/** Whether a section is a part of the city's document. */
export const isPart = (section: string): section is CityPart => PARTS.has(section)

/** The name of an entry; its id where it has none. */
export function nameOf(entry: unknown, id: string): string {
  if (typeof entry !== 'object' || entry === null) return id
  const { name, labels } = entry as Named
  return name ?? (labels === undefined ? id : label(labels))
}

/** The name in a list: a kiosk is known by where it stands. */
export function listNameOf(section: Section, entry: unknown, id: string, { document }: City): string {
  const { site } = entry as Named
  return section === 'kiosks' && site !== undefined ? nameOf(document.sites[site], site) : nameOf(entry, id)
}

/** What stands beside the name in a list: where it belongs. */
export function detailOf(section: Section, entry: unknown, { document }: City): string {
  const { site: siteId, centre, ...rest } = entry as Named & { address?: string; service?: string; district?: string }
  const site = section === 'kiosks' ? undefined : siteId
  const parts = [
    rest.address,
    rest.district === undefined ? undefined : nameOf(document.districts[rest.district], rest.district),
    rest.service === undefined ? undefined : nameOf(document.services[rest.service], rest.service),
    site === undefined ? undefined : nameOf(document.sites[site], site),
    centre === undefined ? undefined : nameOf(document.centres[centre], centre),
  ]
  return parts.filter((part) => part !== undefined).join(' · ')
}
