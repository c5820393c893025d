/** A short form that asks for secrets, and says what came of it. */
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { ComponentChildren, JSX } from 'preact'
import { Icon } from '../components/icons.tsx'
import { t } from '../text/language.ts'
import { errorText } from '../text/words.ts'

interface Field {
  readonly name: string
  readonly words: string
  readonly autocomplete: 'current-password' | 'new-password' | 'one-time-code'
}

interface AskingFormProps {
  readonly id: string
  readonly fields: readonly Field[]
  readonly submit: string
  /** Said when it was done. */
  readonly done?: string
  /** What was done before led here: nobody has to look for the first field. */
  readonly takesFocus?: boolean
  /** Null when it was done, otherwise the code to tell about. */
  readonly onAsked: (values: Readonly<Record<string, string>>) => Promise<string | null>
  readonly children?: ComponentChildren
}

export function AskingForm(props: AskingFormProps): JSX.Element {
  const { id, fields, submit, done, takesFocus = false, onAsked, children } = props
  const place = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (takesFocus) place.current?.querySelector('input')?.focus()
  }, [])
  const fault = useSignal<string | null>(null)
  const isDone = useSignal(false)
  const isBusy = useSignal(false)
  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const form = event.currentTarget
    if (isBusy.value || !(form instanceof HTMLFormElement)) return
    const values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]))
    const empty = fields.find(({ name }) => (values[name] ?? '').trim() === '')
    isDone.value = false
    if (empty !== undefined) fault.value = t('mySignIn.missing', { field: empty.words })
    else {
      isBusy.value = true
      const code = await onAsked(values)
      isBusy.value = false
      fault.value = code === null ? null : errorText(code)
      isDone.value = code === null
      if (code === null) form.reset()
    }
    if (fault.value !== null) form.querySelector('input')?.focus()
  }
  return (
    <form ref={place} onSubmit={send} noValidate>
      {children}
      {fault.value !== null && (
        <p class="fault" role="alert" id={`${id}-fault`}>
          <Icon name="warning" />
          <span>{fault.value}</span>
        </p>
      )}
      {fields.map(({ name, words, autocomplete }) => (
        <label key={name}>
          {words}
          <Secret field={{ name, words, autocomplete }} faultId={fault.value === null ? undefined : `${id}-fault`} />
        </label>
      ))}
      <p class="row">
        <button type="submit" class="primary" aria-disabled={isBusy.value}>
          {submit}
        </button>
      </p>
      {isDone.value && done !== undefined && <p role="status">{done}</p>}
    </form>
  )
}

function Secret({ field, faultId }: { readonly field: Field; readonly faultId: string | undefined }): JSX.Element {
  const { name, autocomplete } = field
  const shared = {
    name,
    autocomplete,
    required: true,
    'aria-invalid': faultId !== undefined,
    'aria-describedby': faultId,
  }
  if (autocomplete !== 'one-time-code') return <input type="password" maxLength={128} {...shared} />
  return <input type="text" autocapitalize="none" spellcheck={false} maxLength={32} {...shared} />
}
