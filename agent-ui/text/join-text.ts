/** The words for somebody who is asked into the call and has not come yet. */
import type { CallForAgent } from '#server/contract/views.ts'
import type { NamedQueue } from '../model/attributes.ts'
import { isInterpreterJoin } from '../model/joins.ts'
import { attributeText } from './attribute-text.ts'
import { t } from './language.ts'

type Join = CallForAgent['joins'][number]

/** `Bedt med: Bibliotek, mindst trin 3`, or that the engine asked by itself. */
export function joinAskedText({ joinId, attribute, levelMin }: Join, queues: readonly NamedQueue[]): string {
  const name = attributeText(attribute, queues)
  // Everybody who can it at all has the first level: it is no news.
  const need = levelMin === 1 ? name : t('explain.need', { attribute: name, level: levelMin })
  return isInterpreterJoin(joinId) ? t('join.interpreter', { need }) : t('join.asked', { need })
}

/** How far it has come. */
export function joinStateText({ joinId, isOffered }: Join): string {
  if (isInterpreterJoin(joinId)) return isOffered ? t('join.offeredInterpreter') : t('join.searchingInterpreter')
  return isOffered ? t('join.offered') : t('join.searching')
}
