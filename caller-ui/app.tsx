/** From the state of affairs to the page: one screen at a time, and the words for those who listen. */
import type { ReadonlySignal } from '@preact/signals'
import { Fragment } from 'preact'
import { ComfortBar } from './comfort/comfort-bar.tsx'
import { Cleared } from './comfort/cleared.tsx'
import { later } from './components/later.tsx'
import { LiveWords } from './components/live-words.tsx'
import type { Orders } from './kiosk/heartbeat.ts'
import { pagePart } from './kiosk/page-part.ts'
import { hasGivenUp } from './kiosk/reload.ts'
import { Loading, NotSetUp, OutOfDate, OutOfOrder, Replaced, StillThere, TurnedAway } from './kiosk/plain-screen.tsx'
import type { Announcement } from './model/announcement.ts'
import type { KioskFault } from './model/kiosk-fault.ts'
import type { ClosedScreen, ConversationScreen, IdleScreen, Screen } from './model/screen.ts'
import { spelled } from './model/typed-ticket.ts'
import type { WaitingScreen } from './model/waiting-screen.ts'
import { PhoneOffline, PhoneStart, TicketOver } from './phone/phone-screen.tsx'
import type { MediaControl } from './session/call-media.ts'
import type { CallerSession } from './session/caller-session-type.ts'
import type { InCall } from './session/in-call.ts'
import { label, language, t } from './text/language.ts'
import { placeWords, waitWords } from './text/wait-words.ts'
import { lineNotices } from './waiting/line-notices.tsx'
import { Welcome } from './welcome/welcome.tsx'

const laterScreens = () => pagePart(() => import('./later-screens.ts'))
const Closed = later(async () => (await laterScreens()).Closed)
const Conversation = later(async () => (await laterScreens()).Conversation)
const Goodbye = later(async () => (await laterScreens()).Goodbye)
const Kept = later(async () => (await laterScreens()).Kept)
const StaffEntryScreen = later(async () => (await laterScreens()).StaffEntryScreen)
const StaffReady = later(async () => (await laterScreens()).StaffReady)
const TicketEntryScreen = later(async () => (await laterScreens()).TicketEntryScreen)
const Waiting = later(async () => (await laterScreens()).Waiting)

/** Fetches every screen, so that a press shows the next one at once, also where the network is gone by then. */
export async function fetchScreens(): Promise<void> {
  for (const screen of [Closed, Conversation, Goodbye, Kept, StaffEntryScreen, StaffReady, TicketEntryScreen, Waiting])
    await screen.fetch()
}

type StaffScreen = Screen & { readonly kind: 'staff-entry' | 'staff-ready' }
type Props = { readonly session: CallerSession; readonly inCall: InCall; readonly media: MediaControl }
type AppProps = Props & {
  readonly orders: ReadonlySignal<Orders>
  readonly fault: ReadonlySignal<KioskFault | null>
}

export function App({ session, inCall, media, orders, fault }: AppProps) {
  const screen = session.screen.value
  // Whoever is there already stays: nobody new may come.
  const isFree = screen.kind === 'idle' || screen.kind === 'closed'
  const isOut = isFree && (orders.value.isOutOfOrder || hasGivenUp.value)
  return (
    <>
      {/* Nothing that the last person left open is drawn for the next. */}
      <Fragment key={String(session.comfort.forgotten.value)}>
        {isOut ? <OutOfOrder siteName={screen.siteName} /> : <Current {...{ screen, session, inCall, media, fault }} />}
        <ComfortBar session={session} />
      </Fragment>
      <Cleared
        forgotten={session.comfort.forgotten.value}
        isIdle={screen.kind === 'idle' || screen.kind === 'closed'}
      />
      <LiveWords announcement={isOut ? null : announcementOf(screen)} />
    </>
  )
}

function Current({ screen, session, inCall, media, fault }: Omit<AppProps, 'orders'> & { readonly screen: Screen }) {
  switch (screen.kind) {
    case 'loading':
      return <Loading />
    case 'not-set-up':
      return <NotSetUp />
    case 'turned-away':
      return <TurnedAway onKnock={session.useHere} />
    case 'replaced':
      return <Replaced device={screen.device} onUseHere={session.useHere} />
    case 'out-of-date':
      return <OutOfDate />
    case 'still-there':
      return (
        <StillThere
          key={String(screen.isWaiting)}
          isWaiting={screen.isWaiting}
          onYes={() => session.resume(screen.callId)}
          onNo={() => session.disown(screen.callId)}
        />
      )
    case 'idle':
    case 'closed':
      return <Nobody screen={screen} session={session} fault={fault.value} />
    case 'ticket-entry':
      return (
        <TicketEntryScreen
          entry={screen.entry}
          isReachable={screen.isReachable}
          onType={session.type}
          onErase={session.eraseLast}
          onTakeUp={session.takeUp}
          onBack={session.closeEntry}
        />
      )
    case 'staff-entry':
    case 'staff-ready':
      return <Staff screen={screen} session={session} />
    case 'phone-start':
      return (
        <PhoneStart
          screen={screen}
          language={session.language.value}
          onContinue={() => session.resume(screen.callId)}
          onLanguage={session.chooseScreenLanguage}
        />
      )
    case 'phone-offline':
      return <PhoneOffline />
    case 'ticket-over':
      return <TicketOver />
    case 'waiting':
      return <Line screen={screen} session={session} media={media} />
    case 'kept':
      return <Kept screen={screen} onDone={session.reset} onNow={session.comeNow} onCancel={session.hangUp} />
    case 'conversation':
      return <Talk screen={screen} session={session} inCall={inCall} media={media} />
    case 'goodbye':
      return (
        <Goodbye
          key={screen.reason}
          screen={screen}
          onCallAgain={session.callAgain}
          onNow={session.comeNow}
          onRate={inCall.rate}
          onReset={session.reset}
        />
      )
  }
}

