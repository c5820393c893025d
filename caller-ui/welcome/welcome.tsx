/** Nobody is here, or somebody has just come: one thing to press, and quieter ones for those who need another. */
import type { Instant, Language } from '#server/contract/ids.ts'
import { Button } from '../components/button.tsx'
import { Heading } from '../components/heading.tsx'
import { LanguageRow } from '../components/language-row.tsx'
import { Notice } from '../components/notice.tsx'
import { StaffNotices } from '../components/staff-notices.tsx'
import { UNSAFE, UNWELL } from '../model/call-class.ts'
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
  readonly now: Instant
  readonly language: Language
  readonly onPress: (how?: Press) => void
  readonly onTicket: () => void
  readonly onStaff: () => void
  readonly onBadge: (badge: string) => void
  readonly onLanguage: (language: Language) => void
}

export function Welcome({ screen, now, language, onPress, onTicket, onStaff, onBadge, onLanguage }: Props) {
  const { siteName, isReachable, press, called } = screen
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
          </Notice>
        )}
        <StaffNotices notices={screen.notices} />
        <Button look="call" icon="call" onPress={() => onPress()} isDisabled={!isReachable} isBusy={press === 'slow'}>
          {press === 'slow' ? t('idle.calling') : t('idle.call')}
        </Button>
        <p class="aside">{t('idle.camera')}</p>
        <OtherWays screen={screen} onPress={onPress} onTicket={onTicket} />
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

type OtherWaysProps = Pick<Props, 'screen' | 'onPress' | 'onTicket'>

const urgentWords = [
  [UNSAFE, 'idle.unsafe'],
  [UNWELL, 'idle.unwell'],
] as const

/** Whoever signs or writes presses once, as everybody does. Nothing urgent looks as if it were, to a bystander. */
function OtherWays({ screen: { isReachable, classIds }, onPress, onTicket }: OtherWaysProps) {
  const isDisabled = !isReachable
  return (
    <div class="beside">
      <Button look="quiet" icon="signing" onPress={() => onPress({ mode: 'signing' })} isDisabled={isDisabled}>
        {t('mode.signing')}
      </Button>
      <Button look="quiet" icon="keyboard" onPress={() => onPress({ mode: 'text' })} isDisabled={isDisabled}>
        {t('mode.text')}
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
