/** Language, size, contrast, reach and sound: in the same corner of every screen, low enough for everybody. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../components/button.tsx'
import { LanguageChoice } from '../components/language-choice.tsx'
import { TEXT_SIZES, type TextSize } from '../model/comfort.ts'
import type { Screen } from '../model/screen.ts'
import type { CallerSession } from '../session/caller-session-type.ts'
import { t } from '../text/language.ts'
import { isContrastHigh, isUpright } from './apply-comfort.ts'
import { MoreBelow } from './more-below.tsx'
import { StartOver } from './start-over.tsx'
import './comfort.css'

const sizeNames = {
  A: 'comfort.text-usual',
  'A+': 'comfort.text-large',
  'A++': 'comfort.text-largest',
} as const satisfies Record<TextSize, string>

type Props = { readonly session: CallerSession }

export function ComfortBar({ session }: Props) {
  const { comfort, device } = session
  const { textSize, isLow, isReadAloud } = comfort.chosen.value
  const isHigh = isContrastHigh(comfort)
  return (
    <aside class="comfort" aria-label={t('comfort.name')} ref={useHeight()}>
      <LanguageChoice chosen={session.language.value} onChoose={session.chooseScreenLanguage} />
      <div class="sizes" role="group" aria-label={t('comfort.text-size')}>
        {TEXT_SIZES.map((size) => (
          <Button
            key={size}
            look="quiet"
            label={t(sizeNames[size])}
            isPressed={size === textSize}
            onPress={() => comfort.chooseTextSize(size)}
          >
            <bdi dir="ltr">{size}</bdi>
          </Button>
        ))}
      </div>
      <Button look="quiet" icon="contrast" isPressed={isHigh} onPress={() => comfort.chooseContrast(!isHigh)}>
        {t('comfort.contrast')}
      </Button>
      {device === 'phone' || !isUpright.value ? null : (
        <Button look="low" icon="lower" isPressed={isLow} onPress={() => comfort.chooseLow(!isLow)}>
          {t('comfort.low')}
        </Button>
      )}
      {comfort.canReadAloud.value ? (
        <Button look="quiet" icon="hear" isPressed={isReadAloud} onPress={() => comfort.chooseReadAloud(!isReadAloud)}>
          {t('comfort.hear')}
        </Button>
      ) : null}
      <Clear session={session} />
      {/* In a hand everybody knows how to go on. */}
      {device === 'phone' ? null : <MoreBelow />}
    </aside>
  )
}

/** Where somebody is there who leaves something behind. Screens that are cleared anyway have a button of their own. */
const CLEARED_HERE: ReadonlySet<Screen['kind']> = new Set(['ticket-entry', 'waiting', 'conversation'])

function Clear({ session }: Props) {
  const [isAsking, setAsking] = useState(false)
  const screen = session.screen.value
  if (session.device === 'phone') return null
  const isIdle = screen.kind === 'idle' || screen.kind === 'closed'
  const isChosen = !session.comfort.isUsual() || session.isScreenLanguageChosen.value
  if (screen.kind === 'idle' && screen.press !== 'none') return null
  if (isIdle ? !isChosen : !CLEARED_HERE.has(screen.kind)) return null
  const isInCall = screen.kind === 'waiting' || screen.kind === 'conversation'
  const clear = (): void => {
    if (isInCall) session.hangUp()
    session.reset()
  }
  return (
    <>
      <Button
        look="quiet"
        icon="again"
        label={t('comfort.clear-all')}
        onPress={isInCall ? () => setAsking(true) : clear}
      >
        {t('comfort.clear')}
      </Button>
      {isAsking && isInCall ? <StartOver kind={screen.kind} onYes={clear} onNo={() => setAsking(false)} /> : null}
    </>
  )
}

/** Tells the style sheets how high the bar is, in whatever size and language it is: nothing is hidden behind it. */
function useHeight() {
  const bar = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const watched = bar.current
    if (watched === null) return
    const { style } = document.documentElement
    const tell = (): void => style.setProperty('--bar-height', `${watched.offsetHeight}px`)
    // In the next frame: others watch sizes that follow from it, and those that change while they are told are an error.
    const watcher = new ResizeObserver(() => void requestAnimationFrame(tell))
    watcher.observe(watched)
    tell()
    return () => watcher.disconnect()
  }, [])
  return bar
}
