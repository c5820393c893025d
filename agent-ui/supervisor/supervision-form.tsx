/** [R43] A running call: listening to it, speaking to the agent alone, joining it, and going out again. */
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { CallId } from '#server/contract/ids.ts'
import { SUPERVISION_KINDS, type SupervisionKind } from '#server/contract/supervision.ts'
import type { AgentForSupervisor } from '#server/contract/views.ts'
import { t } from '../text/language.ts'
import { newAsking } from './floor-ask.ts'
import { endSupervision, heard, standing, supervise, type Standing } from './supervision-state.ts'

const { isBusy, fault, ask } = newAsking()
const chosenId = signal('')

const kindWords = {
  listen: 'supervision.listen',
  whisper: 'supervision.whisper',
  join: 'supervision.join',
} as const satisfies Record<SupervisionKind, string>

const standingWords = {
  listen: 'supervision.isListening',
  whisper: 'supervision.isWhispering',
  join: 'supervision.isJoined',
} as const satisfies Record<SupervisionKind, string>

export function SupervisionForm({ agents }: { agents: readonly AgentForSupervisor[] }): JSX.Element {
  const there = standing.value
  const talking = agents.filter(({ callId, work }) => work === 'in-call' && callId !== null)
  const chosen = talking.find(({ agentId }) => agentId === chosenId.value)
  const call = there ?? (chosen?.callId == null ? null : { callId: chosen.callId, agentName: chosen.name })
  return (
    <form class="notices-form" aria-labelledby="supervision-title" onSubmit={(event) => event.preventDefault()}>
      <h3 id="supervision-title">{t('supervision.title')}</h3>
      {there === null && (
        <label>
          {t('supervision.with')}
          <select
            value={chosen === undefined ? '' : chosenId.value}
            onChange={(event) => (chosenId.value = event.currentTarget.value)}
          >
            <option value="">{t('supervision.choose')}</option>
            {talking
              .toSorted((a, b) => a.name.localeCompare(b.name))
              .map(({ agentId, name, siteName }) => (
                <option key={agentId} value={agentId}>
                  {siteName === null ? name : `${name} · ${siteName}`}
                </option>
              ))}
          </select>
        </label>
      )}
      {SUPERVISION_KINDS.map((kind) => (
        <button
          key={kind}
          type="button"
          aria-pressed={there?.kind === kind}
          disabled={call === null || isBusy.value}
          onClick={() => call !== null && begin(call.callId, call.agentName, kind)}
        >
          {t(kindWords[kind])}
        </button>
      ))}
      {there !== null && (
        <button type="button" class="primary" onClick={() => void endSupervision()}>
          {t('supervision.stop')}
        </button>
      )}
      <p class="quiet waiting-hint" aria-live="polite">
        {there === null ? hintText(talking.length) : standingText(there)} {t('supervision.hint')}
      </p>
      {there !== null && <Heard />}
      {fault.value !== null && (
        <p class="fault" role="alert">
          {fault.value}
        </p>
      )}
    </form>
  )
}

const hintText = (count: number): string => (count === 0 ? t('supervision.nobody') : '')

function standingText({ agentName: name, kind, isMute }: Standing): string {
  return isMute ? t('supervision.noMicrophone') : t(standingWords[kind], { name })
}

function begin(callId: CallId, agentName: string, kind: SupervisionKind): void {
  const gone = t('supervision.gone')
  const words = { 'unknown-call': gone, 'wrong-state': gone, 'not-allowed': t('supervision.notAllowed') }
  void ask(() => supervise(callId, agentName, kind), words)
}

/** Everybody in the call, small. */
function Heard(): JSX.Element {
  return (
    <ul class="supervised-faces">
      {heard.value.map(({ participantId, stream }) => (
        <li key={participantId}>
          <Face stream={stream} />
        </li>
      ))}
    </ul>
  )
}

function Face({ stream }: { stream: MediaStream }): JSX.Element {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const element = video.current
    if (element === null) return undefined
    element.srcObject = stream
    // A press has been made: what is refused now is a play that a newer one interrupts.
    element.play().catch(() => undefined)
    return () => {
      element.srcObject = null
    }
  }, [stream])
  return <video ref={video} playsInline aria-hidden="true" />
}
