/** Face to face, or as the person chose to talk. */
import type { CallId, Mode } from '#server/contract/ids.ts'
import { Heading } from '../components/heading.tsx'
import { Picture } from '../components/picture.tsx'
import type { ConversationScreen } from '../model/screen.ts'
import { coverOf, type StageCover } from '../model/stage-cover.ts'
import { isTextShown } from '../model/text-shown.ts'
import type { MediaControl } from '../session/call-media.ts'
import { t } from '../text/language.ts'
import { Connecting } from './connecting.tsx'
import { StaffBanner } from '../staff/staff-banner.tsx'
import { Controls } from './controls.tsx'
import { OwnPicture, Silence } from './own-side.tsx'
import { TextPane } from '../text-line/text-pane.tsx'
import { SpeakingRing } from './speaking-ring.tsx'
import './conversation.css'

type Props = {
  readonly screen: ConversationScreen
  readonly media: MediaControl
  readonly onMode: (mode: Mode) => void
  readonly onStaffLeave: (callId: CallId) => void
  readonly onHangUp: () => void
}

export function Conversation({ screen, media, onMode, onStaffLeave, onHangUp }: Props) {
  const { agentFirstName: name, centreName } = screen
  const { text, mode } = media
  const isWriting = isTextShown(text.isShown.value, mode.value, text.transcript.value)
  const looks = ['screen conversation', mode.value === 'signing' ? 'signing' : null, isWriting ? 'writing' : null]
  return (
    <main class={looks.filter((look) => look !== null).join(' ')}>
      <Stage screen={screen} media={media} onMode={onMode} />
      <div class="who">
        <Heading>{t('conversation.with', { name })}</Heading>
        <p class="lead">{centreName}</p>
        <StaffBanner staff={screen.staff} onLeave={() => onStaffLeave(screen.callId)} />
        <Silence name={name} media={media} />
      </div>
      <OwnPicture media={media} />
      {isWriting ? <TextPane text={text} nameOf={(id) => writerName(media, name, id)} /> : null}
      <Controls name={name} media={media} isWriting={isWriting} onMode={onMode} onHangUp={onHangUp} />
    </main>
  )
}

/** Who answered goes by name; whoever joined later is somebody else of the city. */
function writerName(media: MediaControl, agentFirstName: string, participantId: string): string {
  const [first] = media.remotes.value
  return first === undefined || first.participantId === participantId ? agentFirstName : t('text-line.colleague')
}

function Stage({ screen, media, onMode }: Pick<Props, 'screen' | 'media' | 'onMode'>) {
  const { agentFirstName: name } = screen
  const [remote] = media.remotes.value
  const cover = coverOf(screen, media.path.value, remote?.isCameraOn ?? false, media.link.value.isPictureAway)
  return (
    <div class={cover === null ? 'stage' : `stage covered ${cover}`}>
      {remote === undefined ? null : (
        <>
          <Picture stream={remote.stream} label={t('conversation.agent-picture', { name })} />
          <SpeakingRing level={remote.level} />
        </>
      )}
      {cover === null ? null : (
        <div class="cover">
          <span class="initial" aria-hidden="true">
            {name.slice(0, 1)}
          </span>
          <Cover cover={cover} name={name} mode={media.mode.value} onMode={onMode} />
        </div>
      )}
    </div>
  )
}

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
