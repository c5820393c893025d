/** Chooses the screen and puts the agent's bar above it. */
import type { JSX } from 'preact'
import type { AgentView } from '#server/contract/views.ts'
import { WholePage } from '../components/whole-page.tsx'
import { account, loadAccount } from '../session/account.ts'
import { NotForYou } from '../session/not-for-you.tsx'
import { SignInScreen } from '../session/sign-in-screen.tsx'
import { besideTalk } from '../beside/beside-state.ts'
import { Beside } from '../beside/beside.tsx'
import { t } from '../text/language.ts'
import { errorText } from '../text/words.ts'
import { Icon } from '../components/icons.tsx'
import { AbsenceNotice } from './absence.tsx'
import { CallScreen } from './call-screen.tsx'
import { ClosingNotice } from './closing-notice.tsx'
import { leave, linkState, openDesk, problem, otherDesk, reconnect, screen, takeOver } from './desk-state.ts'
import { DeviceCheck } from './device-check.tsx'
import { IdleScreen } from './idle-screen.tsx'
import { OccupiedPage } from './occupied-page.tsx'
import { OfferScreen } from './offer-screen.tsx'
import { StaffMessages } from './staff-messages.tsx'
import { SupervisedNotice } from './supervised-notice.tsx'
import { StatusBar } from './status-bar.tsx'
import { WrapUpScreen } from './wrap-up-screen.tsx'

export function Desk(): JSX.Element {
  const now = screen.value
  switch (now.kind) {
    case 'loading':
      return <WholePage isBusy title={t('page.loadingTitle')} text={t('page.loadingText')} />
    case 'signed-out':
      return <SignInScreen wasSignedOut={account.value.kind === 'signed-out' && account.value.wasSignedOut} />
    case 'unreachable':
      return <Unreachable />
    case 'not-for-you':
      return <NotForYou pageOf="agent" onSignOut={() => void leave()} onOpenDesk={openDesk} />
    case 'replaced':
      return (
        <WholePage icon="person" title={t('page.replacedTitle')} text={t('page.replacedText')}>
          <button type="button" class="primary large" onClick={takeOver}>
            {t('page.takeOver')}
          </button>
        </WholePage>
      )
    case 'occupied':
      return <OccupiedPage detail={otherDesk.value} />
    case 'reload':
      return (
        <WholePage icon="clock" title={t('page.reloadTitle')} text={t('page.reloadText')}>
          <button type="button" class="primary large" onClick={() => location.reload()}>
            {t('page.reload')}
          </button>
        </WholePage>
      )
    default:
      return (
        <div class={`desk desk-${now.kind === 'beside' && besideTalk.value !== null ? 'in-call' : now.kind}`}>
          <StatusBar view={now.view} />
          <Notices />
          <main class="desk-main">
            <Work kind={now.kind} view={now.view} />
          </main>
        </div>
      )
  }
}

function Work({
  kind,
  view,
}: {
  kind: AgentView['work']['kind'] | 'devices' | 'beside'
  view: AgentView
}): JSX.Element | null {
  const { work } = view
  if (kind === 'devices') return <DeviceCheck view={view} />
  if (kind === 'beside') return <Beside />
  switch (work.kind) {
    case 'idle':
      return <IdleScreen view={view} />
    case 'offered':
      return <OfferScreen work={work} key={work.offerId} />
    case 'in-call':
      return <CallScreen view={view} work={work} key={work.call.callId} />
    case 'wrap-up':
      return <WrapUpScreen view={view} work={work} />
  }
}

function Unreachable(): JSX.Element {
  const isRetrying = account.value.kind === 'signed-in'
  return (
    <WholePage icon="offline" title={t('page.unreachableTitle')} text={t('page.unreachableText')}>
      <button type="button" class="primary large" onClick={() => (isRetrying ? reconnect() : void loadAccount())}>
        {t('page.tryAgain')}
      </button>
    </WholePage>
  )
}

/** What is wrong right now, above whatever the agent is doing. */
function Notices(): JSX.Element {
  const isAway = linkState.value.kind !== 'online'
  const isInCall = screen.value.kind === 'in-call' || besideTalk.value !== null
  return (
    <div class="notices">
      {isAway && (
        <p class="notice notice-alarm" role="alert">
          <Icon name="offline" />
          <span>{isInCall ? t('link.lostInCall') : t('link.lost')}</span>
        </p>
      )}
      <ClosingNotice />
      <AbsenceNotice />
      <SupervisedNotice />
      <StaffMessages />
      {problem.value !== null && (
        <p class="notice notice-alarm" role="alert">
          <Icon name="warning" />
          <span>{errorText(problem.value.code, problem.value.detail)}</span>
          <button type="button" class="plain" onClick={() => (problem.value = null)}>
            {t('page.dismiss')}
          </button>
        </p>
      )}
    </div>
  )
}
