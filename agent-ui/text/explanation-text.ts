/** The words for the time-line of a call. The server names moments and reasons by open words: what has none here is shown as it is. */
import type { ExplainedMoment, ExplainedOffer } from '#server/contract/explanation.ts'
import type { NamedQueue } from '../model/attributes.ts'
import { isInterpreterJoin } from '../model/joins.ts'
import { attributeText } from './attribute-text.ts'
import { t } from './language.ts'
import { movedText } from './move-text.ts'
import { supervisedText } from './supervision-text.ts'
import { declineWords } from './words.ts'

/** By whom or what, then what happened: `call.queued` is the call that was queued. */
const momentWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  call: {
    queued: 'moment.queued',
    refined: 'moment.refined',
    requeued: 'moment.requeued',
    deferred: 'moment.deferred',
    held: 'moment.held',
  },
  hold: { ended: 'moment.holdEnded' },
  step: { opened: 'moment.stepOpened' },
  branch: { opened: 'moment.branchInterpreter' },
  preference: { ended: 'moment.preferenceEnded' },
  ticket: { called: 'moment.ticketCalled', lapsed: 'moment.ticketLapsed', 'taken-up': 'moment.ticketTakenUp' },
  caller: {
    'stepped-away': 'moment.steppedAway',
    lost: 'moment.callerLost',
    returned: 'moment.callerReturned',
    'hung-up': 'moment.callerHungUp',
  },
  agent: { 'hung-up': 'moment.agentHungUp' },
  media: { flowed: 'moment.mediaFlowed', lost: 'moment.mediaLost' },
  'wrap-up': { ended: 'moment.wrapUpEnded' },
  promise: { told: 'moment.promised' },
  lending: { opened: 'moment.lendingOpened', closed: 'moment.lendingClosed' },
  server: { restarted: 'moment.restarted' },
  join: { asked: 'moment.joinAsked', met: 'moment.joinMet', cancelled: 'moment.joinEnded', ended: 'moment.joinEnded' },
  interpreter: {
    asked: 'moment.interpreterAsked',
    met: 'moment.interpreterMet',
    cancelled: 'moment.interpreterEnded',
    ended: 'moment.interpreterEnded',
  },
}

/** What happened, in a few words. */
export function momentText(moment: ExplainedMoment, queues: readonly NamedQueue[]): string {
  const { type, detail } = moment
  const [subject = '', happening = ''] = type.split('.')
  if (subject === 'call' && happening === 'moved') return movedText(moment, queues)
  if (subject === 'call' && happening === 'taken') return t('moment.taken', { name: detail['byName'] ?? '–' })
  if (subject === 'call' && happening.startsWith('supervis')) return supervisedText(moment)
  if (subject === 'branch' && detail['branch'] === 'callback') return t('moment.branchCallback')
  if (happening === 'queued' && detail['aheadCount'] !== undefined) {
    return t('moment.queuedBehind', { count: Number(detail['aheadCount']) })
  }
  const words = subject === 'join' ? joinWords(happening, detail) : momentWords[subject]?.[happening]
  return words === undefined ? t('moment.other', { type }) : t(words)
}

/** A join that ends may have been met: somebody came. */
function joinWords(happening: string, detail: ExplainedMoment['detail']): string | undefined {
  const subject = isInterpreterJoin(detail['joinId'] ?? '') ? 'interpreter' : 'join'
  const isMet = happening === 'ended' && detail['isMet'] === 'true'
  return momentWords[subject]?.[isMet ? 'met' : happening]
}

const withdrawnWords: Readonly<Record<string, string>> = {
  'caller-left': 'withdrawn.callerLeft',
  'caller-stepped-away': 'withdrawn.steppedAway',
  'agent-lost': 'withdrawn.agentLost',
  'agent-away': 'withdrawn.agentAway',
  'skills-changed': 'withdrawn.skillsChanged',
  'join-over': 'withdrawn.joinOver',
  'took-another': 'withdrawn.tookAnother',
}

/** What became of an offer. */
export function offerEndText({ end, declineReason, withdrawnWhy }: ExplainedOffer): string {
  switch (end) {
    case null:
      return t('offerEnd.open')
    case 'accepted':
      return t('offerEnd.accepted')
    case 'expired':
      return t('offerEnd.expired')
    case 'declined':
      return declineReason === null
        ? t('offerEnd.declined')
        : t('offerEnd.declinedBecause', { reason: wordsOr(declineWords, declineReason) })
    case 'withdrawn':
      return withdrawnWhy === null
        ? t('offerEnd.withdrawn')
        : t('offerEnd.withdrawnBecause', { reason: wordsOr(withdrawnWords, withdrawnWhy) })
  }
}

function wordsOr(words: Readonly<Record<string, string>>, code: string): string {
  const id = words[code]
  return id === undefined ? code : t(id)
}

const ruleWords: Readonly<Record<string, string>> = {
  away: 'rule.away',
  'connection-lost': 'rule.connectionLost',
  offered: 'rule.offered',
  'in-call': 'rule.inCall',
  'wrap-up': 'rule.wrapUp',
  resting: 'rule.resting',
  'other-centre': 'rule.otherCentre',
  'held-for-another': 'rule.heldForAnother',
}

/** Why somebody was not asked. */
export function filterRuleText(rule: string, queues: readonly NamedQueue[]): string {
  const lacking = /^lacks:(.+)$/.exec(rule)?.[1]
  if (lacking !== undefined) return t('rule.lacks', { attribute: attributeText(lacking, queues) })
  return wordsOr(ruleWords, rule)
}

/** `Borgerservice, mindst trin 3`, out of `citizen ≥ 3`. */
export function needText(need: string, queues: readonly NamedQueue[]): string {
  const [, attribute, level] = /^(\S+) ≥ (\d)$/.exec(need) ?? []
  if (attribute === undefined || level === undefined) return need
  return t('explain.need', { attribute: attributeText(attribute, queues), level })
}
