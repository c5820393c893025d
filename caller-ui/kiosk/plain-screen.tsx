/** The screens on which nobody can call: said calmly, with what there is to do. */
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { Button } from '../components/button.tsx'
import { useCountdown } from '../components/countdown.ts'
import { Heading } from '../components/heading.tsx'
import { Icon, type IconName } from '../components/icon.tsx'
import { t } from '../text/language.ts'
import { reloadSoon } from './reload.ts'
import '../goodbye/goodbye.css'

type Props = {
  readonly icon: IconName
  readonly title: string
  readonly what?: string
  readonly children?: ComponentChildren
}

function PlainScreen({ icon, title, what, children }: Props) {
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

/** How often a screen that was turned away knocks again, in ms: it may have been taken back into use. */
const KNOCK_EVERY_MS = 60_000

export function TurnedAway({ onKnock }: { readonly onKnock: () => void }) {
  useEffect(() => {
    const timer = setInterval(onKnock, KNOCK_EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return <PlainScreen icon="notice" title={t('kiosk.turned-away')} what={t('kiosk.turned-away-what')} />
}

export function Replaced({ onUseHere }: { readonly onUseHere: () => void }) {
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

type StillThereProps = { readonly onYes: () => void; readonly onNo: () => void }

export function StillThere({ onYes, onNo }: StillThereProps) {
  const seconds = useCountdown(STILL_THERE_SECONDS, onNo)
  return (
    <PlainScreen icon="question" title={t('still-there.title')} what={t('still-there.what')}>
      <Button look="call" icon="call" onPress={onYes}>
        {t('still-there.yes')}
      </Button>
      <Button look="end" icon="hang-up" onPress={onNo}>
        {t('still-there.no')}
      </Button>
      <p class="aside">{t('still-there.ends', { seconds })}</p>
    </PlainScreen>
  )
}
