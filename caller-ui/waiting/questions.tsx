/** A few questions, one at a time, each of which may be passed over. The place in line does not depend on them. */
import type { Language, MatterId } from '#server/contract/ids.ts'
import { Button, onTap } from '../components/button.tsx'
import { Icon, type IconName } from '../components/icon.tsx'
import type { Question, Time, WaitingScreen } from '../model/waiting-screen.ts'
import { endonyms, language, t } from '../text/language.ts'

type Props = {
  readonly screen: WaitingScreen
  readonly onLanguage: (language: Language) => void
  readonly onMatter: (matterId: MatterId) => void
  readonly onSkip: (question: Question) => void
  readonly onReopen: (question: Question) => void
  readonly onTime: (isMore: boolean) => void
  readonly onStepAway: (isRungAtKiosk: boolean) => void
}

export function Questions(props: Props) {
  switch (props.screen.question) {
    case 'language':
      return <AskLanguage {...props} />
    case 'matter':
      return <AskMatter {...props} />
    case 'time':
      return <AskTime {...props} />
    case 'step-away':
      return <AskStepAway {...props} />
    case null:
      return <Noted {...props} />
  }
}

function AskLanguage({ onLanguage, onSkip }: Props) {
  return (
    <section class="question" aria-labelledby="question">
      <h2 id="question">{t('waiting.ask-language')}</h2>
      <p class="aside">{t('waiting.ask-why')}</p>
      <div class="tiles languages">
        {endonyms.map(({ language, name }) => (
          <button key={language} type="button" class="tile" lang={language} onClick={onTap(() => onLanguage(language))}>
            <span>{name}</span>
          </button>
        ))}
      </div>
      <Button look="quiet" onPress={() => onSkip('language')}>
        {t('waiting.skip')}
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
            <span>{labels[language.value]}</span>
          </button>
        ))}
      </div>
      <Button look="quiet" onPress={() => onSkip('matter')}>
        {t('waiting.dont-know')}
      </Button>
    </section>
  )
}

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
function Noted({ screen, onReopen, onTime }: Props) {
  const languageName = endonyms.find((endonym) => endonym.language === screen.language)
  return (
    <section class="question noted" aria-labelledby="question">
      <h2 id="question">{t('waiting.noted')}</h2>
      <dl>
        <div>
          <dt>{t('waiting.language')}</dt>
          <dd>
            <span lang={languageName?.language}>{languageName?.name}</span>
            <Button look="quiet" onPress={() => onReopen('language')}>
              {t('waiting.change-language')}
            </Button>
          </dd>
        </div>
        {screen.matters.length === 0 ? null : (
          <div>
            <dt>{t('waiting.matter')}</dt>
            <dd>
              <span>{screen.matter?.labels[language.value] ?? t('waiting.matter-unsaid')}</span>
              <Button look="quiet" onPress={() => onReopen('matter')}>
                {t('waiting.change-matter')}
              </Button>
            </dd>
          </div>
        )}
        {screen.time === null ? null : <NotedTime time={screen.time} onTime={onTime} />}
      </dl>
    </section>
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
