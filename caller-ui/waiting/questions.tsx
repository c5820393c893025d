/** A few questions, one at a time, each of which may be passed over. The place in line does not depend on them. */
import type { Language, MatterId, Mode } from '#server/contract/ids.ts'
import { Button, onTap } from '../components/button.tsx'
import { Icon, type IconName } from '../components/icon.tsx'
import type { Question, Time, WaitingScreen } from '../model/waiting-screen.ts'
import { endonymOf, label, t } from '../text/language.ts'
import { LongWait } from './long-wait.tsx'
import { NextSteps } from './next-steps.tsx'
import { Privacy } from './privacy.tsx'

type Props = {
  readonly screen: WaitingScreen
  readonly onLanguage: (language: Language) => void
  readonly onInterpreter: (isWanted: boolean) => void
  readonly onMatter: (matterId: MatterId) => void
  readonly onMode: (mode: Mode) => void
  readonly onSkip: (question: Question) => void
  readonly onReopen: (question: Question) => void
  readonly onTime: (isMore: boolean) => void
  readonly onStepAway: (isRungAtKiosk: boolean) => void
}

export function Questions(props: Props) {
  switch (props.screen.question) {
    case 'language':
      return <AskLanguage {...props} />
    case 'interpreter':
      return <AskInterpreter {...props} />
    case 'matter':
      return <AskMatter {...props} />
    case 'mode':
      return <AskMode {...props} />
    case 'time':
      return <AskTime {...props} />
    case 'step-away':
      return <AskStepAway {...props} />
    case 'nobody':
    case 'busy':
      return <LongWait why={props.screen.question} {...props} />
    case null:
      return <Noted {...props} />
  }
}

function AskLanguage({ screen, onLanguage, onSkip }: Props) {
  return (
    <section class="question" aria-labelledby="question">
      <h2 id="question">{t('waiting.ask-language')}</h2>
      <p class="aside">{t('waiting.ask-why')}</p>
      <div class="tiles languages">
        {screen.languages.map((language) => (
          <button key={language} type="button" class="tile" lang={language} onClick={onTap(() => onLanguage(language))}>
            <span>{endonymOf(language)}</span>
          </button>
        ))}
      </div>
      <Button look="quiet" onPress={() => onSkip('language')}>
        {t('waiting.skip')}
      </Button>
    </section>
  )
}

function AskInterpreter({ screen, onInterpreter, onSkip }: Props) {
  return (
    <section class="question" aria-labelledby="question">
      <h2 id="question">{t('waiting.ask-interpreter')}</h2>
      <p class="aside">{t('waiting.ask-interpreter-why', { language: endonymOf(screen.language) })}</p>
      <div class="tiles">
        <button type="button" class="tile" onClick={onTap(() => onInterpreter(true))}>
          <Icon name="interpreter" />
          <span>{t('waiting.with-interpreter')}</span>
        </button>
      </div>
      <Button look="quiet" onPress={() => onSkip('interpreter')}>
        {t('waiting.no-interpreter')}
      </Button>
    </section>
  )
}

function AskMatter({ screen, onMatter, onSkip }: Props) {
  return (
    <section class="question" aria-labelledby="question">
      <h2 id="question">{t('waiting.ask-matter')}</h2>
      <p class="aside">{t('waiting.ask-why')}</p>
      <div class="tiles">
        {screen.matters.map(({ matterId, labels }) => (
          <button key={matterId} type="button" class="tile" onClick={onTap(() => onMatter(matterId))}>
            <Icon name={drawingOf(matterId)} />
            <span>{label(labels)}</span>
          </button>
        ))}
      </div>
      <Button look="quiet" onPress={() => onSkip('matter')}>
        {t('waiting.dont-know')}
      </Button>
    </section>
  )
}

const modes = [
  ['video', 'camera', 'mode.video'],
  ['voice', 'microphone', 'mode.voice'],
  ['text', 'keyboard', 'mode.text'],
  ['signing', 'signing', 'mode.signing'],
] as const satisfies readonly (readonly [Mode, IconName, string])[]

function AskMode({ screen, onMode, onSkip }: Props) {
  return (
    <section class="question" aria-labelledby="question">
      <h2 id="question">{t('waiting.ask-mode')}</h2>
      <p class="aside">{t('waiting.ask-why')}</p>
      <div class="tiles">
        {modes.map(([mode, icon, words]) => (
          <button
            key={mode}
            type="button"
            class="tile"
            aria-pressed={mode === screen.mode}
            onClick={onTap(() => onMode(mode))}
          >
            <Icon name={icon} />
            <span>{t(words)}</span>
          </button>
        ))}
      </div>
      <Button look="quiet" onPress={() => onSkip('mode')}>
        {t('waiting.keep-mode')}
      </Button>
    </section>
  )
}

const modeWords = (mode: Mode): string => t(modes.find(([known]) => known === mode)?.[2] ?? 'mode.video')

