/** What is wrong with something, in the language of the screen where there are words for it, else in the server's English. */
import type { CityFault, FaultCode } from '#server/contract/admin.ts'
import { t } from '../text/language.ts'

const words = {
  missing: 'fault.missing',
  empty: 'fault.empty',
  'not-there': 'fault.notThere',
  taken: 'fault.taken',
  'site-or-centre': 'fault.siteOrCentre',
  'in-call': 'fault.inCall',
  'nobody-left': 'fault.nobodyLeft',
  'changed-since': 'fault.changedSince',
  phone: 'fault.phone',
  username: 'fault.username',
  id: 'fault.id',
  words: 'fault.words',
  number: 'fault.number',
} as const satisfies Record<FaultCode, string>

export const faultText = ({ code, subject = '', sentence }: CityFault): string =>
  code === undefined ? sentence : t(words[code], { subject })

/** Undefined where it is in the language of the screen. */
export const faultLanguage = ({ code }: CityFault): 'en' | undefined => (code === undefined ? 'en' : undefined)
