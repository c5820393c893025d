/** From the state of affairs to the page: one screen at a time, and the words for those who listen. */
import { Conversation } from './call/conversation.tsx'
import { LiveWords } from './components/live-words.tsx'
import { Goodbye } from './goodbye/goodbye.tsx'
import { Loading, NotSetUp, OutOfDate, Replaced, StillThere, TurnedAway } from './kiosk/plain-screen.tsx'
import type { Announcement } from './model/announcement.ts'
import type { Screen } from './model/screen.ts'
import type { MediaControl } from './session/call-media.ts'
import type { KioskSession } from './session/kiosk-session.ts'
import { language, t } from './text/language.ts'
import { Waiting } from './waiting/waiting.tsx'
import { Welcome } from './welcome/welcome.tsx'

type Props = { readonly session: KioskSession; readonly media: MediaControl }

export function App({ session, media }: Props) {
  const screen = session.screen.value
  return (
    <>
      <Current screen={screen} session={session} media={media} />
      <LiveWords announcement={announcementOf(screen)} />
    </>
  )
}

function Current({ screen, session, media }: Props & { readonly screen: Screen }) {
  switch (screen.kind) {
    case 'loading':
      return <Loading />
    case 'not-set-up':
      return <NotSetUp />
    case 'turned-away':
      return <TurnedAway onKnock={session.useHere} />
    case 'replaced':
      return <Replaced onUseHere={session.useHere} />
    case 'out-of-date':
      return <OutOfDate />
    case 'still-there':
      return <StillThere onYes={() => session.resume(screen.callId)} onNo={() => session.disown(screen.callId)} />
    case 'idle':
      return (
        <Welcome
          screen={screen}
          language={session.language.value}
          onPress={session.press}
          onLanguage={session.chooseLanguage}
        />
      )
    case 'waiting':
      return (
        <Waiting
          screen={screen}
          media={media}
          onLanguage={session.chooseLanguage}
          onMatter={session.chooseMatter}
          onSkip={session.skip}
          onReopen={session.reopen}
          onHangUp={session.hangUp}
        />
      )
    case 'conversation':
      return <Conversation screen={screen} media={media} onHangUp={session.hangUp} />
    case 'goodbye':
      return <Goodbye key={screen.reason} reason={screen.reason} onReset={session.reset} />
  }
}

/** The line while it is stood in, and what goes wrong with the connection. Other screens begin with their heading. */
function announcementOf(screen: Screen): Announcement | null {
  const affair = affairOf(screen)
  // In another language it is another thing to say.
  return affair === null ? null : { ...affair, topic: `${affair.topic} ${language.value}` }
}

function affairOf(screen: Screen): Announcement | null {
  if (screen.kind === 'idle' && !screen.isReachable) return { topic: 'offline', words: t('idle.offline-title') }
  if (screen.kind !== 'waiting') return null
  if (screen.link === 'place-kept') {
    return { topic: 'place-kept', words: `${t('waiting.place-kept-title')}. ${t('waiting.place-kept')}` }
  }
  if (screen.link === 'place-unsure') {
    return { topic: 'place-unsure', words: `${t('waiting.place-unsure-title')}. ${t('waiting.place-unsure')}` }
  }
  const { position } = screen
  if (position === null) return { topic: 'offered', words: t('waiting.offered') }
  return { topic: 'position', words: t('waiting.position', { position }) }
}
