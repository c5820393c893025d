/** On hold: somebody looks into something, or several talk it over. Nothing is sent from here, and that is said; nobody is forgotten. */
import type { ComponentChildren } from 'preact'
import type { Instant } from '#server/contract/ids.ts'
import { clockWords, useElapsed } from '../components/elapsed.ts'
import { Heading } from '../components/heading.tsx'
import { Icon } from '../components/icon.tsx'
import type { Hold } from '../model/screen.ts'
import { t } from '../text/language.ts'
import { listWords } from '../text/people-words.ts'

type Props = { readonly hold: Hold; readonly now: () => Instant }

/** New words come so often, in s: the same words for long look as if nobody were there. */
const WORDS_EVERY_S = 30
const words = ['hold.not-forgotten', 'hold.still-at-it', 'hold.still-connected'] as const

/** In the place of the pictures: for how long, and that the call stands. */
export function HoldStage({ hold, now }: Props) {
  const seconds = useElapsed(hold.since, now)
  return (
    <div class="stage held">
      <div class="cover">
        <span class="initial" aria-hidden="true">
          {hold.byFirstName.slice(0, 1)}
        </span>
        <strong class="passed" role="timer">
          {clockWords(seconds)}
        </strong>
        <p class="stands">
          <Icon name="check" /> {t('hold.connected')}
        </p>
      </div>
    </div>
  )
}

type HoldWordsProps = { readonly names: readonly string[]; readonly children: ComponentChildren }

/** Who is busy with what, in words that are new every half minute. */
export function HoldWords({ hold, names, now, children }: Props & HoldWordsProps) {
  const name = hold.byFirstName
  const turn = Math.floor(useElapsed(hold.since, now) / WORDS_EVERY_S)
  return (
    <div class="who">
      <Heading>
        {names.length === 0 ? t('hold.title', { name }) : t('hold.together', { names: listWords(names) })}
      </Heading>
      <p class="lead" role="status">
        {t(words[turn % words.length] ?? words[0], { name })}
      </p>
      {children}
    </div>
  )
}

/** In the place of one's own picture: both devices, off. */
export function HeldDevices({ hold }: Pick<Props, 'hold'>) {
  return (
    <figure class="own-picture">
      <p class="no-picture">
        <span class="both">
          <Icon name="microphone-off" />
          <Icon name="camera-off" />
        </span>
        <span>{t('hold.devices-off', { name: hold.byFirstName })}</span>
      </p>
    </figure>
  )
}
