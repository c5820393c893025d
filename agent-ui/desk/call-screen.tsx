/** The conversation: the citizen as large as fits, one's own picture small, the facts beside. */
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import type { AgentView, AgentWorkView, CallForAgent } from '#server/contract/views.ts'
import { Elapsed } from '../components/elapsed.tsx'
import { Icon } from '../components/icons.tsx'
import { useLater } from '../components/use-later.ts'
import { t } from '../text/language.ts'
import { CallFacts } from './call-facts.tsx'
import { isFlowing, isTextOpen, pictureLink, typing } from './call-media.ts'
import { Captions } from './captions.tsx'
import { callWindow } from './call-window-state.ts'
import { CallMarks } from './call-marks.tsx'
import { DangerMark } from './danger-mark.tsx'
import { KnowledgeForCall } from './desk-knowledge.tsx'
import { Others, WaitingJoins } from './join-panel.tsx'
import { deviceFaultText } from './media-words.ts'
import { deviceFaults, reopenDevices } from './own-devices.ts'
import { PEOPLE_PANEL, PeoplePanel } from './people-panel.tsx'
import { PictureStill } from './picture-still.tsx'
import { CallQuality } from './quality-mark.tsx'
import { TextPane } from './text-pane.tsx'
import { Key, shortcuts } from './shortcuts.ts'
import { ShowPanel } from './show-panel.tsx'
import { SidePanels } from './side-panels.tsx'
import { StaffBeside } from './staff-beside.tsx'
import { Controls, Pictures, PicturesAreApart } from './stage.tsx'

type InCall = Extract<AgentWorkView, { kind: 'in-call' }>

/** The panels beside the conversation wait no longer than this for the first picture, in ms. */
const PANELS_WAIT_MS_MAX = 400

export function CallScreen({ view, work }: { view: AgentView; work: InCall }): JSX.Element {
  const { call } = work
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <div class={callWindow.value === null ? 'call' : 'call is-apart'}>
      <section class="stage" aria-label={t('call.stage')}>
        {callWindow.value === null ? <Pictures call={call} /> : <PicturesAreApart />}
        <PictureStill />
        <Controls call={call} />
      </section>
      <aside class="card call-side" aria-labelledby="call-title">
        <header class="call-head">
          <h1 id="call-title" ref={title} tabIndex={-1}>
            {call.siteName}
          </h1>
          <p>
            <span class="visually-hidden">{t('call.length')} </span>
            <Elapsed since={work.since} />
          </p>
        </header>
        <DangerMark call={call} />
        <CallMarks call={call} />
        {call.hasTroubleHearing && <TroubleHearing />}
        <StaffBeside call={call} />
        <Others call={call} />
        <WaitingJoins view={view} call={call} onCancelled={() => title.current?.focus()} />
        <Panels view={view} work={work} />
      </aside>
    </div>
  )
}

/** What stands beside the conversation: it lets the first picture come before it. */
function Panels({ view, work }: { view: AgentView; work: InCall }): JSX.Element | null {
  const isLate = useLater(PANELS_WAIT_MS_MAX)
  // Once there, they stay: with somebody new in the call nothing flows for a moment.
  const areDue = useRef(false)
  areDue.current ||= isLate || isFlowing.value
  if (!areDue.current) return null
  const { call } = work
  return (
    <SidePanels
      panels={[
        {
          id: 'call',
          label: t('side.call'),
          icon: 'phone',
          content: <CallPanel call={call} waitedMs={work.since - call.queuedAt} />,
        },
        {
          id: PEOPLE_PANEL,
          label: t('side.people'),
          icon: 'person',
          content: <PeoplePanel view={view} call={call} />,
        },
        {
          id: 'knowledge',
          label: t('knowledge.title'),
          icon: 'book',
          content: <KnowledgeForCall call={call} />,
        },
        { id: 'show', label: t('side.show'), icon: 'screen', content: <ShowPanel call={call} /> },
      ]}
    />
  )
}

interface CallPanelProps {
  readonly call: CallForAgent
  readonly waitedMs: number
}

/** The call itself: what is known of it, how the line is, and what is written. */
function CallPanel({ call, waitedMs }: CallPanelProps): JSX.Element {
  return (
    <>
      <CallFacts call={call} waitedMs={waitedMs} />
      <CallQuality mode={call.mode} />
      {call.mode === 'signing' && <FrameWarning />}
      <TextPane typing={typing.value} isOpen={isTextOpen.value} isTextCall={call.mode === 'text'} />
      <Captions call={call} />
      <DeviceFaults />
      <p class="quiet call-keys">
        <span>
          {t('shortcuts.microphone')} <Key chord={shortcuts.microphone} />
        </span>
        <span>
          {t('shortcuts.camera')} <Key chord={shortcuts.camera} />
        </span>
        <span>
          {t('shortcuts.hold')} <Key chord={shortcuts.hold} />
        </span>
        <span>
          {t('shortcuts.hangUp')} <Key chord={shortcuts.hangUp} />
        </span>
      </p>
    </>
  )
}

/** Below the floor for signing, on the way that is short of pictures. */
function FrameWarning(): JSX.Element | null {
  const { areFramesFew, areOwnFramesFew } = pictureLink.value
  if (!areFramesFew && !areOwnFramesFew) return null
  return (
    <p class="quality tone-busy" role="status">
      <Icon name="warning" />
      <span>{areOwnFramesFew ? t('quality.fewOwnFrames') : t('quality.fewFrames')}</span>
    </p>
  )
}

function DeviceFaults(): JSX.Element | null {
  if (deviceFaults.value.length === 0) return null
  return (
    <div class="fault" role="alert">
      <div>
        {deviceFaults.value.map((fault) => (
          <p key={fault.kind}>{deviceFaultText(fault)}</p>
        ))}
        <button type="button" onClick={() => void reopenDevices()}>
          {t('page.tryAgain')}
        </button>
      </div>
    </div>
  )
}

/** The citizen has said so at the screen, which is as loud as it can be by now. */
function TroubleHearing(): JSX.Element {
  return (
    <p class="trouble-hearing" role="alert">
      <Icon name="warning" />
      <span>
        <strong>{t('call.troubleHearing')}</strong> {t('call.troubleHearingText')}
      </span>
    </p>
  )
}
