/** The bar of the supervisor's pages, and of the agents' own figures: where I am, who I am, and the way out. */
import { useSignal } from '@preact/signals'
import type { ComponentChildren, JSX } from 'preact'
import { account, signOut } from '../session/account.ts'
import { t } from '../text/language.ts'
import { errorText } from '../text/words.ts'
import { LanguageSwitch } from './language-switch.tsx'

export type BoardPage = 'floor' | 'call' | 'rules' | 'figures' | 'reports' | 'tomorrow' | 'admin'

const pages = [
  // With a `#` of its own, so that from one call or the rules back to the floor nothing is loaded again.
  { page: 'floor', href: '/agent/supervisor.html#floor', words: 'board.floor' },
  { page: 'call', href: '/agent/supervisor.html#call', words: 'board.call' },
  { page: 'rules', href: '/agent/supervisor.html#rules', words: 'board.rules' },
  { page: 'figures', href: '/agent/figures.html', words: 'board.figures' },
  { page: 'reports', href: '/agent/reports.html', words: 'board.reports' },
  { page: 'tomorrow', href: '/agent/tomorrow.html', words: 'board.tomorrow' },
] as const

const agentPages = [
  { page: 'desk', href: '/agent/', words: 'page.toDesk' },
  { page: 'reports', href: '/agent/reports.html', words: 'agentFigure.own' },
] as const

const adminPages = [{ page: 'admin', href: '/agent/admin.html', words: 'board.admin' }] as const

const pagesOf = { agent: agentPages, supervisor: pages, administrator: adminPages } as const

export function BoardHeader({ current, children }: { current: BoardPage; children?: ComponentChildren }): JSX.Element {
  const fault = useSignal<string | null>(null)
  const person = account.value.kind === 'signed-in' ? account.value.person : null
  return (
    <header class="bar board-bar">
      <span class="brand">{t('page.brand')}</span>
      <nav aria-label={t('board.pages')} class="board-nav">
        {pagesOf[person?.role ?? 'supervisor'].map(({ page, href, words }) => (
          <a key={page} href={href} aria-current={page === current ? 'page' : undefined}>
            {t(words)}
          </a>
        ))}
      </nav>
      <div class="bar-end">
        {children}
        <LanguageSwitch />
        <a class="board-person" href="/agent/my-sign-in.html" title={t('mySignIn.title')}>
          {person?.name}
        </a>
        <button type="button" class="plain" onClick={async () => (fault.value = await signOut())}>
          {t('page.signOut')}
        </button>
      </div>
      {fault.value !== null && (
        <p class="notice notice-alarm" role="alert">
          {errorText(fault.value)}
        </p>
      )}
    </header>
  )
}
