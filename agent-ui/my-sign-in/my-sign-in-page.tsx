/** The page of one's own sign-in, for every role. */
import type { JSX } from 'preact'
import type { OwnAccount } from '#server/contract/sign-ins.ts'
import { LanguageSwitch } from '../components/language-switch.tsx'
import { Failed, Loading } from '../components/page-state.tsx'
import { WholePage } from '../components/whole-page.tsx'
import { account, loadAccount, signOut } from '../session/account.ts'
import { SignInScreen } from '../session/sign-in-screen.tsx'
import { t } from '../text/language.ts'
import { errorText } from '../text/words.ts'
import { FactorCard } from './factor-card.tsx'
import { isSomebody, load, own } from './my-sign-in-state.ts'
import { PasswordCard } from './password-card.tsx'
import { SignInsCard } from './sign-ins-card.tsx'

export function MySignInPage(): JSX.Element {
  document.title = t('title.mySignIn')
  const { value } = account
  if (isSomebody()) return <Mine />
  switch (value.kind) {
    case 'unreachable':
      return (
        <WholePage icon="offline" title={t('page.unreachableTitle')} text={t('page.unreachableText')}>
          <button type="button" class="primary large" onClick={() => void loadAccount()}>
            {t('page.tryAgain')}
          </button>
        </WholePage>
      )
    case 'signed-out':
      return <SignInScreen wasSignedOut={value.wasSignedOut} />
    default:
      return <WholePage isBusy title={t('page.loadingTitle')} text={t('page.loadingText')} />
  }
}

const homes = { agent: '/agent/', supervisor: '/agent/supervisor.html', administrator: '/agent/admin.html' } as const

function Mine(): JSX.Element {
  const { value } = account
  const home = value.kind === 'signed-in' ? homes[value.person.role] : undefined
  return (
    <div class="my-sign-in">
      <header class="bar">
        <span class="brand">{t('page.brand')}</span>
        {home !== undefined && <a href={home}>{t('mySignIn.toHome')}</a>}
        <div class="bar-end">
          <LanguageSwitch />
          <button type="button" class="plain" onClick={() => void signOut()}>
            {t('page.signOut')}
          </button>
        </div>
      </header>
      <main class="my-sign-in-main">
        <h1>{t('mySignIn.title')}</h1>
        <Content />
      </main>
    </div>
  )
}

function Content(): JSX.Element {
  const { value } = own
  switch (value.kind) {
    case 'loading':
      return <Loading words={t('mySignIn.loading')} />
    case 'failed':
      return (
        <Failed
          code={value.code}
          words={`${t('mySignIn.failed')} ${errorText(value.code)}`}
          onAgain={() => void load()}
        />
      )
    case 'loaded':
      return <Cards of={value.account} />
  }
}

function Cards({ of }: { readonly of: OwnAccount }): JSX.Element {
  const mustSetUp = of.secondFactor.isRequired && !of.secondFactor.isOn
  if (of.way === 'provider') {
    return (
      <>
        <p role="status">{t('mySignIn.byProvider')}</p>
        <SignInsCard signIns={of.signIns} />
      </>
    )
  }
  return (
    <>
      {mustSetUp && <p role="status">{t('mySignIn.requiredLead')}</p>}
      <FactorCard factor={of.secondFactor} />
      {!mustSetUp && <PasswordCard username={of.username} />}
      <SignInsCard signIns={of.signIns} />
    </>
  )
}
