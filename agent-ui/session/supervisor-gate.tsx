/** Lets a signed-in supervisor through; agents see what is for them, or are told what to do. */
import type { JSX } from 'preact'
import { WholePage } from '../components/whole-page.tsx'
import { t } from '../text/language.ts'
import { account, loadAccount, signOut } from './account.ts'
import { SignInScreen } from './sign-in-screen.tsx'

interface GateProps {
  readonly children: () => JSX.Element
  /** What an agent sees here. */
  readonly forAgents?: () => JSX.Element
}

export function SupervisorGate({ children, forAgents = NotForYou }: GateProps): JSX.Element {
  const { value } = account
  switch (value.kind) {
    case 'loading':
      return <WholePage isBusy title={t('page.loadingTitle')} text={t('page.loadingText')} />
    case 'signed-out':
      return <SignInScreen wasSignedOut={value.wasSignedOut} />
    case 'unreachable':
      return (
        <WholePage icon="offline" title={t('page.unreachableTitle')} text={t('page.unreachableText')}>
          <button type="button" class="primary large" onClick={() => void loadAccount()}>
            {t('page.tryAgain')}
          </button>
        </WholePage>
      )
    case 'signed-in':
      return value.person.role === 'supervisor' ? children() : forAgents()
  }
}

function NotForYou(): JSX.Element {
  return (
    <WholePage icon="person" title={t('page.notSupervisorTitle')} text={t('page.notSupervisorText')}>
      <p class="row">
        <a class="button primary" href="/agent/">
          {t('page.toDesk')}
        </a>
        <button type="button" onClick={() => void signOut()}>
          {t('page.signOut')}
        </button>
      </p>
    </WholePage>
  )
}
