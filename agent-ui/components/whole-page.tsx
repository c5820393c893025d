/** One message on an otherwise empty page: what is the matter, and the one thing to do about it. */
import type { ComponentChildren, JSX } from 'preact'
import { t } from '../text/language.ts'
import { Icon, type IconName } from './icons.tsx'
import { LanguageSwitch } from './language-switch.tsx'

export interface WholePageProps {
  readonly icon?: IconName
  readonly title: string
  readonly text: string
  readonly isBusy?: boolean
  readonly children?: ComponentChildren
}

export function WholePage({ icon, title, text, isBusy = false, children }: WholePageProps): JSX.Element {
  return (
    <div class="whole-page">
      <header class="whole-page-top">
        <span class="brand">{t('page.brand')}</span>
        <LanguageSwitch />
      </header>
      <main class="whole-page-main" aria-busy={isBusy}>
        <div class="card whole-page-card">
          {icon !== undefined && (
            <span class="whole-page-icon">
              <Icon name={icon} />
            </span>
          )}
          {isBusy && <span class="spinner" aria-hidden="true" />}
          <h1>{title}</h1>
          <p role="status">{text}</p>
          {children}
        </div>
      </main>
    </div>
  )
}
