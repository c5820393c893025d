/** The floor: six tiles, the queues, the people. Or, where the address says so, one call, or the rules. */
import { computed } from '@preact/signals'
import type { JSX } from 'preact'
import type { ConnectionState } from '#server/client/connection.ts'
import type { SupervisorView } from '#server/contract/views.ts'
import { BoardHeader } from '../components/board-header.tsx'
import { ConnectionBadge } from '../components/connection-badge.tsx'
import { Elapsed } from '../components/elapsed.tsx'
import { Icon } from '../components/icons.tsx'
import { WholePage } from '../components/whole-page.tsx'
import { clockTimeText } from '../model/copenhagen-time.ts'
import { RemarksCard } from '../knowledge/remarks-card.tsx'
import { RoleGate } from '../session/role-gate.tsx'
import { nowSecondAt } from '../session/server-clock.ts'
import { formatTag, t } from '../text/language.ts'
import { AgentsTable } from './agents-table.tsx'
import { CallPage } from './call-page.tsx'
import { linkState, lostAt, reconnect, view } from './floor-state.ts'
import { KioskKeysCard } from './kiosk-keys-card.tsx'
import { KiosksCard } from './kiosks-card.tsx'
import { NoticesCard } from './notices-card.tsx'
import { QueuesTable } from './queues-table.tsx'
import { RulesPage } from './rules-page.tsx'
import { isOnWall, shownPage } from './shown-page.ts'
import { SitesCard } from './sites-card.tsx'
import { StepInCard } from './step-in-card.tsx'
import { Tiles } from './tiles.tsx'
import { WallScreen } from './wall-screen.tsx'
import { WarningsCard } from './warnings-card.tsx'

export function SupervisorPage(): JSX.Element {
  return (
    <RoleGate role="supervisor" {...(isOnWall ? { signInLead: t('wall.signInLead') } : {})}>
      {() => <Shown />}
    </RoleGate>
  )
}

function Shown(): JSX.Element {
  const shown = shownPage.value
  switch (shown.kind) {
    case 'call':
      return <CallPage shown={shown} />
    case 'rules':
      return <RulesPage />
    case 'floor':
      return <Floor />
  }
}

function Floor(): JSX.Element {
  const state = linkState.value
  const floor = view.value
  document.title = t('title.supervisor')
  if (state.kind === 'refused') return <Refused state={state} />
  if (floor === null) {
    return state.kind === 'offline' ? (
      <WholePage icon="offline" title={t('page.unreachableTitle')} text={t('page.unreachableText')}>
        <button type="button" class="primary large" onClick={reconnect}>
          {t('page.tryAgain')}
        </button>
      </WholePage>
    ) : (
      <WholePage isBusy title={t('page.loadingTitle')} text={t('page.loadingText')} />
    )
  }
  const isStale = state.kind !== 'online'
  return isOnWall ? <WallScreen floor={floor} isStale={isStale} /> : <Board floor={floor} isStale={isStale} />
}

function Refused({ state }: { state: Extract<ConnectionState, { kind: 'refused' }> }): JSX.Element {
  const isOld = state.code === 'version-mismatch'
  return (
    <WholePage
      icon="warning"
      title={isOld ? t('page.reloadTitle') : t('page.unreachableTitle')}
      text={isOld ? t('page.reloadText') : t('page.unreachableText')}
    >
      <button type="button" class="primary large" onClick={() => location.reload()}>
        {t('page.reload')}
      </button>
    </WholePage>
  )
}

const minuteText = computed(() => clockTimeText(nowSecondAt.value, formatTag()))

/** By itself, so that the tables are not drawn again with every tick. */
function WallClock(): JSX.Element {
  return (
    <span class="board-clock clock">
      <span class="visually-hidden">{t('board.clock')} </span>
      {minuteText.value}
    </span>
  )
}

function Board({ floor, isStale }: { floor: SupervisorView; isStale: boolean }): JSX.Element {
  return (
    <div class={`board ${isStale ? 'is-stale' : ''}`}>
      <BoardHeader current="floor">
        <a href="/agent/supervisor.html?wall">{t('wall.open')}</a>
        <WallClock />
        <ConnectionBadge state={linkState.value} />
      </BoardHeader>
      {isStale && lostAt.value !== null && (
        <div class="notices">
          <p class="notice notice-alarm" role="alert">
            <Icon name="offline" />
            <span>{t('board.stale', { time: clockTimeText(lostAt.value, formatTag()) })}</span>
            <span aria-live="off">
              (<Elapsed since={lostAt.value} />)
            </span>
          </p>
        </div>
      )}
      <main class="board-main">
        <h1 class="visually-hidden">{t('board.floor')}</h1>
        <Tiles floor={floor} />
        <WarningsCard warnings={floor.warnings} />
        <QueuesTable queues={floor.queues} days={floor.days} />
        <AgentsTable agents={floor.agents} queues={floor.queues} />
        <StepInCard floor={floor} />
        <SitesCard sites={floor.sites} />
        <KiosksCard floor={floor} />
        <KioskKeysCard />
        <NoticesCard floor={floor} />
        <RemarksCard />
      </main>
      <footer class="board-foot quiet">
        {t('board.kiosks', { online: floor.kiosksOnlineCount, all: floor.kiosksCount, sites: floor.sitesCount })}
      </footer>
    </div>
  )
}
