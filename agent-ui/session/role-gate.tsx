/** Lets whoever has the page's role through; others see what is for them, or are told what to do. */
import type { JSX } from 'preact'
import type { Role } from '#server/contract/http.ts'
import { WholePage } from '../components/whole-page.tsx'
import { t } from '../text/language.ts'
import { account, loadAccount } from './account.ts'
import { NotForYou } from './not-for-you.tsx'
import { SignInScreen } from './sign-in-screen.tsx'

interface GateProps {
  readonly role: Role
  readonly children: () => JSX.Element
  /** What agents see here, where there is something for them. */
  readonly forAgents?: () => JSX.Element
  /** What is said above the form to whoever is not signed in. */
  readonly signInLead?: string
}

export function RoleGate({ role, children, forAgents, signInLead }: GateProps): JSX.Element {
  const { value } = account
  switch (value.kind) {
    case 'loading':
      return <WholePage isBusy title={t('page.loadingTitle')} text={t('page.loadingText')} />
    case 'signed-out':
      return <SignInScreen wasSignedOut={value.wasSignedOut} lead={signInLead} />
    case 'unreachable':
      return (
        <WholePage icon="offline" title={t('page.unreachableTitle')} text={t('page.unreachableText')}>
          <button type="button" class="primary large" onClick={() => void loadAccount()}>
            {t('page.tryAgain')}
          </button>
        </WholePage>
      )
    case 'signed-in':
      if (value.person.role === role) return children()
      return value.person.role === 'agent' && forAgents !== undefined ? forAgents() : <NotForYou pageOf={role} />
  }
}
