/** In line: where they are in it, what helps us to help them, and themselves as the other side will see them. */
import type { CallId, Language, MatterId, Mode } from '#server/contract/ids.ts'
import { Button } from '../components/button.tsx'
import { Heading } from '../components/heading.tsx'
import type { LinePlace, Question, WaitingScreen } from '../model/waiting-screen.ts'
import type { MediaControl } from '../session/call-media.ts'
import { t } from '../text/language.ts'
import { placeWords, waitWords } from '../text/wait-words.ts'
import { TicketCard } from '../ticket/ticket-card.tsx'
import { StaffBanner } from '../staff/staff-banner.tsx'
import { Remedies } from './device-notice.tsx'
import { LineNotices } from './line-notices.tsx'
import { OwnPicture } from './own-picture.tsx'
import { AreYouThere } from './are-you-there.tsx'
import { Questions } from './questions.tsx'
import './waiting.css'
import './waiting-layout.css'

type Props = {
  readonly screen: WaitingScreen
  readonly media: MediaControl
  readonly onLanguage: (language: Language) => void
  readonly onInterpreter: (isWanted: boolean) => void
  readonly onMatter: (matterId: MatterId) => void
  readonly onMode: (mode: Mode) => void
  readonly onTime: (isMore: boolean) => void
  readonly onSkip: (question: Question) => void
  readonly onReopen: (question: Question) => void
  readonly onStepAway: (isRungAtKiosk: boolean) => void
  readonly onHere: () => void
  readonly onStaffLeave: (callId: CallId) => void
  readonly onHangUp: () => void
}

export function Waiting(props: Props) {
  const { screen, onReopen } = props
  const { place, presence } = screen
  if (presence.kind === 'asking' || presence.kind === 'maybe-gone') {
    return <AreYouThere check={presence} onYes={props.onHere} onAway={() => props.onStepAway(true)} />
  }
  return (
    <main class={place?.wait.kind === 'unknown' ? 'screen waiting unsure' : 'screen waiting'}>
      <header class="line">
        <div class="position">
          {place === null ? <Searching /> : <Place place={place} />}
          <div>
            {/* Whoever has it read aloud hears of another place not too often, and of another state at once. */}
            <div class={place === null ? '' : 'in-line'}>
              <Heading>{place === null ? t('waiting.offered') : placeWords(place)}</Heading>
              {place === null || place.wait.kind === 'untold' ? null : <p class="wait">{waitWords(place.wait)}</p>}
            </div>
            <WhatNow screen={screen} />
            <p class="aside">{t('privacy.line')}</p>
          </div>
        </div>
      </header>
      <div class="own-things">
        <OwnPicture media={props.media} />
        <TicketCard screen={screen} />
      </div>
      <div class="to-do">
        <LineNotices screen={screen} media={props.media} />
        <Questions {...props} />
        <StaffBanner staff={screen.staff} onLeave={() => props.onStaffLeave(screen.callId)} />
      </div>
      <footer class="actions">
        <Remedies media={props.media} onMode={props.onMode} />
        <p class="aside">{t('waiting.leave')}</p>
        {screen.device === 'phone' ? null : (
          <Button
            look="quiet"
            icon="ticket"
            onPress={() => onReopen('step-away')}
            isPressed={screen.question === 'step-away'}
          >
            {t('number.take-away')}
          </Button>
        )}
        <Button look="end" icon="hang-up" onPress={props.onHangUp}>
          {t('conversation.hang-up')}
        </Button>
      </footer>
    </main>
  )
}

function WhatNow({ screen }: { readonly screen: WaitingScreen }) {
  const words = whatNow(screen)
  return words === null ? null : <p class="lead">{words}</p>
}

/** Where there is nothing out of the ordinary, the steps below say what happens. */
function whatNow({ place, device, canMoreAnswer }: WaitingScreen): string | null {
  if (place === null) return t('waiting.offered-what')
  const isPhone = device === 'phone'
  if (place.wait.kind === 'unknown') return isPhone ? t('wait.unknown-what-phone') : t('wait.unknown-what')
  if (canMoreAnswer) return t('waiting.more-can-answer')
  return isPhone ? t('waiting.stay-phone') : null
}

/** The number itself, to be seen from across the room. The heading says it in words. */
function Place({ place: { from, to } }: { readonly place: LinePlace }) {
  const numbers = from === to ? `${from}` : `${from}–${to}`
  const size = numbers.length < 3 ? '' : numbers.length === 3 ? 'spread' : 'spread wide'
  return (
    <span class={`place ${size}`} aria-hidden="true">
      {numbers}
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
