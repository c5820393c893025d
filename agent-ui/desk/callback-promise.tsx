/** [R40] «We talk again»: a callback on the ticket of the call that is over, at a time, by the agent or by anyone who can. */
import { signal } from '@preact/signals'
import { useState } from 'preact/hooks'
import type { JSX } from 'preact'
import type { CallbackSheet } from '#server/contract/callbacks.ts'
import type { WrapUpSheet } from '#server/contract/wrap-up.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import { Icon } from '../components/icons.tsx'
import { callbackTimes } from '../model/callback-times.ts'
import { clockTimeText } from '../model/copenhagen-time.ts'
import { ticketText } from '../model/ticket-text.ts'
import { formatTag, t } from '../text/language.ts'
import { errorText } from '../text/words.ts'
import { askBeside } from './desk-state.ts'
import { whenText } from './when-text.ts'
import { sheet } from './wrap-up-state.ts'

type Props = { readonly of: WrapUpSheet; readonly callback: CallbackSheet }

const isAsking = signal(false)

export function CallbackPromise({ of, callback }: Props): JSX.Element {
  const { promised } = callback
  const [trouble, setTrouble] = useState<string | null>(null)
  const ask = async (asked: () => Promise<CallbackSheet>) => {
    isAsking.value = true
    setTrouble(null)
    try {
      keep(of, await asked())
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      setTrouble(error.code)
    } finally {
      isAsking.value = false
    }
  }
  return (
    <fieldset class="after-callback">
      <legend>{t('callback.title')}</legend>
      <p class="quiet">{t('callback.what', { ticket: of.ticket === null ? '–' : ticketText(of.ticket) })}</p>
      {promised !== null && <Promised {...promised} />}
      <Choices of={of} callback={callback} ask={(asked) => void ask(asked)} />
      {trouble !== null && (
        <p class="after-warning" role="alert">
          <Icon name="warning" />
          <span>{errorText(trouble)}</span>
        </p>
      )}
    </fieldset>
  )
}

type ChoicesProps = Props & { readonly ask: (asked: () => Promise<CallbackSheet>) => void }

function Choices({ of: { callId }, callback: { openings, promised }, ask }: ChoicesProps): JSX.Element {
  const days = callbackTimes(openings)
  const [firstDay = ''] = days.keys()
  const [chosenDay, setDay] = useState(firstDay)
  const [chosenTime, setTime] = useState<number | null>(null)
  const [isByMe, setByMe] = useState(promised?.isByMe ?? true)
  const day = days.has(chosenDay) ? chosenDay : firstDay
  const times = days.get(day) ?? []
  const dueAt = chosenTime !== null && times.includes(chosenTime) ? chosenTime : times[0]
  if (dueAt === undefined) return <p class="quiet">{t('callback.noTimes')}</p>
  return (
    <div class="after-callback-choice">
      <Choice name={t('callback.day')} value={day} onChange={setDay}>
        {[...days].map(([each, [first = 0]]) => (
          <option key={each} value={each}>
            {dayText(first)}
          </option>
        ))}
      </Choice>
      <Choice name={t('callback.time')} value={String(dueAt)} onChange={(text) => setTime(Number(text))}>
        {times.map((at) => (
          <option key={at} value={String(at)}>
            {clockTimeText(at, formatTag())}
          </option>
        ))}
      </Choice>
      <Choice name={t('callback.who')} value={isByMe ? 'me' : 'anyone'} onChange={(who) => setByMe(who === 'me')}>
        <option value="me">{t('callback.me')}</option>
        <option value="anyone">{t('callback.anyone')}</option>
      </Choice>
      <Ask onAsk={() => ask(() => askBeside('callback.promise', { callId, dueAt, isByMe }))}>
        {promised === null ? t('callback.promise') : t('callback.move')}
      </Ask>
      {promised !== null && (
        <Ask isPlain onAsk={() => ask(() => askBeside('callback.withdraw', { callId }))}>
          {t('callback.withdraw')}
        </Ask>
      )}
    </div>
  )
}

type AskProps = { readonly onAsk: () => void; readonly isPlain?: boolean; readonly children: string }

function Ask({ onAsk, isPlain = false, children }: AskProps): JSX.Element {
  return (
    <button type="button" class={isPlain ? 'plain' : undefined} disabled={isAsking.value} onClick={onAsk}>
      {children}
    </button>
  )
}

type ChoiceProps = {
  readonly name: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly children: JSX.Element | JSX.Element[]
}

function Choice({ name, value, onChange, children }: ChoiceProps): JSX.Element {
  return (
    <label>
      <span>{name}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {children}
      </select>
    </label>
  )
}

function Promised({ dueAt, isByMe }: NonNullable<CallbackSheet['promised']>): JSX.Element {
  const words = isByMe ? 'callback.promisedMe' : 'callback.promisedAnyone'
  return (
    <p class="after-promised" role="status">
      <Icon name="check" />
      <span>{t(words, { when: whenText(dueAt) })}</span>
    </p>
  )
}

const dayText = (at: number): string =>
  new Intl.DateTimeFormat(formatTag(), {
    timeZone: 'Europe/Copenhagen',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(at)

/** What the server answered, where the sheet is still that of the same call. */
function keep({ callId }: WrapUpSheet, callback: CallbackSheet): void {
  const { value } = sheet
  if (value.kind === 'open' && value.sheet.callId === callId)
    sheet.value = { ...value, sheet: { ...value.sheet, callback } }
}
