/** The screens that only a phone has: the first touch, and a ticket that is no more. */
import type { Language } from '#server/contract/ids.ts'
import { Button } from '../components/button.tsx'
import { LanguageChoice } from '../components/language-choice.tsx'
import { Notice } from '../components/notice.tsx'
import { PlainScreen } from '../kiosk/plain-screen.tsx'
import type { PhoneStartScreen } from '../model/screen.ts'
import { t } from '../text/language.ts'
import { TicketCode } from '../ticket/ticket-code.tsx'
import '../ticket/ticket.css'

type StartProps = {
  readonly screen: PhoneStartScreen
  readonly language: Language
  readonly onContinue: () => void
  readonly onLanguage: (language: Language) => void
}

/** Camera and microphone open after this touch: before it the page is only a page that somebody opened. */
export function PhoneStart({ screen, language, onContinue, onLanguage }: StartProps) {
  const { ticket, siteName: site, isReachable, isAnswered } = screen
  return (
    <PlainScreen
      icon="phone"
      title={isAnswered ? t('phone.answered') : t('phone.title')}
      what={t('phone.what', { site })}
    >
      {isReachable ? null : <Offline />}
      <TicketCode ticket={ticket} />
      <Button look="call" icon="call" onPress={onContinue} isDisabled={!isReachable}>
        {t('phone.continue')}
      </Button>
      <p class="aside">{t('phone.camera')}</p>
      {/* A second one beside the bar's: on a phone the bar stands below this screen, where a stranger would not look. */}
      <LanguageChoice chosen={language} onChoose={onLanguage} />
    </PlainScreen>
  )
}

export function PhoneOffline() {
  return <PlainScreen icon="no-connection" title={t('idle.offline-title')} what={t('phone.offline')} />
}

function Offline() {
  return (
    <Notice icon="no-connection" title={t('idle.offline-title')}>
      {t('phone.offline')}
    </Notice>
  )
}

export function TicketOver() {
  return <PlainScreen icon="ticket" title={t('phone.over-title')} what={t('phone.over')} />
}
