/** The way in, for agents and supervisors alike. */
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { Icon } from '../components/icons.tsx'
import { LanguageSwitch } from '../components/language-switch.tsx'
import { t } from '../text/language.ts'
import { errorText } from '../text/words.ts'
import { signIn } from './account.ts'

/** `wasSignedOut`: the person was in and is out now, which is said. */
export function SignInScreen({ wasSignedOut }: { wasSignedOut: boolean }): JSX.Element {
  return (
    <div class="whole-page">
      <header class="whole-page-top">
        <span class="brand">{t('page.brand')}</span>
        <LanguageSwitch />
      </header>
      <main class="whole-page-main">
        <div class="card sign-in">
          <h1>{t('signIn.title')}</h1>
          <p class="quiet">{t('signIn.lead')}</p>
          {wasSignedOut && <p role="status">{t('signIn.signedOut')}</p>}
          <SignInForm />
        </div>
      </main>
    </div>
  )
}

function SignInForm(): JSX.Element {
  const fault = useSignal<string | null>(null)
  const isBusy = useSignal(false)
  const nameField = useRef<HTMLInputElement>(null)
  useEffect(() => nameField.current?.focus(), [])

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    if (isBusy.value || !(event.currentTarget instanceof HTMLFormElement)) return
    const fields = new FormData(event.currentTarget)
    const username = String(fields.get('username') ?? '').trim()
    const password = String(fields.get('password') ?? '')
    if (username === '' || password === '') {
      fault.value = t('signIn.bothNeeded')
      nameField.current?.focus()
      return
    }
    isBusy.value = true
    fault.value = null
    const code = await signIn(username, password)
    isBusy.value = false
    if (code === null) return
    fault.value = errorText(code)
    nameField.current?.focus()
  }

  const describedBy = fault.value === null ? undefined : 'sign-in-fault'
  return (
    <form onSubmit={submit} noValidate>
      {fault.value !== null && (
        <p class="fault" role="alert" id="sign-in-fault">
          <Icon name="warning" />
          <span>{fault.value}</span>
        </p>
      )}
      <label>
        {t('signIn.username')}
        <input
          ref={nameField}
          name="username"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          maxLength={64}
          required
          aria-describedby={describedBy}
          aria-invalid={fault.value !== null}
        />
      </label>
      <label>
        {t('signIn.password')}
        <input
          name="password"
          type="password"
          autocomplete="current-password"
          maxLength={128}
          required
          aria-describedby={describedBy}
          aria-invalid={fault.value !== null}
        />
      </label>
      <button type="submit" class="primary large" aria-disabled={isBusy.value}>
        {isBusy.value ? t('signIn.busy') : t('signIn.submit')}
      </button>
    </form>
  )
}
