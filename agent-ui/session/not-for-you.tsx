/** A page of another role: whose it is, who I am here, the way to my own page, and the way out. */
import type { JSX } from 'preact'
import type { Role } from '#server/contract/http.ts'
import { WholePage } from '../components/whole-page.tsx'
import { t } from '../text/language.ts'
import { account, signOut } from './account.ts'

const titles = {
  agent: 'page.notAgentTitle',
  supervisor: 'page.notSupervisorTitle',
  administrator: 'page.notAdministratorTitle',
} as const satisfies Record<Role, string>

/** What is said to each of them anywhere but on their own page, and the way there. */
const own = {
  agent: { text: 'page.notSupervisorText', href: '/agent/', words: 'page.toDesk' },
  supervisor: { text: 'page.notAgentText', href: '/agent/supervisor.html', words: 'page.toSupervisor' },
  administrator: { text: 'page.administratorText', href: '/agent/admin.html', words: 'page.toAdmin' },
} as const satisfies Record<Role, object>

interface NotForYouProps {
  /** Whose page it is. */
  readonly pageOf: Role
  readonly onSignOut?: () => void
  /** [R44] A supervisor may take calls too, in this window. */
  readonly onOpenDesk?: () => void
}

export function NotForYou({ pageOf, onSignOut = () => void signOut(), onOpenDesk }: NotForYouProps): JSX.Element {
  const role = account.value.kind === 'signed-in' ? account.value.person.role : null
  const { text, href, words } = own[role ?? (pageOf === 'agent' ? 'supervisor' : 'agent')]
  return (
    <WholePage icon="person" title={t(titles[pageOf])} text={t(text)}>
      <p class="row">
        <a class="button primary" href={href}>
          {t(words)}
        </a>
        {role === 'supervisor' && onOpenDesk !== undefined && (
          <button type="button" onClick={onOpenDesk}>
            {t('page.openDesk')}
          </button>
        )}
        <button type="button" onClick={onSignOut}>
          {t('page.signOut')}
        </button>
      </p>
    </WholePage>
  )
}
