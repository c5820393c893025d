/** The way in, for everybody who works here: name and password, and a code where the account wants one. */
import { useSignal, type Signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { ComponentChildren, JSX } from 'preact'
import type { SignInEnd, SignInWays } from '#server/contract/sign-ins.ts'
import { Icon } from '../components/icons.tsx'
import { LanguageSwitch } from '../components/language-switch.tsx'
import { WholePage } from '../components/whole-page.tsx'
import { t } from '../text/language.ts'
import { errorText } from '../text/words.ts'
import { account, signIn, signOut } from './account.ts'
import { callApi } from './api.ts'

const TWO_STEPS: ReadonlySet<string> = new Set(['code-needed', 'wrong-code'])

const endWords = {
  role: 'signIn.endedRole',
  left: 'signIn.endedLeft',
  password: 'signIn.endedPassword',
  city: 'signIn.endedCity',
  elsewhere: 'signIn.endedElsewhere',
  limit: 'signIn.endedLimit',
} as const satisfies Record<SignInEnd, string>

interface SignInScreenProps {
  /** The person was in and is out now, which is said, and why where that is known. */
  readonly wasSignedOut: boolean
  /** What signing in is for here. Otherwise what all of this is. */
  readonly lead?: string | undefined
}

export function SignInScreen({ wasSignedOut, lead }: SignInScreenProps): JSX.Element {
  const { value } = account
  if (value.kind === 'signed-out' && value.mustSetUpFactor === true) return <SetUpFirst />
  const why = value.kind === 'signed-out' ? value.why : undefined
  return (
    <div class={`whole-page ${isForWall() ? 'is-for-wall' : ''}`}>
      <header class="whole-page-top">
        <span class="brand">{t('page.brand')}</span>
        <LanguageSwitch />
      </header>
      <main class="whole-page-main">
        <div class="card sign-in">
          <h1>{t('signIn.title')}</h1>
          <p class="quiet">{lead ?? t('signIn.lead')}</p>
          {wasSignedOut && <p role="status">{t(why === undefined ? 'signIn.signedOut' : endWords[why])}</p>}
          <SignInForm />
          <CityWay />
        </div>
      </main>
    </div>
  )
}

/** The role wants a second factor, and there is none yet. */
function SetUpFirst(): JSX.Element {
  return (
    <WholePage icon="person" title={t('mySignIn.requiredTitle')} text={t('mySignIn.requiredLead')}>
      <p class="row">
        <a class="button primary" href="/agent/my-sign-in.html">
          {t('mySignIn.toSetUp')}
        </a>
        <button type="button" onClick={() => void signOut()}>
          {t('page.signOut')}
        </button>
      </p>
    </WholePage>
  )
}

/** The large screen on the wall comes back to what it was, and is read from afar. */
const isForWall = (): boolean => new URLSearchParams(location.search).has('wall')

/** The city's own sign-in, where it is a way in. */
function CityWay(): JSX.Element | null {
  const hasCity = useSignal(false)
  useEffect(() => {
    void callApi<SignInWays>('GET', '/sign-in/ways').then((outcome) => {
      hasCity.value = outcome.ok && outcome.reply.hasCity
    })
  }, [])
  if (!hasCity.value) return null
  const to = location.pathname + (isForWall() ? '?wall' : '')
  return (
    <a class="button large" href={`/api/v1/sign-in/city?to=${encodeURIComponent(to)}`}>
      {t('signIn.byCity')}
    </a>
  )
}

const refusals: Readonly<Record<string, string>> = {
  'city-failed': 'signIn.cityFailed',
  'city-unknown': 'signIn.cityUnknown',
  'city-no-role': 'signIn.cityNoRole',
}

/** Why the city's own sign-in let nobody in, as the address says after coming back; said once. */
function whyNotByCity(): string | null {
  const words = refusals[new URLSearchParams(location.search).get('sign-in') ?? '']
  if (words === undefined) return null
  history.replaceState(null, '', location.pathname)
  return t(words)
}

interface Given {
  readonly username: string
  readonly password: string
}

function SignInForm(): JSX.Element {
  const fault = useSignal<string | null>(whyNotByCity())
  /** What was wrong elsewhere is no fault of the fields here, which nobody has filled in. */
  const faultElsewhere = useSignal(fault.peek())
  const isBusy = useSignal(false)
  /** What was given and found right, while a code is wanted: in this page's memory and nowhere else. */
  const given = useSignal<Given | null>(null)
  const send = async ({ username, password }: Given, code?: string): Promise<void> => {
    if (isBusy.value) return
    isBusy.value = true
    fault.value = null
    const refusal = await signIn(username, password, code)
    isBusy.value = false
    if (refusal === null) return
    if (TWO_STEPS.has(refusal)) given.value = { username, password }
    fault.value = refusal === 'code-needed' ? null : errorText(refusal)
  }
  const props = { fault, faultElsewhere, isBusy }
  if (given.value === null) return <PasswordStep {...props} onGiven={(both) => void send(both)} />
  const before = given.value
  const back = (): void => {
    given.value = null
    fault.value = null
  }
  return <CodeStep {...props} onGiven={(code) => void send(before, code)} onBack={back} />
}

interface StepProps {
  readonly fault: Signal<string | null>
  readonly faultElsewhere: Signal<string | null>
  readonly isBusy: Signal<boolean>
}

function PasswordStep({
  fault,
  faultElsewhere,
  isBusy,
  onGiven,
}: StepProps & { onGiven(given: Given): void }): JSX.Element {
  const nameField = useRef<HTMLInputElement>(null)
  useEffect(() => nameField.current?.focus(), [fault.value])
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const fields = new FormData(event.currentTarget)
    const username = String(fields.get('username') ?? '').trim()
    const password = String(fields.get('password') ?? '')
    if (username !== '' && password !== '') return onGiven({ username, password })
    fault.value = t('signIn.bothNeeded')
    nameField.current?.focus()
  }
  const described = {
    'aria-describedby': fault.value === null ? undefined : 'sign-in-fault',
    'aria-invalid': fault.value !== null && fault.value !== faultElsewhere.value,
  }
  return (
    <form onSubmit={submit} noValidate>
      <Fault fault={fault} />
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
          {...described}
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
          {...described}
        />
      </label>
      <Submit isBusy={isBusy}>{t('signIn.submit')}</Submit>
    </form>
  )
}

