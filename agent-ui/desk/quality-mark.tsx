/** How well the two hear, or see, each other, in words, a line for each direction; and what to do where it is not well. */
import type { JSX } from 'preact'
import type { Mode } from '#server/contract/ids.ts'
import { Icon } from '../components/icons.tsx'
import { isWorse, type Culprit, type Quality } from '../model/quality.ts'
import { formatTag, t } from '../text/language.ts'
import { isCameraOn, isMicrophoneOn, isRemoteCameraOff, isRemoteMicrophoneOff } from './call-media.ts'
import { fromCitizen, toCitizen, type DirectionQuality } from './call-quality.ts'

const words = { good: 'quality.good', weak: 'quality.weak', poor: 'quality.poor' } as const satisfies Record<
  Quality,
  string
>
const tones = { good: 'good', weak: 'busy', poor: 'alarm' } as const satisfies Record<Quality, string>

/** A call in writing has no sound to be judged, and none of this is shown. */
export function CallQuality({ mode }: { mode: Mode }): JSX.Element | null {
  if (mode === 'text') return null
  const isSeen = mode === 'signing'
  const isSentOut = isSeen ? isCameraOn.value : isMicrophoneOn.value
  const isSentIn = isSeen ? !isRemoteCameraOff.value : !isRemoteMicrophoneOff.value
  return (
    <section class="quality-lines" aria-label={t('quality.title')}>
      <Direction
        label={isSeen ? t('quality.seesYou') : t('quality.hearsYou')}
        direction={toCitizen.value}
        isSeen={isSeen}
        isSent={isSentOut}
      />
      <Direction
        label={isSeen ? t('quality.youSee') : t('quality.youHear')}
        direction={fromCitizen.value}
        isSeen={isSeen}
        isSent={isSentIn}
      />
      <Advice isSeen={isSeen} />
    </section>
  )
}

interface DirectionProps {
  readonly label: string
  readonly direction: DirectionQuality
  readonly isSeen: boolean
  readonly isSent: boolean
}

function Direction({ label, direction, isSeen, isSent }: DirectionProps): JSX.Element {
  const shown = isSent ? shownOf(direction, isSeen) : null
  const isScored = shown !== null && !isSeen && direction.score !== null
  const score = direction.score?.toLocaleString(formatTag(), { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const word = !isSent ? t('quality.notSent') : shown === null ? t('quality.unknown') : t(words[shown])
  return (
    <p class={`quality ${shown === null ? 'tone-quiet' : `tone-${tones[shown]}`}`}>
      <Icon name={shown === null || shown === 'good' ? 'signal' : 'warning'} />
      <span role="status">
        {label}: <strong>{word}</strong>
      </span>
      {isScored && <small class="quiet quality-score">{t('quality.score', { score: score ?? '' })}</small>}
    </p>
  )
}

/** Signing is seen; everything else is heard first. */
const shownOf = ({ sound, picture }: DirectionQuality, isSeen: boolean): Quality | null =>
  isSeen ? picture.shown : sound.shown

/** One piece of advice at a time: for the direction that is worse off. */
function Advice({ isSeen }: { isSeen: boolean }): JSX.Element {
  const [out, back] = [toCitizen.value, fromCitizen.value]
  const [outShown, backShown] = [shownOf(out, isSeen) ?? 'good', shownOf(back, isSeen) ?? 'good']
  const isOut = isWorse(outShown, backShown)
  const shown = isOut ? outShown : backShown
  const isPictureBad = [out, back].some(({ picture }) => picture.shown === 'weak' || picture.shown === 'poor')
  return (
    <p class="quality-advice" role="status">
      {shown !== 'good' && (
        <>
          {t(culpritWords(isOut ? out.culprit : back.culprit, isOut))} {t(adviceWords(shown, isSeen))}
        </>
      )}
      {shown === 'good' && !isSeen && isPictureBad && t('quality.pictureHalts')}
    </p>
  )
}

/** `isOut`: the agent is the one who speaks. */
function culpritWords(culprit: Culprit | null, isOut: boolean) {
  if (culprit === null) return 'quality.culpritUnknown' as const
  if (culprit === 'both') return 'quality.culpritBoth' as const
  return (culprit === 'speaker') === isOut ? ('quality.culpritYou' as const) : ('quality.culpritCitizen' as const)
}

function adviceWords(shown: Exclude<Quality, 'good'>, isSeen: boolean) {
  if (shown === 'poor') return 'quality.advicePoor' as const
  return isSeen ? ('quality.adviceSigning' as const) : ('quality.adviceWeak' as const)
}
