/** Nobody is here, or somebody has just come: one thing to press, and quieter ones for those who need another. */
import type { Instant, Language } from '#server/contract/ids.ts'
import { Button } from '../components/button.tsx'
import { Heading } from '../components/heading.tsx'
import { LanguageChoice } from '../components/language-choice.tsx'
import { Notice } from '../components/notice.tsx'
import { UNSAFE, UNWELL } from '../model/call-class.ts'
import type { IdleScreen } from '../model/screen.ts'
import type { Press } from '../session/caller-session.ts'
import { t } from '../text/language.ts'
import { CalledTickets } from '../ticket/called-tickets.tsx'
import { Greeting } from './greeting.tsx'
import { OpenStatus } from './open-status.tsx'
import './welcome.css'

type Props = {
  readonly screen: IdleScreen
  readonly now: Instant
  readonly language: Language
  readonly onPress: (how?: Press) => void
  readonly onTicket: () => void
  readonly onLanguage: (language: Language) => void
}

export function Welcome({ screen, now, language, onPress, onTicket, onLanguage }: Props) {
  const { siteName, isReachable, press, called } = screen
  return (
    <main class={called.length === 0 ? 'screen welcome' : 'screen welcome calling'}>
      <p class="site">{siteName}</p>
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
        <Button look="call" icon="call" onPress={() => onPress()} isDisabled={!isReachable} isBusy={press === 'slow'}>
          {press === 'slow' ? t('idle.calling') : t('idle.call')}
        </Button>
        <p class="aside">{t('idle.camera')}</p>
        <div class="beside">
          <Button look="quiet" onPress={onTicket} isDisabled={!isReachable}>
            {t('idle.have-ticket')}
          </Button>
          <LanguageChoice chosen={language} onChoose={onLanguage} />
        </div>
        <Urgent screen={screen} onPress={onPress} />
      </div>
    </main>
  )
}

type UrgentProps = { readonly screen: IdleScreen; readonly onPress: (how: Press) => void }

const urgentWords = [
  [UNSAFE, 'idle.unsafe'],
  [UNWELL, 'idle.unwell'],
] as const

/** Nothing that a bystander would notice being pressed. The number to ring stands there before anybody presses. */
function Urgent({ screen: { isReachable, classIds }, onPress }: UrgentProps) {
  const offered = urgentWords.filter(([classId]) => classIds.includes(classId))
  return (
    <div class="urgent">
      {offered.map(([classId, words]) => (
        <Button key={classId} look="quiet" onPress={() => onPress({ classId })} isDisabled={!isReachable}>
          {t(words)}
        </Button>
      ))}
      <p class="aside">{t('idle.emergency')}</p>
    </div>
  )
}
