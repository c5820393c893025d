/** The words for everything the contract can name: one closed table for each, so that a new name does not compile without words. */
import type { DeclineReason } from '#server/contract/agent-socket.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { Language } from '#server/contract/ids.ts'
import type { AwayReason, SiteType } from '#server/contract/views.ts'
import { t } from './language.ts'

export const siteTypeWords = {
  library: 'site.library',
  'culture-house': 'site.cultureHouse',
  supermarket: 'site.supermarket',
  airport: 'site.airport',
  'job-centre': 'site.jobCentre',
  'social-centre': 'site.socialCentre',
  'borgerservice-mini': 'site.borgerserviceMini',
  borgerservice: 'site.borgerservice',
} as const satisfies Record<SiteType, string>

export const awayWords = {
  break: 'away.break',
  meeting: 'away.meeting',
  'other-work': 'away.otherWork',
  'not-responding': 'away.notResponding',
  declined: 'away.declined',
  'connection-lost': 'away.connectionLost',
  'just-signed-in': 'away.justSignedIn',
  'with-citizen': 'away.withCitizen',
} as const satisfies Record<AwayReason, string>

export const languageWords = {
  da: 'language.da',
  en: 'language.en',
  ar: 'language.ar',
  tr: 'language.tr',
  pl: 'language.pl',
  uk: 'language.uk',
  ur: 'language.ur',
  so: 'language.so',
  fa: 'language.fa',
  ro: 'language.ro',
} as const satisfies Record<Language, string>

export const declineWords = {
  'not-mine': 'decline.notMine',
  'know-the-citizen': 'decline.knowTheCitizen',
  technical: 'decline.technical',
  other: 'decline.other',
} as const satisfies Record<DeclineReason, string>

const errorWords = {
  'bad-request': 'error.badRequest',
  'too-many-requests': 'error.tooManyRequests',
  internal: 'error.internal',
  'no-answer': 'error.noAnswer',
  'not-signed-in': 'error.notSignedIn',
  'not-allowed': 'error.notAllowed',
  'wrong-credentials': 'error.wrongCredentials',
  'code-needed': 'signIn.codeLead',
  'wrong-code': 'error.wrongCode',
  'second-factor-required': 'mySignIn.requiredLead',
  'weak-password': 'error.weakPassword',
  'guessable-password': 'error.guessablePassword',
  'version-mismatch': 'error.versionMismatch',
  'not-ready': 'error.notReady',
  'unknown-call': 'error.callGone',
  'unknown-agent': 'error.notSignedIn',
  'unknown-matter': 'error.unknownMatter',
  'already-in-call': 'error.wrongState',
  'call-ended': 'error.callGone',
  'offer-gone': 'error.offerGone',
  'unknown-ticket': 'error.callGone',
  'unknown-class': 'error.badRequest',
  'unknown-place': 'error.unknownPlace',
  'kiosk-away': 'error.kioskAway',
  'unknown-code': 'error.unknownCode',
  'unknown-article': 'error.unknownArticle',
  'unknown-remark': 'error.unknownRemark',
  'too-many-notices': 'error.tooManyNotices',
  'page-not-allowed': 'error.pageNotAllowed',
  'window-not-allowed': 'error.windowNotAllowed',
  'agent-busy': 'error.agentBusy',
  'agent-away': 'error.agentAway',
  'callback-time': 'error.callbackTime',
  'not-able': 'error.notAble',
  'wrong-state': 'error.wrongState',
  'no-media': 'error.noMedia',
  'changed-meanwhile': 'error.changedMeanwhile',
  'unknown-change': 'error.unknownChange',
  'changed-since': 'error.changedSince',
  replaced: 'error.replaced',
  'desk-occupied': 'error.replaced',
} as const satisfies Record<ErrorCode, string>

const wordsByCode: Readonly<Record<string, string>> = errorWords

/** Facts a refusal carries for the words, as the contract's errors name them. */
export type ErrorDetail = Readonly<Record<string, string>>

/** What to tell a person about an error code; a code this page does not know is told as an unexpected fault. */
export function errorText(code: string, detail: ErrorDetail = {}): string {
  const { holderName, hosts = '' } = detail
  if (code === 'page-not-allowed') return t('error.pageNotAllowed', { hosts })
  if (code === 'offer-gone' && holderName !== undefined) return t('error.offerTaken', { name: holderName })
  return t(wordsByCode[code] ?? 'error.internal')
}
