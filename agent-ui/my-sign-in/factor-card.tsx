/** The code beside the password: off, being set up, written down, on. */
import { encode } from 'uqr'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { OwnAccount } from '#server/contract/sign-ins.ts'
import { t } from '../text/language.ts'
import { AskingForm } from './asking-form.tsx'
import { paper, putPaperAway, showFactor, shown, turnFactorOff, turnFactorOn } from './my-sign-in-state.ts'

type Factor = OwnAccount['secondFactor']

export function FactorCard({ factor }: { readonly factor: Factor }): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  const step = paper.value !== null ? 'paper' : shown.value !== null ? 'proof' : 'standing'
  const before = useRef(step)
  // What had the focus is gone with the step before; the proof gives it to its field.
  useEffect(() => {
    if (step !== before.current && step !== 'proof') heading.current?.focus()
    before.current = step
  }, [step])
  return (
    <section class="card" aria-labelledby="factor-title">
      <h2 id="factor-title" ref={heading} tabIndex={-1}>
        {t('mySignIn.factor')}
      </h2>
      {paper.value !== null ? (
        <Paper codes={paper.value} />
      ) : shown.value !== null ? (
        <Proof secret={shown.value.secret} uri={shown.value.uri} />
      ) : (
        <Standing factor={factor} />
      )}
    </section>
  )
}

const passwordField = () =>
  ({ name: 'password', words: t('mySignIn.passwordNow'), autocomplete: 'current-password' }) as const
const codeField = () => ({ name: 'code', words: t('signIn.code'), autocomplete: 'one-time-code' }) as const

function Standing({ factor }: { readonly factor: Factor }): JSX.Element {
  const { isOn, isRequired, recoveryCodesCount } = factor
  return (
    <>
      <p>{isOn ? t('mySignIn.factorOn', { count: recoveryCodesCount }) : t('mySignIn.factorOff')}</p>
      <AskingForm
        id="factor"
        fields={[passwordField()]}
        submit={isOn ? t('mySignIn.factorAnother') : t('mySignIn.factorSetUp')}
        onAsked={({ password = '' }) => showFactor(password)}
      />
      {isOn && !isRequired && (
        <details>
          <summary>{t('mySignIn.factorTurnOff')}</summary>
          <AskingForm
            id="factor-off"
            fields={[passwordField(), codeField()]}
            submit={t('mySignIn.factorTurnOff')}
            onAsked={({ password = '', code = '' }) => turnFactorOff(password, code)}
          />
        </details>
      )}
    </>
  )
}

function Proof({ secret, uri }: { readonly secret: string; readonly uri: string }): JSX.Element {
  const { data, size } = encode(uri, { ecc: 'M', border: 4 })
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <>
      <p>{t('mySignIn.factorScan')}</p>
      <svg
        class="factor-qr"
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label={t('mySignIn.factorQr')}
        shape-rendering="crispEdges"
      >
        <rect class="factor-qr-light" width={size} height={size} />
        <path class="factor-qr-dark" d={dark} />
      </svg>
      <p>
        {t('mySignIn.factorKey')} <code>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <AskingForm
        id="factor-on"
        takesFocus
        fields={[codeField()]}
        submit={t('mySignIn.factorTurnOn')}
        onAsked={({ code = '' }) => turnFactorOn(code)}
      />
    </>
  )
}

function Paper({ codes }: { readonly codes: readonly string[] }): JSX.Element {
  return (
    <>
      <p role="status">{t('mySignIn.paper')}</p>
      <ul class="factor-paper">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p class="row">
        <button type="button" class="primary" onClick={putPaperAway}>
          {t('mySignIn.paperDone')}
        </button>
      </p>
    </>
  )
}