function AskTime({ onTime, onSkip }: Props) {
  return (
    <section class="question" aria-labelledby="question">
      <h2 id="question">{t('waiting.ask-time')}</h2>
      <p class="aside">{t('waiting.ask-time-why')}</p>
      <div class="tiles">
        <button type="button" class="tile" onClick={onTap(() => onTime(true))}>
          <Icon name="clock" />
          <span>{t('waiting.more-time')}</span>
        </button>
      </div>
      <Button look="quiet" onPress={() => onSkip('time')}>
        {t('waiting.no-more-time')}
      </Button>
    </section>
  )
}

/** How to be found again. The ticket holds the place either way. */
function AskStepAway({ screen, onStepAway, onSkip }: Props) {
  const isBusy = screen.steppingAway === 'asking' || screen.link !== 'up'
  return (
    <section class="question" aria-labelledby="question">
      <h2 id="question">{t('step-away.title')}</h2>
      <p class="aside">{t('step-away.what')}</p>
      <div class="tiles">
        <button type="button" class="tile" disabled={isBusy} onClick={onTap(() => onStepAway(false))}>
          <Icon name="ticket" />
          <span>{t('step-away.come-back')}</span>
        </button>
        <button type="button" class="tile" disabled={isBusy} onClick={onTap(() => onStepAway(true))}>
          <Icon name="bell" />
          <span>{t('step-away.ring')}</span>
        </button>
      </div>
      <Button look="quiet" onPress={() => onSkip('step-away')}>
        {t('step-away.stay')}
      </Button>
    </section>
  )
}

/** Nothing more to ask: what was said, and the way back to it. */
function Noted({ screen, onInterpreter, onReopen, onTime }: Props) {
  return (
    <section class="question noted" aria-labelledby="question">
      <NextSteps screen={screen} />
      <h2 id="question">{t('waiting.noted')}</h2>
      <dl>
        <div>
          <dt>{t('waiting.language')}</dt>
          <dd>
            <span lang={screen.language}>{endonymOf(screen.language)}</span>
            <Button look="quiet" onPress={() => onReopen('language')}>
              {t('waiting.change-language')}
            </Button>
          </dd>
        </div>
        {screen.isInterpreterWanted === null ? null : (
          <NotedInterpreter isWanted={screen.isInterpreterWanted} onInterpreter={onInterpreter} />
        )}
        {screen.matters.length === 0 ? null : (
          <div>
            <dt>{t('waiting.matter')}</dt>
            <dd>
              <span>{screen.matter === null ? t('waiting.matter-unsaid') : label(screen.matter.labels)}</span>
              <Button look="quiet" onPress={() => onReopen('matter')}>
                {t('waiting.change-matter')}
              </Button>
            </dd>
          </div>
        )}
        <div>
          <dt>{t('waiting.mode')}</dt>
          <dd>
            <span>{modeWords(screen.mode)}</span>
            <Button look="quiet" onPress={() => onReopen('mode')}>
              {t('waiting.change-mode')}
            </Button>
          </dd>
        </div>
        {screen.time === null ? null : <NotedTime time={screen.time} onTime={onTime} />}
      </dl>
      <Privacy />
    </section>
  )
}

type NotedInterpreterProps = { readonly isWanted: boolean } & Pick<Props, 'onInterpreter'>

function NotedInterpreter({ isWanted, onInterpreter }: NotedInterpreterProps) {
  return (
    <div>
      <dt>{t('waiting.interpreter-wish')}</dt>
      <dd>
        <span>{isWanted ? t('waiting.interpreter-yes') : t('waiting.interpreter-no')}</span>
        <Button look="quiet" onPress={() => onInterpreter(!isWanted)}>
          {isWanted ? t('waiting.no-interpreter') : t('waiting.with-interpreter')}
        </Button>
      </dd>
    </div>
  )
}

function NotedTime({ time: { isMore, canChange }, onTime }: { readonly time: Time } & Pick<Props, 'onTime'>) {
  return (
    <div>
      <dt>{t('waiting.time')}</dt>
      <dd>
        <span>{isMore ? t('waiting.time-more') : t('waiting.time-usual')}</span>
        {canChange ? (
          <Button look="quiet" onPress={() => onTime(!isMore)}>
            {isMore ? t('waiting.undo-more-time') : t('waiting.more-time')}
          </Button>
        ) : null}
      </dd>
    </div>
  )
}

/** Matters are the city's own to name. Those we have a drawing for get it; the others a plain one. */
const drawings: readonly (readonly [RegExp, IconName])[] = [
  [/passport|licence|id-card/, 'passport'],
  [/moving|address|cpr|housing/, 'moving'],
  [/mitid|digital|post/, 'mitid'],
  [/pension|benefit|money/, 'pension'],
  [/authority|tax|udbetaling/, 'authority'],
  [/loan|book/, 'book'],
  [/homework|study/, 'homework'],
  [/event|room|culture/, 'events'],
]

const drawingOf = (matterId: MatterId): IconName => drawings.find(([name]) => name.test(matterId))?.[1] ?? 'question'
