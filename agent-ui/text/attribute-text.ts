/** The words for what somebody can. */
import type { Labels } from '#server/contract/ids.ts'
import { serviceLabelsOf, type NamedQueue } from '../model/attributes.ts'
import { label, t } from './language.ts'
import { languageWords } from './words.ts'

/** Attributes that are neither a service nor a language of the screens, and that every policy may have. */
const otherWords: Readonly<Record<string, string>> = { ...languageWords, dts: 'attribute.dts' }

/** The name of an attribute, where `labels` are those of the service it is about; where nothing tells it, the policy's own word. */
export function skillText(attribute: string, labels: Labels | null): string {
  const words = otherWords[attribute]
  if (words !== undefined) return t(words)
  return labels === null ? attribute : label(labels)
}

/** The same, named by the queues that a page knows. */
export function attributeText(attribute: string, queues: readonly NamedQueue[]): string {
  return skillText(attribute, serviceLabelsOf(attribute, queues))
}

const levelWords = ['level.1', 'level.2', 'level.3', 'level.4', 'level.5'] as const

/** All levels, each with its words. */
export function levelTexts(): { readonly level: number; readonly text: string }[] {
  return levelWords.map((words, index) => ({ level: index + 1, text: t(words) }))
}
