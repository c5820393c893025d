/** The bar on top of the desk: who I am, how I stand, and what I choose to be. */
import type { JSX } from 'preact'
import { isAgentAllowed } from '#server/contract/capabilities.ts'
import type { AgentView } from '#server/contract/views.ts'
import { ConnectionBadge } from '../components/connection-badge.tsx'
import { Elapsed } from '../components/elapsed.tsx'
import { Icon } from '../components/icons.tsx'
import { LanguageSwitch } from '../components/language-switch.tsx'
import { StatusMark } from '../components/status-mark.tsx'
import { agentStatus } from '../model/status.ts'
import { attributeText } from '../text/attribute-text.ts'
import { t } from '../text/language.ts'
import { awayWords } from '../text/words.ts'
import { becomeAvailable, becomeAway, leave, linkState, pending, screen, type ChosenAwayReason } from './desk-state.ts'
import { DevicesDialog } from './devices-dialog.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'

export function StatusBar({ view }: { view: AgentView }): JSX.Element {
  const { status, since } = agentStatus(view)
  return (
    <header class="bar">
      <span class="brand">{t('page.brand')}</span>
      <p class="bar-status" aria-live="polite" aria-atomic="false">
        <StatusMark status={status} />
        <span aria-live="off">
          <span class="visually-hidden">{t('status.since')} </span>
          <Elapsed since={since} />
        </span>
      </p>
      <AvailabilityChoice view={view} />
      <div class="bar-end">
        <ConnectionBadge state={linkState.value} />
        <AgentMenu view={view} />
      </div>
    </header>
  )
}

const awayChoices: readonly ChosenAwayReason[] = ['break', 'meeting', 'other-work']

function AvailabilityChoice({ view }: { view: AgentView }): JSX.Element {
  const { work, availability, awayReason } = view
  // Beside a citizen in a call there is nothing to choose: the engine would refuse it.
  const isBusy = pending.value !== null || view.besideCallId !== null
  const mayBeAvailable = isAgentAllowed('availability.set-available', work.kind) && screen.value.kind !== 'devices'
  const mayBeAway = isAgentAllowed('availability.set-away', work.kind)
  const isLater = work.kind === 'in-call' || work.kind === 'wrap-up'
  return (
    <div class="choice" role="group" aria-label={isLater ? t('availability.afterwards') : t('availability.group')}>
      <span class="choice-label" aria-hidden="true">
        {isLater ? t('availability.afterwards') : ''}
      </span>
      <button
        type="button"
        aria-pressed={availability === 'available'}
        disabled={!mayBeAvailable || isBusy}
        onClick={() => void becomeAvailable()}
      >
        {t('availability.ready')}
      </button>
      {awayChoices.map((reason) => (
        <button
          type="button"
          key={reason}
          aria-pressed={availability === 'away' && awayReason === reason}
          disabled={!mayBeAway || isBusy}
          onClick={() => void becomeAway(reason)}
        >
          <span class="capitalised">{t(awayWords[reason])}</span>
        </button>
      ))}
    </div>
  )
}

function AgentMenu({ view }: { view: AgentView }): JSX.Element {
  const maySignOut = isAgentAllowed('sign-out', view.work.kind) && view.besideCallId === null
  return (
    <>
      <button type="button" class="plain menu-button" popovertarget="agent-menu">
        <Icon name="person" />
        <span class="menu-name">
          <strong>{view.name}</strong>
          <small>{view.centreName}</small>
        </span>
      </button>
      <div id="agent-menu" popover="auto" class="menu" role="group" aria-label={t('menu.label')}>
        <button type="button" class="menu-item" onClick={() => openDialog('devices-dialog')}>
          <Icon name="camera" />
          {t('menu.devices')}
        </button>
        <button type="button" class="menu-item" onClick={() => openDialog('shortcuts-dialog')}>
          <Icon name="menu" />
          {t('menu.shortcuts')}
        </button>
        <a class="button menu-item" href="/agent/my-sign-in.html" target="_blank" rel="noopener">
          <Icon name="person" />
          {t('mySignIn.title')}
        </a>
        <OwnAttributes view={view} />
        <LanguageSwitch />
        <button type="button" class="menu-item" disabled={!maySignOut} onClick={() => void leave()}>
          <Icon name="signOut" />
          {t('page.signOut')}
        </button>
        {!maySignOut && <p class="quiet menu-hint">{t('menu.signOutLater')}</p>}
      </div>
      <DevicesDialog />
      <ShortcutsDialog />
    </>
  )
}

/** What the engine goes by when it looks for somebody. */
function OwnAttributes({ view }: { view: AgentView }): JSX.Element {
  return (
    <div class="own-attributes">
      <p id="attributes-title">{t('menu.attributes')}</p>
      {view.attributes.length === 0 ? (
        <p class="quiet">{t('menu.noAttributes')}</p>
      ) : (
        <ul aria-labelledby="attributes-title">
          {view.attributes.map(({ attribute, level }) => (
            <li key={attribute}>
              {attributeText(attribute, view.queues)} <span class="quiet">{t('level.short', { level })}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function openDialog(id: string): void {
  document.getElementById('agent-menu')?.hidePopover()
  const dialog = document.getElementById(id)
  if (dialog instanceof HTMLDialogElement) dialog.showModal()
}
