/**
 * Nobody answers now. What somebody finds here at night is most of what they find here at all: when, where, whom. There is no
 * door for employees: a call of theirs stands in the same line, and nobody would answer it; where one is at the desk, it says so.
 */
import type { Instant } from '#server/contract/ids.ts'
import { Button } from '../components/button.tsx'
import { Heading } from '../components/heading.tsx'
import { Icon } from '../components/icon.tsx'
import { Notice } from '../components/notice.tsx'
import { StaffNotices } from '../components/staff-notices.tsx'
import type { ClosedScreen } from '../model/screen.ts'
import { t } from '../text/language.ts'
import { openingWords } from '../text/opening-words.ts'
import { staffingWords } from '../text/staffing-words.ts'
import { CalledTickets } from '../ticket/called-tickets.tsx'
import { Phones } from './phones.tsx'
import { PlaceList } from './place-list.tsx'
import { PlaceMap } from './place-map.tsx'
import './closed.css'

type Props = {
  readonly screen: ClosedScreen
  readonly now: Instant
  readonly onTicket: () => void
  readonly onPlace: () => void
}

export function Closed({ screen, now, onTicket, onPlace }: Props) {
  const { siteName, opensAt, called, help, isReachable, hasPlaces, press } = screen
  const { here, places } = help
  return (
    <main class="screen closed">
      <header>
        <p class="site">{siteName}</p>
        <Heading>
          {opensAt === null ? t('goodbye.closed') : t('closed.opens', { when: openingWords(opensAt, now) })}
        </Heading>
        <p class="lead">{t('closed.what')}</p>
        <StaffNotices notices={screen.notices} />
        <AskTheDesk screen={screen} now={now} />
      </header>
      <CalledTickets called={called} onMine={onTicket} />
      {places.length === 0 || here === null ? null : (
        <figure>
          <PlaceMap here={here} places={places} />
          <figcaption>
            <Icon name="here" />
            {t('closed.here')}
          </figcaption>
        </figure>
      )}
      {places.length === 0 ? null : (
        <section class="elsewhere" aria-labelledby="elsewhere">
          <h2 id="elsewhere">{t('closed.places')}</h2>
          <PlaceList places={places} now={now} />
        </section>
      )}
      <Phones help={help} />
      <footer class="actions">
        {isReachable ? null : (
          <Notice icon="no-connection" title={t('idle.offline-title')}>
            {t('closed.offline-what')}
          </Notice>
        )}
        {hasPlaces || press !== 'none' ? (
          <Button look="plain" icon="ticket" onPress={onPlace} isBusy={press !== 'none'} isDisabled={press !== 'none'}>
            {t('closed.take-place')}
          </Button>
        ) : null}
        <Button look="quiet" onPress={onTicket} isDisabled={!isReachable}>
          {t('idle.have-ticket')}
        </Button>
      </footer>
    </main>
  )
}

/** Somebody is here, though nobody is on the line. */
function AskTheDesk({ screen: { help }, now }: Pick<Props, 'screen' | 'now'>) {
  if (help.staffing?.isStaffed !== true) return null
  return (
    <Notice icon="desk" title={t('place.ask-desk')}>
      {staffingWords(help.staffing, now)}
    </Notice>
  )
}
