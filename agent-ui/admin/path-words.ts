/** Where something stands in the city's document, in the words of the page as far as it has some. */
import type { CityDifference } from '#server/contract/admin.ts'
import { t } from '../text/language.ts'
import { fieldWords } from './form-fields.ts'
import { nameOf } from './names.ts'
import { sectionWords } from './section-words.ts'

/** A thing by its part and its name, and its id; what no form of the page is for has the words of the document. */
export function thingText({ path, before, after }: Pick<CityDifference, 'path' | 'before' | 'after'>): string {
  const [part = '', id, ...rest] = path
  if (path.length === 4 && path.slice(0, 3).join('.') === 'policy.hours.calendars') {
    return `${t('admin.hours')} › ${path[3]}`
  }
  const words = Object.hasOwn(sectionWords, part) ? t(sectionWords[part as keyof typeof sectionWords]) : part
  if (id === undefined) return words
  const name = part === 'policy' ? id : nameOf(after ?? before, id)
  return [words, name === id ? id : `${name} (${id})`, ...rest].join(' › ')
}

/** A setting of a thing, as `labels.da`. */
export function settingText(path: string): string {
  const [name = '', ...rest] = path.split('.')
  return [Object.hasOwn(fieldWords, name) ? t(fieldWords[name as keyof typeof fieldWords]) : name, ...rest].join(' › ')
}

/** The setting that a fault is about, as `sites.valby-kulturhus.phone`; undefined where the page has no word for it. */
export function faultySetting(path: string): string | undefined {
  const [, , name = ''] = path.split('.')
  return Object.hasOwn(fieldWords, name) ? t(fieldWords[name as keyof typeof fieldWords]) : undefined
}
