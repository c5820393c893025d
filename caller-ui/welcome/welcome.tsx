/** Nobody is here, or somebody has just come: one thing to press, and quieter ones for those who need another. */
import type { Instant, Language } from '#server/contract/ids.ts'
import { Button } from '../components/button.tsx'
import { Heading } from '../components/heading.tsx'
import { LanguageRow } from '../components/language-row.tsx'
import { Notice } from '../components/notice.tsx'
import { StaffNotices } from '../components/staff-notices.tsx'
import { knownPlace } from '../kiosk/known-place.ts'
import { UNSAFE, UNWELL } from '../model/call-class.ts'
import { isWritingFirst, type KioskFault } from '../model/kiosk-fault.ts'
import type { IdleScreen } from '../model/screen.ts'
import type { Press } from '../session/caller-session-type.ts'
import { t } from '../text/language.ts'
import { CalledTickets } from '../ticket/called-tickets.tsx'
import { Greeting } from './greeting.tsx'
import { OpenStatus } from './open-status.tsx'
import { useBadge } from '../staff/use-badge.ts'
import './welcome.css'

type Props = {
  readonly screen: IdleScreen
  /** What of the machine does not work. */
  readonly fault: KioskFault | null
  readonly now: Instant
  readonly language: Language
  readonly onPress: (how?: Press) => void
  readonly onTicket: () => void
  readonly onStaff: () => void
  readonly onBadge: (badge: string) => void
  readonly onLanguage: (language: Language) => void
}

export function Welcome({ screen, fault, now, language, onPress, onTicket, onStaff, onBadge, onLanguage }: Props) {
  const { siteName, isReachable, press, called } = screen
  const isWritten = isWritingFirst(fault)
  const phone = knownPlace.value?.phone ?? null
  useBadge(onBadge)
  return (
    <main class={called.length === 0 ? 'screen welcome' : 'screen welcome calling'}>
      <header class="top">
        <p class="site">{siteName}</p>
      </header>
      {called.length === 0 ? <Greeting /> : <CalledTickets called={called} onMine={onTicket} />}
      <div class="pitch">
        <Heading>{t('idle.title')}</Heading>
        <p class="lead">{t('idle.what')}</p>
        <OpenStatus line={screen.line} staffing={screen.staffing} now={now} />
      </div>
      <div class="actions">
        {isReachable ? null : (
          <Notice icon="no-connection" title={t('idle.offline-title')}>
            {t('idle.offline-what')}
            {phone === null ? null : (
              <span class="number">
                {t('closed.phone')}: <bdi dir="ltr">{phone}</bdi>
              </span>
            )}
          </Notice>
        )}
        {isReachable && fault !== null ? <FaultNotice fault={fault} phone={screen.phone} /> : null}
        <StaffNotices notices={screen.notices} />
        <Button
          look="call"
          icon={isWritten ? 'keyboard' : 'call'}
          onPress={() => (isWritten ? onPress({ mode: 'text' }) : onPress())}
          isDisabled={!isReachable}
          isBusy={press === 'slow'}
        >
          {press === 'slow' ? t('idle.calling') : isWritten ? t('fault.write') : t('idle.call')}
        </Button>
        {fault === 'camera' || isWritten ? null : <p class="aside">{t('idle.camera')}</p>}
        <OtherWays screen={screen} isWritten={isWritten} onPress={onPress} onTicket={onTicket} />
        <div class="foot">
          <p class="aside emergency">{t('idle.emergency')}</p>
          <Button look="quiet" onPress={onStaff} isDisabled={!isReachable}>
            {t('employee.door')}
          </Button>
        </div>
      </div>
      <LanguageRow chosen={language} onChoose={onLanguage} />
    </main>
  )
}

const faultWords = {
  camera: 'fault.camera',
  microphone: 'fault.microphone',
  speaker: 'fault.speaker',
  sound: 'fault.sound',
  'camera-and-sound': 'fault.camera-and-sound',
} as const

/** One calm line: what does not work, and what does. */
function FaultNotice({ fault, phone }: { readonly fault: KioskFault; readonly phone: IdleScreen['phone'] }) {
  if (fault !== 'path') return <Notice icon="notice">{t(faultWords[fault])}</Notice>
  return (
    <Notice icon="notice" title={t('fault.path')}>
      {phone === null ? (
        t('kiosk.out-of-order-what')
      ) : (
        <>
          {t('closed.phone')} <bdi dir="ltr">{phone}</bdi>
        </>
      )}
    </Notice>
  )
}

type OtherWaysProps = Pick<Props, 'screen' | 'onPress' | 'onTicket'> & {
  /** The large button is for writing, so that to call is one of these. */
  readonly isWritten: boolean
}

const urgentWords = [
  [UNSAFE, 'idle.unsafe'],
  [UNWELL, 'idle.unwell'],
] as const

/** Whoever signs or writes presses once, as everybody does. Nothing urgent looks as if it were, to a bystander. */
function OtherWays({ screen: { isReachable, classIds }, isWritten, onPress, onTicket }: OtherWaysProps) {
  const isDisabled = !isReachable
  return (
    <div class="beside">
      <Button look="quiet" icon="signing" onPress={() => onPress({ mode: 'signing' })} isDisabled={isDisabled}>
        {t('mode.signing')}
      </Button>
      <Button
        look="quiet"
        icon={isWritten ? 'call' : 'keyboard'}
        onPress={() => (isWritten ? onPress() : onPress({ mode: 'text' }))}
        isDisabled={isDisabled}
      >
        {isWritten ? t('idle.call') : t('mode.text')}
      </Button>
      <Button look="quiet" icon="ticket" onPress={onTicket} isDisabled={isDisabled}>
        {t('idle.have-ticket')}
      </Button>
      {urgentWords
        .filter(([classId]) => classIds.includes(classId))
        .map(([classId, words]) => (
          <Button key={classId} look="quiet" onPress={() => onPress({ classId })} isDisabled={isDisabled}>
            {t(words)}
          </Button>
        ))}
    </div>
  )
}
