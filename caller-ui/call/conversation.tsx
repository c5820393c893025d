/** Face to face, or as the person chose to talk. */
import { useMemo } from 'preact/hooks'
import type { CallId, Instant, JoinId, Mode } from '#server/contract/ids.ts'
import { Heading } from '../components/heading.tsx'
import type { ConversationScreen, Device } from '../model/screen.ts'
import { seatsOf } from '../model/seats.ts'
import { coverOf, type StageCover } from '../model/stage-cover.ts'
import { isTextShown } from '../model/text-shown.ts'
import type { MediaControl } from '../session/call-media.ts'
import type { CallerConnection } from '../session/caller-requests.ts'
import { t } from '../text/language.ts'
import { listWords, roleWords } from '../text/people-words.ts'
import { Connecting } from './connecting.tsx'
import { Captions, CaptionSwitch, useCaptions, type CaptionsOfCall } from '../captions/captions.tsx'
import { StaffBanner } from '../staff/staff-banner.tsx'
import { Controls } from './controls.tsx'
import { HeldDevices, HoldStage, HoldWords } from './hold.tsx'
import { Sought } from './joining.tsx'
import { LivePicture } from './live-picture.tsx'
import { OwnPicture, Silence } from './own-side.tsx'
import { TextPane } from '../text-line/text-pane.tsx'
import { SpeakingRing } from './speaking-ring.tsx'
import { Seats } from './seats.tsx'
import { HandedOver } from './transferring.tsx'
import { shownLink } from '../shown/shown-link.ts'
import { CloseShown, isShowing, ShownPane } from '../shown/shown-pane.tsx'
import './conversation.css'
import './people.css'

type Props = {
  readonly screen: ConversationScreen
  readonly media: MediaControl
  readonly connection: CallerConnection | null
  readonly device: Device
  /** The server's clock. */
  readonly now: () => Instant
  readonly onMode: (mode: Mode) => void
  readonly onStaffLeave: (callId: CallId) => void
  readonly onDecline: (joinId: JoinId) => void
  readonly onHearing: (hasTrouble: boolean) => void
  readonly onHangUp: () => void
}

export function Conversation(props: Props) {
  const { screen, media, now, onMode, onStaffLeave, onDecline, onHearing, onHangUp } = props
  const { agentFirstName: name, hold, callId, shown } = screen
  const link = useMemo(() => shownLink(props.connection), [props.connection])
  const captions = useCaptions(props.connection, callId)
  const { text, mode } = media
  const isWriting = isTextShown(text.isShown.value, mode.value, text.transcript.value)
  const looks = {
    screen: true,
    conversation: true,
    signing: mode.value === 'signing',
    writing: isWriting,
    looking: screen.joining.length > 0,
    showing: isShowing(shown),
    windowed: isShowing(shown) && shown.shown.kind === 'window',
  }
  return (
    <main class={classesOf(looks)}>
      {hold === null ? <Stage {...{ screen, media, captions, onMode }} /> : <HoldStage hold={hold} now={now} />}
      {hold === null ? (
        <With screen={screen} media={media} onStaffLeave={onStaffLeave} />
      ) : (
        <HoldWords hold={hold} names={namesTogether(screen)} now={now}>
          <Supervised by={screen.supervisor} />
        </HoldWords>
      )}
      {hold === null ? <OwnPicture media={media} /> : <HeldDevices hold={hold} />}
      <ShownPane
        here={shown}
        remotes={media.remotes.value}
        isPhone={props.device === 'phone'}
        {...{ callId, link, isWriting }}
      />
      <Sought screen={screen} mode={mode.value} now={now} onDecline={onDecline} onMode={onMode} />
      {isWriting ? <TextPane text={text} agentName={name} /> : null}
      <Controls
        name={name}
        media={media}
        isWriting={isWriting}
        isHeld={hold !== null}
        closeShown={isWriting && isShowing(shown) ? <CloseShown {...{ callId, link }} here={shown} /> : null}
        captionSwitch={hold === null ? <CaptionSwitch captions={captions} /> : null}
        onMode={onMode}
        onHearing={onHearing}
        onHangUp={onHangUp}
      />
    </main>
  )
}

