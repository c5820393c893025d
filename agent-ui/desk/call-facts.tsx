/** Who is on the other side: where, about what, in which language. */
import type { JSX } from 'preact'
import type { CallForAgent } from '#server/contract/views.ts'
import { clockText } from '../model/duration.ts'
import { ticketText } from '../model/ticket-text.ts'
import { label, t } from '../text/language.ts'
import { languageWords, siteTypeWords } from '../text/words.ts'
import { whenText } from './when-text.ts'

/** What the call is about: the matter, where the citizen has said one. */
export function matterText(call: CallForAgent): string {
  return call.matterLabels === null ? t('call.noMatter') : label(call.matterLabels)
}

/** The place in one line: `Bibliotek, Bibliotekvej 62, Bispebjerg`. */
export function placeText(call: CallForAgent): string {
  return [t(siteTypeWords[call.siteType]), addressText(call)].filter((part) => part !== '').join(', ')
}

/** The address in one line: `Bragesgade 8B, Nørrebro`. */
export function addressText(call: CallForAgent): string {
  return [call.siteAddress, call.districtName].filter((part) => part !== '').join(', ')
}

/** The facts as a list. `waitedMs`: how long the citizen was in line before this conversation. */
export function CallFacts({ call, waitedMs }: { call: CallForAgent; waitedMs: number }): JSX.Element {
  return (
    <dl class="facts">
      <Fact name={t('call.matter')} value={matterText(call)} detail={label(call.serviceLabels)} />
      <Fact name={t('call.language')} value={t(languageWords[call.language])} />
      <Fact name={t('call.waited')} value={clockText(waitedMs)} />
      <Fact name={t('call.place')} value={t(siteTypeWords[call.siteType])} detail={addressText(call)} />
      <Fact name={t('call.ticket')} value={ticketText(call.ticket)} detail={promisedText(call)} />
    </dl>
  )
}

/** [R40] That it was promised, by whom and for when; nothing of any other call. */
export function promisedText({ callback }: CallForAgent): string {
  if (callback === undefined) return ''
  return t('callback.ofCall', { name: callback.promisedByName, when: whenText(callback.dueAt) })
}

function Fact({ name, value, detail }: { name: string; value: string; detail?: string }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        {detail !== undefined && detail !== '' && detail !== value && <small>{detail}</small>}
      </dd>
    </div>
  )
}
