/** Where one is signed in, and the way to end it there. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { OwnSignIn } from '#server/contract/sign-ins.ts'
import { dayTimeText } from '../model/copenhagen-time.ts'
import { formatTag, t } from '../text/language.ts'
import { errorText } from '../text/words.ts'
import { endSignIns } from './my-sign-in-state.ts'

export function SignInsCard({ signIns }: { readonly signIns: readonly OwnSignIn[] }): JSX.Element {
  const fault = useSignal<string | null>(null)
  const end = async (signInId: string | null): Promise<void> => {
    fault.value = await endSignIns(signInId)
  }
  return (
    <section class="card" aria-labelledby="sign-ins-title">
      <h2 id="sign-ins-title">{t('mySignIn.signIns')}</h2>
      {fault.value !== null && (
        <p class="fault" role="alert">
          {errorText(fault.value)}
        </p>
      )}
      <ul class="sign-ins">
        {signIns.map((signIn) => (
          <OneSignIn key={signIn.signInId} signIn={signIn} onEnd={() => void end(signIn.signInId)} />
        ))}
      </ul>
      {signIns.length > 1 ? (
        <p class="row">
          <button type="button" onClick={() => void end(null)}>
            {t('mySignIn.endOthers')}
          </button>
        </p>
      ) : (
        <p class="quiet">{t('mySignIn.onlyHere')}</p>
      )}
    </section>
  )
}

function OneSignIn({ signIn, onEnd }: { readonly signIn: OwnSignIn; readonly onEnd: () => void }): JSX.Element {
  const { isThis, browser, startedAt, usedAt } = signIn
  const name = browser ?? t('mySignIn.unknownBrowser')
  return (
    <li>
      <span>
        <strong>{name}</strong> {isThis && <span class="quiet">{t('mySignIn.thisBrowser')}</span>}
        <br />
        {t('mySignIn.since', { start: dayTimeText(startedAt, formatTag()), use: dayTimeText(usedAt, formatTag()) })}
      </span>
      {!isThis && (
        <button type="button" onClick={onEnd} aria-label={t('mySignIn.endOne', { browser: name })}>
          {t('page.signOut')}
        </button>
      )}
    </li>
  )
}
