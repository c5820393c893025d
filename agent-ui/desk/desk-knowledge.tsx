/** Where the desk looks things up: beside a call, from which texts go to the citizen's screen, and between calls. */
import type { JSX } from 'preact'
import type { CallForAgent } from '#server/contract/views.ts'
import type { WrapUpSheet } from '#server/contract/wrap-up.ts'
import { KnowledgePanel } from '../knowledge/knowledge-panel.tsx'
import { askAgainWhenBack, type Subject } from '../knowledge/knowledge-state.ts'
import { RemarksCard } from '../knowledge/remarks-card.tsx'
import { t } from '../text/language.ts'
import { linkState } from './desk-state.ts'
import { showToCitizen } from './show-state.ts'
import { ariaChord, Key, shortcuts } from './shortcuts.ts'

askAgainWhenBack(() => linkState.value.kind === 'online')

const NOTHING: Subject = { callId: null, serviceId: null, matterId: null, language: null }

/** The panel beside a call. */
export function KnowledgeForCall({ call }: { call: CallForAgent }): JSX.Element {
  const { callId, serviceId, matterId, language } = call
  return (
    <KnowledgePanel
      subject={{ callId, serviceId, matterId, language }}
      send={(text) => showToCitizen({ kind: 'text', ...text })}
      ariaChord={ariaChord(shortcuts.knowledge)}
    />
  )
}

/** After a call, of what it was about. There is no citizen any more to show it to. */
export function KnowledgeAfterCall({
  call,
  sheet,
}: {
  call: CallForAgent | null
  sheet: WrapUpSheet | null
}): JSX.Element {
  const { callId = null, serviceId = null, matterId = null, language = null } = call ?? {}
  const about =
    call === null ? { ...NOTHING, serviceId: sheet?.serviceId ?? null } : { callId, serviceId, matterId, language }
  return (
    <section class="card knowledge-card" aria-labelledby="knowledge-title">
      <header class="card-head">
        <h2 id="knowledge-title">{t('knowledge.title')}</h2>
        <Key chord={shortcuts.knowledge} />
      </header>
      <KnowledgePanel subject={about} ariaChord={ariaChord(shortcuts.knowledge)} />
    </section>
  )
}

/** Between calls, with what was said about the agent's own articles. */
export function KnowledgeWhenIdle(): JSX.Element {
  return (
    <>
      <section class="card knowledge-card" aria-labelledby="knowledge-title">
        <header class="card-head">
          <h2 id="knowledge-title">{t('knowledge.title')}</h2>
          <Key chord={shortcuts.knowledge} />
        </header>
        <KnowledgePanel subject={NOTHING} ariaChord={ariaChord(shortcuts.knowledge)} />
      </section>
      <RemarksCard isHiddenWhenEmpty />
    </>
  )
}
