/** A long wait is no dead end: why it is long, and what else there is. Waiting on is one of the choices. */
import { Button, onTap } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { Elsewhere } from '../closed/elsewhere.tsx'
import type { Overload } from '../model/overload.ts'
import type { Question, WaitingScreen } from '../model/waiting-screen.ts'
import { t } from '../text/language.ts'

type Props = {
  readonly why: Overload
  readonly screen: WaitingScreen
  readonly onInterpreter: (isWanted: boolean) => void
  readonly onSkip: (question: Question) => void
  readonly onReopen: (question: Question) => void
}

export function LongWait({ why, screen, onInterpreter, onSkip, onReopen }: Props) {
  return (
    <section class="question" aria-labelledby="question">
      <h2 id="question">{t(why === 'nobody' ? 'long.nobody' : 'long.busy')}</h2>
      <p class="aside">{t('long.what')}</p>
      <div class="tiles">
        <button type="button" class="tile" onClick={onTap(() => onReopen('step-away'))}>
          <Icon name="ticket" />
          <span>{t('number.take-away')}</span>
        </button>
        {screen.isInterpreterWanted === false ? (
          <button type="button" class="tile" onClick={onTap(() => onInterpreter(true))}>
            <Icon name="interpreter" />
            <span>{t('long.interpreter')}</span>
          </button>
        ) : null}
        <button type="button" class="tile" onClick={onTap(() => onReopen('language'))}>
          <Icon name="languages" />
          <span>{t('waiting.change-language')}</span>
        </button>
      </div>
      <Elsewhere help={screen.help} />
      <Button look="quiet" onPress={() => onSkip(why)}>
        {t('long.wait')}
      </Button>
    </section>
  )
}
