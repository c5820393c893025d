/** The screens on which nobody can call: said calmly, with what there is to do. */
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { Button } from '../components/button.tsx'
import { useCountdown } from '../components/countdown.ts'
import { Heading } from '../components/heading.tsx'
import { Icon, type IconName } from '../components/icon.tsx'
import type { Device } from '../model/screen.ts'
import { t } from '../text/language.ts'
import { knownPlace } from './known-place.ts'
import { reloadSoon } from './reload.ts'
import '../goodbye/goodbye.css'

type Props = {
  readonly icon: IconName
  readonly title: string
  readonly what?: string
  readonly children?: ComponentChildren
}

export function PlainScreen({ icon, title, what, children }: Props) {
  return (
    <main class="screen standstill">
      <div class="farewell">
        <span class="sign">
          <Icon name={icon} />
        </span>
        <Heading>{title}</Heading>
        {what === undefined ? null : <p class="lead">{what}</p>}
      </div>
      <div class="actions">{children}</div>
    </main>
  )
}

export const Loading = () => <PlainScreen icon="screen" title={t('kiosk.loading')} />

export const NotSetUp = () => (
  <PlainScreen icon="screen" title={t('kiosk.not-set-up')} what={t('kiosk.not-set-up-what')} />
)

/** Taken out of use by the city, or by itself: whom to ring instead, and which screen it is, for whoever rings about it. */
export function OutOfOrder({ siteName }: { readonly siteName: string | null }) {
  const place = knownPlace.value
  return (
    <PlainScreen icon="notice" title={t('kiosk.out-of-order')} what={t('kiosk.out-of-order-what')}>
      {place === null ? null : (
        <dl class="instead">
          {place.phone === null ? null : <Fact name={t('closed.phone')} value={place.phone} />}
          <Fact name={t('kiosk.name')} value={place.kioskId} />
        </dl>
      )}
      <p class="aside">{siteName}</p>
    </PlainScreen>
  )
}

/** Numbers and names that are read from left to right in every language. */
const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <bdi dir="ltr">{value}</bdi>
    </dd>
  </div>
)

/** How often a screen that was turned away knocks again, in ms: it may have been taken back into use. */
const KNOCK_EVERY_MS = 60_000

export function TurnedAway({ onKnock }: { readonly onKnock: () => void }) {
  useEffect(() => {
    const timer = setInterval(onKnock, KNOCK_EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return <PlainScreen icon="notice" title={t('kiosk.turned-away')} what={t('kiosk.turned-away-what')} />
}

type ReplacedProps = { readonly device: Device; readonly onUseHere: () => void }

export function Replaced({ device, onUseHere }: ReplacedProps) {
  if (device === 'phone') {
    return (
      <PlainScreen icon="phone" title={t('phone.replaced')} what={t('phone.replaced-what')}>
        <Button onPress={onUseHere}>{t('phone.use-here')}</Button>
      </PlainScreen>
    )
  }
  return (
    <PlainScreen icon="screen" title={t('kiosk.replaced')} what={t('kiosk.replaced-what')}>
      <Button onPress={onUseHere}>{t('kiosk.use-here')}</Button>
    </PlainScreen>
  )
}

export function OutOfDate() {
  useEffect(() => reloadSoon(location, sessionStorage), [])
  return <PlainScreen icon="again" title={t('kiosk.out-of-date')} what={t('kiosk.out-of-date-what')} />
}

/** Raised, an abandoned call blocks the line longer; lowered, somebody slow loses theirs. Three times what WCAG 2.2.1 asks. */
export const STILL_THERE_SECONDS = 60

type StillThereProps = { readonly isWaiting: boolean; readonly onYes: () => void; readonly onNo: () => void }

const stillThereWords = {
  waiting: ['still-there.waiting', 'still-there.waiting-no', 'still-there.waiting-ends'],
  talking: ['still-there.what', 'still-there.no', 'still-there.ends'],
} as const

/** A place in line is kept for its owner, who may be among the shelves; a conversation without one ends. */
export function StillThere({ isWaiting, onYes, onNo }: StillThereProps) {
  const [what, no, ends] = stillThereWords[isWaiting ? 'waiting' : 'talking']
  const seconds = useCountdown(STILL_THERE_SECONDS, onNo)
  return (
    <PlainScreen icon="question" title={t('still-there.title')} what={t(what)}>
      <Button look="call" icon="call" onPress={onYes}>
        {t('still-there.yes')}
      </Button>
      <Button look={isWaiting ? 'quiet' : 'end'} icon={isWaiting ? 'ticket' : 'hang-up'} onPress={onNo}>
        {t(no)}
      </Button>
      <p class="aside">{t(ends, { seconds })}</p>
    </PlainScreen>
  )
}
