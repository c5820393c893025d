/** A warning in a sentence. */
import type { Language } from '#server/contract/ids.ts'
import type { WarningForSupervisor } from '#server/contract/views.ts'
import { percentText } from '../model/share-text.ts'
import { durationText } from './duration-text.ts'
import { formatTag, label, t } from './language.ts'
import { languageWords } from './words.ts'

/** `Borgerservice · Dansk: nogen har ventet 5 min`. */
export function warningText(warning: WarningForSupervisor): string {
  const { kind, subject, value, siteName } = warning
  const queue = queueText(warning)
  switch (kind) {
    case 'longest-wait':
      return t('warnings.longestWait', { queue, time: durationText(value ?? 0) })
    case 'service-level':
      return t('warnings.serviceLevel', { queue, share: percentText(value, formatTag()) })
    case 'nobody-signed-in':
      return t('warnings.nobodySignedIn', { language: languageText(warning) })
    case 'kiosk-silent':
      return t('warnings.kioskSilent', { site: siteName ?? subject, kiosk: subject })
    case 'promise-broken':
      return t('warnings.promiseBroken', { queue, count: value ?? 0 })
  }
}

function queueText(warning: WarningForSupervisor): string {
  const { serviceLabels, subject } = warning
  return serviceLabels === null ? subject : `${label(serviceLabels)} · ${languageText(warning)}`
}

function languageText({ language, subject }: WarningForSupervisor): string {
  const words = language === null ? undefined : (languageWords[language as Language] as string | undefined)
  return words === undefined ? (language ?? subject) : t(words)
}
