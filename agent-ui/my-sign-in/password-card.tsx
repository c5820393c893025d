/** Another password. */
import type { JSX } from 'preact'
import { t } from '../text/language.ts'
import { AskingForm } from './asking-form.tsx'
import { changePassword } from './my-sign-in-state.ts'

/** `username`: for whatever keeps passwords in the browser. */
export function PasswordCard({ username }: { readonly username: string }): JSX.Element {
  return (
    <section class="card" aria-labelledby="password-title">
      <h2 id="password-title">{t('mySignIn.password')}</h2>
      <AskingForm
        id="password"
        fields={[
          { name: 'password', words: t('mySignIn.passwordNow'), autocomplete: 'current-password' },
          { name: 'newPassword', words: t('mySignIn.passwordNew'), autocomplete: 'new-password' },
        ]}
        submit={t('mySignIn.password')}
        done={t('mySignIn.passwordChanged')}
        onAsked={({ password = '', newPassword = '' }) => changePassword(password, newPassword)}
      >
        <p class="quiet">{t('mySignIn.passwordHint')}</p>
        <input type="hidden" name="username" autocomplete="username" value={username} />
      </AskingForm>
    </section>
  )
}