interface CodeStepProps extends StepProps {
  readonly onGiven: (code: string) => void
  readonly onBack: () => void
}

function CodeStep({ fault, isBusy, onGiven, onBack }: CodeStepProps): JSX.Element {
  const codeField = useRef<HTMLInputElement>(null)
  useEffect(() => codeField.current?.focus(), [fault.value])
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const code = codeField.current?.value.trim() ?? ''
    if (code === '') fault.value = t('signIn.codeMissing')
    else onGiven(code)
  }
  return (
    <form onSubmit={submit} noValidate>
      <p id="code-lead">{t('signIn.codeLead')}</p>
      <Fault fault={fault} />
      <label>
        {t('signIn.code')}
        <input
          ref={codeField}
          name="code"
          autocomplete="one-time-code"
          autocapitalize="none"
          spellcheck={false}
          maxLength={32}
          required
          aria-describedby={fault.value === null ? 'code-lead' : 'sign-in-fault'}
          aria-invalid={fault.value !== null}
        />
      </label>
      <Submit isBusy={isBusy}>{t('signIn.submit')}</Submit>
      <button type="button" class="plain" onClick={onBack}>
        {t('signIn.back')}
      </button>
    </form>
  )
}

function Fault({ fault }: Pick<StepProps, 'fault'>): JSX.Element | null {
  if (fault.value === null) return null
  return (
    <p class="fault" role="alert" id="sign-in-fault">
      <Icon name="warning" />
      <span>{fault.value}</span>
    </p>
  )
}

function Submit({ isBusy, children }: Pick<StepProps, 'isBusy'> & { children: ComponentChildren }): JSX.Element {
  return (
    <button type="submit" class="primary large" aria-disabled={isBusy.value}>
      {isBusy.value ? t('signIn.busy') : children}
    </button>
  )
}