/** Who talks with each other while the citizen is on hold; none where one is alone. */
const namesTogether = ({ agentFirstName, others }: ConversationScreen): readonly string[] =>
  others.length === 0 ? [] : [agentFirstName, ...others.map(({ firstName }) => firstName)]

const classesOf = (looks: Readonly<Record<string, boolean>>) =>
  Object.keys(looks)
    .filter((look) => looks[look])
    .join(' ')

function With({ screen, media, onStaffLeave }: Pick<Props, 'screen' | 'media' | 'onStaffLeave'>) {
  const { agentFirstName: name, centreName, others } = screen
  return (
    <div class="who">
      <Heading>{t('conversation.with', { name })}</Heading>
      <p class="lead">{centreName}</p>
      <p class="with-others" role="status">
        {others.length === 0 ? null : t('people.with', { names: listWords(others.map(roleWords)) })}
      </p>
      <p class="with-others" role="status">
        {screen.stillBy === undefined ? null : t('conversation.still', { name: screen.stillBy })}
      </p>
      <Supervised by={screen.supervisor} />
      <StaffBanner staff={screen.staff} onLeave={() => onStaffLeave(screen.callId)} />
      <HandedOver screen={screen} />
      <Silence name={name} media={media} />
    </div>
  )
}

/** A supervisor who is in the call, in whatever way, and on hold too: nobody listens unseen. */
function Supervised({ by }: { readonly by: ConversationScreen['supervisor'] }) {
  const words = by?.hasJoined === true ? 'conversation.supervisor-joined' : 'conversation.supervised'
  return (
    <p class="with-others supervised" role="status">
      {by === undefined ? null : t(words, { name: by.firstName })}
    </p>
  )
}

type StageProps = Pick<Props, 'screen' | 'media' | 'onMode'> & { readonly captions: CaptionsOfCall }

function Stage({ screen, media, captions, onMode }: StageProps) {
  const { agentFirstName: name } = screen
  const seats = seatsOf(screen, media.remotes.value)
  const [main] = seats
  const remote = main?.remote
  const isAlone = seats.length === 1
  // Of several, each says for themselves whether they are seen.
  const isSeen = isAlone ? (remote?.isCameraOn ?? false) : true
  const cover = coverOf(screen, media.path.value, isSeen, media.link.value.isPictureAway)
  return (
    <div class={cover === null ? 'stage' : `stage covered ${cover}`}>
      {isAlone ? null : <Seats seats={seats} isEqual={media.mode.value === 'signing'} />}
      {!isAlone || remote === undefined ? null : (
        <>
          <LivePicture stream={remote.stream} label={t('conversation.agent-picture', { name })} />
          <SpeakingRing level={remote.level} />
        </>
      )}
      {cover === null || !(isAlone || COVERS_ALL.has(cover)) ? null : (
        <div class="cover">
          <span class="initial" aria-hidden="true">
            {name.slice(0, 1)}
          </span>
          <Cover cover={cover} name={name} mode={media.mode.value} onMode={onMode} />
        </div>
      )}
      <Captions captions={captions} />
    </div>
  )
}

/** What is so of everybody, and not of one. */
const COVERS_ALL: ReadonlySet<StageCover> = new Set(['interrupted', 'picture-paused', 'no-media'])

type CoverProps = {
  readonly cover: StageCover
  readonly name: string
  readonly mode: Mode | null
  readonly onMode: (mode: Mode) => void
}

function Cover({ cover, name, mode, onMode }: CoverProps) {
  switch (cover) {
    case 'connecting':
      return <Connecting name={name} mode={mode} onMode={onMode} />
    case 'picture-paused':
      return <Words title={t('conversation.picture-paused')} what={t('conversation.picture-paused-what', { name })} />
    case 'sound-only':
      return <Words title={t('conversation.sound-only', { name })} />
    case 'interrupted':
      return <Words title={t('conversation.interrupted')} what={t('conversation.interrupted-what')} />
    case 'agent-lost':
      return <Words title={t('conversation.agent-lost', { name })} what={t('conversation.agent-lost-what', { name })} />
    case 'no-media':
      return <Words title={t('conversation.no-media')} what={t('conversation.no-media-what')} />
  }
}

function Words({ title, what }: { readonly title: string; readonly what?: string }) {
  return (
    <div role="status">
      <strong>{title}</strong>
      {what === undefined ? null : <p>{what}</p>}
    </div>
  )
}