type NobodyProps = Pick<Props, 'session'> & {
  readonly screen: IdleScreen | ClosedScreen
  readonly fault: KioskFault | null
}

/** Nobody is here, whether or not somebody would answer. */
function Nobody({ screen, session, fault }: NobodyProps) {
  const { openEntry: onTicket, press: onPress, chooseScreenLanguage: onLanguage } = session
  const shared = { now: session.now.value, onTicket }
  const staff = { onStaff: session.staff.open, onBadge: session.staff.readBadge }
  if (screen.kind === 'closed') {
    return <Closed screen={screen} onPlace={() => onPress({ isForNextOpening: true })} {...shared} />
  }
  return (
    <Welcome
      screen={screen}
      fault={fault}
      language={session.language.value}
      {...{ onPress, onLanguage }}
      {...staff}
      {...shared}
    />
  )
}

function Staff({ screen, session }: { readonly screen: StaffScreen; readonly session: CallerSession }) {
  const { staff, press, reset } = session
  if (screen.kind === 'staff-ready') {
    return <StaffReady screen={screen} onWord={staff.toggleWord} onCall={() => press()} onSignOut={reset} />
  }
  const keys = { onType: staff.type, onErase: staff.eraseLast, onGoOn: staff.goOn }
  return <StaffEntryScreen {...screen} {...keys} onBadge={staff.readBadge} onBack={reset} />
}

function Talk({ screen, session, inCall, media }: Props & { readonly screen: ConversationScreen }) {
  return (
    <Conversation
      screen={screen}
      media={media}
      now={inCall.serverNow}
      connection={inCall.connection}
      device={session.device}
      onDecline={(joinId) => inCall.declineJoin(screen.callId, joinId)}
      onMode={session.chooseMode}
      onHearing={(hasTrouble) => inCall.sayHearing(screen.callId, hasTrouble)}
      onStaffLeave={session.staff.leave}
      onHangUp={session.hangUp}
    />
  )
}

function Line({ screen, session, media }: Omit<Props, 'inCall'> & { readonly screen: WaitingScreen }) {
  return (
    <Waiting
      screen={screen}
      media={media}
      onLanguage={session.chooseLanguage}
      onInterpreter={session.chooseInterpreter}
      onMatter={session.chooseMatter}
      onMode={session.chooseMode}
      onTime={session.chooseTime}
      onSkip={session.skip}
      onReopen={session.reopen}
      onStepAway={session.stepAway}
      onHere={session.confirmHere}
      onStaffLeave={session.staff.leave}
      onHangUp={session.hangUp}
    />
  )
}

/** The line while it is stood in, and what goes wrong with the connection. Other screens begin with their heading. */
function announcementOf(screen: Screen): Announcement | null {
  const affair = affairOf(screen)
  // In another language it is another thing to say.
  return affair === null ? null : { ...affair, topic: `${affair.topic} ${language.value}` }
}

function affairOf(screen: Screen): Announcement | null {
  if (screen.kind === 'idle' || screen.kind === 'closed') return idleAffair(screen)
  if (screen.kind !== 'waiting') return null
  const { place, presence } = screen
  if (presence.kind === 'asking' || presence.kind === 'maybe-gone') {
    const what = presence.kind === 'asking' ? t('there.what') : t('there.late')
    return { topic: presence.kind, words: `${t('still-there.title')} ${what}` }
  }
  const line = place === null ? t('waiting.offered') : `${placeWords(place)}. ${waitWords(place.wait)}`.trimEnd()
  const notices = lineNotices(screen)
  return {
    topic: [place === null ? 'offered' : 'position', ...notices.map(({ topic }) => topic)].join(' '),
    words: [...notices.map(({ title, words }) => (title === undefined ? words : `${title}. ${words}`)), line].join(' '),
  }
}

function idleAffair({ isReachable, called, notices }: IdleScreen | ClosedScreen): Announcement | null {
  if (!isReachable) return { topic: 'offline', words: t('idle.offline-title') }
  if (called.length === 0 && notices.length === 0) return null
  const tickets = called.map(({ ticketStart }) => t('idle.called-start', { letters: spelled(ticketStart) })).join(', ')
  const said = notices.map(({ labels }) => `${t('notice.from-staff')}: ${label(labels)}`)
  return {
    topic: ['called', tickets, ...notices.map(({ noticeId }) => noticeId)].join(' '),
    words: [...(called.length === 0 ? [] : [`${t('idle.called')} ${tickets}`]), ...said].join('. '),
  }
}
