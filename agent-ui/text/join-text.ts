/** The words for whom one asks into a call, who is waited for, and why somebody does not come. */
import type { Labels } from '#server/contract/ids.ts'
import type { AskedInView, NamedTarget, UnmetJoinView } from '#server/contract/joins.ts'
import type { CallForAgent } from '#server/contract/views.ts'
import { isInterpreterJoin } from '../model/joins.ts'
import { skillText } from './attribute-text.ts'
import { label, t } from './language.ts'
import { languageWords } from './words.ts'

type Join = CallForAgent['joins'][number]

/** A queue by its service and language. */
export function queueText({ labels, language }: { labels: Labels; language: keyof typeof languageWords }): string {
  return t('people.queueName', { service: label(labels), language: t(languageWords[language]) })
}

/** `Bibliotek, mindst trin 3`, `køen Bibliotek, dansk`, `Lærkevej` or `Elin Mortensen`. */
export function targetText(target: NamedTarget): string {
  switch (target.kind) {
    case 'skill': {
      const name = skillText(target.attribute, target.labels)
      // Everybody who can it at all has the first level: it is no news.
      return target.levelMin === 1 ? name : t('explain.need', { attribute: name, level: target.levelMin })
    }
    case 'queue':
      return queueText(target)
    case 'centre':
    case 'agent':
      return target.name
  }
}

/** `Bedt med: Bibliotek, mindst trin 3`, or that the engine asked by itself. */
export function joinAskedText({ joinId, target }: Join): string {
  const need = targetText(target)
  return isInterpreterJoin(joinId) ? t('join.interpreter', { need }) : t('join.asked', { need })
}

/** How far it has come. */
export function joinStateText({ joinId, target, isOffered }: Join): string {
  if (isInterpreterJoin(joinId)) return isOffered ? t('join.offeredInterpreter') : t('join.searchingInterpreter')
  if (target.kind === 'agent') return t(isOffered ? 'join.offeredNamed' : 'join.searchingNamed', { name: target.name })
  return isOffered ? t('join.offered') : t('join.searching')
}

const unmetWords = {
  declined: 'unmet.declined',
  'not-responding': 'unmet.notResponding',
  away: 'unmet.away',
  'not-found': 'unmet.notFound',
  'caller-declined': 'unmet.callerDeclined',
} as const satisfies Record<UnmetJoinView['why'], string>

/** Why nobody came, and what to do about it. */
export function unmetText({ target, why }: UnmetJoinView): string {
  return t(unmetWords[why], { name: targetText(target) })
}

/** Who asked somebody in, and for what: told to themselves, or of them to others. */
export function askedInText({ joinId, byName: name, target, isTransfer }: AskedInView, isOfOthers: boolean): string {
  const need = targetText(target)
  if (isInterpreterJoin(joinId)) return t('join.interpreter', { need })
  if (isOfOthers) return t(isTransfer ? 'askedIn.tookOver' : 'askedIn.came', { name, need })
  return t(isTransfer ? 'askedIn.handOver' : 'askedIn.join', { name, need })
}
