/** In line: where they are in it, what helps us to help them, and themselves as the other side will see them. */
import type { Language, MatterId } from '#server/contract/ids.ts'
import { Button } from '../components/button.tsx'
import { Heading } from '../components/heading.tsx'
import { Notice } from '../components/notice.tsx'
import { Picture } from '../components/picture.tsx'
import { deviceTrouble } from '../model/device-trouble.ts'
import type { Question, WaitingScreen } from '../model/screen.ts'
import type { CallMedia } from '../session/call-media.ts'
import { t } from '../text/language.ts'
import { Questions } from './questions.tsx'
import './waiting.css'

type Props = {
  readonly screen: WaitingScreen
  readonly media: CallMedia
  readonly onLanguage: (language: Language) => void
  readonly onMatter: (matterId: MatterId) => void
  readonly onSkip: (question: Question) => void
  readonly onReopen: (question: Question) => void
  readonly onHangUp: () => void
}

export function Waiting(props: Props) {
  const { screen } = props
  const { position } = screen
  return (
    <main class="screen waiting">
      <header class="line">
        <div class="position">
          {position === null ? <Searching /> : <Place position={position} />}
          <div>
            <Heading>{position === null ? t('waiting.offered') : t('waiting.position', { position })}</Heading>
            <p class="lead">{position === null ? t('waiting.offered-what') : t('waiting.stay')}</p>
          </div>
        </div>
        <OwnPicture media={props.media} />
      </header>
      <Trouble screen={screen} media={props.media} />
      <Questions {...props} />
      <footer class="actions">
        <p class="aside">{t('waiting.leave')}</p>
        <Button look="end" icon="hang-up" onPress={props.onHangUp}>
          {t('conversation.hang-up')}
        </Button>
      </footer>
    </main>
  )
}

/** The number itself, to be seen from across the room. The heading says it in words. */
function Place({ position }: { readonly position: number }) {
  return (
    <span class="place" aria-hidden="true">
      {position}
    </span>
  )
}

function Searching() {
  return (
    <span class="place searching" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  )
}

function OwnPicture({ media }: { readonly media: CallMedia }) {
  const stream = media.ownPicture.value
  if (stream === null || media.camera.value !== 'on') return null
  return (
    <figure class="own-picture">
      <Picture stream={stream} label={t('conversation.own-picture')} isOwn />
      <figcaption>{t('waiting.own-picture')}</figcaption>
    </figure>
  )
}

function Trouble({ screen, media }: { readonly screen: WaitingScreen; readonly media: CallMedia }) {
  const trouble = deviceTrouble(media.camera.value, media.microphone.value)
  if (screen.link === 'up' && trouble === null) return null
  return (
    <div class="troubles">
      {screen.link === 'place-kept' ? (
        <Notice icon="no-connection" title={t('waiting.place-kept-title')}>
          {t('waiting.place-kept')}
        </Notice>
      ) : null}
      {screen.link === 'place-unsure' ? (
        <Notice icon="no-connection" title={t('waiting.place-unsure-title')}>
          {t('waiting.place-unsure')}
        </Notice>
      ) : null}
      {trouble === null ? null : <Notice icon="notice">{t(trouble)}</Notice>}
    </div>
  )
}
