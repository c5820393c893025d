/** Why a call waited and why it went to whom it went: one sentence, then the facts, then everything in order. */
import type { ComponentChildren, JSX } from 'preact'
import type { CallExplanation as Explanation } from '#server/contract/explanation.ts'
import type { CallId } from '#server/contract/ids.ts'
import { dayTimeText } from '../model/copenhagen-time.ts'
import { clockText } from '../model/duration.ts'
import { classNameText, modeText } from '../text/class-text.ts'
import { waitRangeText } from '../text/duration-text.ts'
import { formatTag, t } from '../text/language.ts'
import { endReasonText, outcomeText, promiseWords, whyItWaitedText } from '../text/wait-text.ts'
import { choiceText } from '../text/why-text.ts'
import { errorText, languageWords } from '../text/words.ts'
import { useExplanation } from './ask-explanation.ts'
import { queueText, type Names } from './names.ts'
import { Timeline } from './timeline.tsx'

export function CallExplanation({ callId, names }: { callId: CallId; names: Names }): JSX.Element {
  const { explained, askAgain } = useExplanation(callId)
  return (
    <div class="explanation">
      {/* Stays while what it says changes, so that the change is read out. */}
      <div class="explanation-head" aria-live="polite" aria-busy={explained.kind === 'loading'}>
        {explained.kind === 'loading' && <p class="quiet">{t('explain.loading')}</p>}
        {explained.kind === 'unknown' && <p>{t('explain.unknown')}</p>}
        {explained.kind === 'failed' && (
          <p class="explanation-fault">
            {t('explain.failedToLoad')} {errorText(explained.code)}
          </p>
        )}
        {explained.kind === 'loaded' && <Sentences explanation={explained.explanation} names={names} />}
      </div>
      {(explained.kind === 'unknown' || explained.kind === 'failed') && (
        <p>
          <button type="button" onClick={askAgain}>
            {t('page.tryAgain')}
          </button>
        </p>
      )}
      {explained.kind === 'loaded' && <Loaded explanation={explained.explanation} names={names} askAgain={askAgain} />}
    </div>
  )
}

function Sentences({ explanation, names }: { explanation: Explanation; names: Names }): JSX.Element {
  const mine = explanation.offers.findLast(({ agentId, end }) => agentId === names.readerId && end === 'accepted')
  const choice = mine?.reasons?.choice
  return (
    <>
      {choice !== undefined && <p class="explanation-sentence">{t('explain.mine', { reason: choiceText(choice) })}</p>}
      <p class="explanation-sentence">{whyItWaitedText(explanation)}</p>
    </>
  )
}

interface LoadedProps {
  readonly explanation: Explanation
  readonly names: Names
  readonly askAgain: () => void
}

function Loaded({ explanation, names, askAgain }: LoadedProps): JSX.Element {
  return (
    <>
      <Promised explanation={explanation} />
      {explanation.endedAt === null && (
        <p>
          <button type="button" onClick={askAgain}>
            {t('explain.askAgain')}
          </button>
        </p>
      )}
      <Facts explanation={explanation} names={names} />
      <h2>{t('explain.course')}</h2>
      <Timeline explanation={explanation} names={names} />
      <p class="quiet">
        {t('range.zone')} {t('explain.noQuality')}
      </p>
    </>
  )
}

function Promised({ explanation }: { explanation: Explanation }): JSX.Element | null {
  const words = promiseWords(explanation)
  if (explanation.promise === null || words === null) return null
  const isBroken = explanation.promise.isKept === false
  return (
    <p class={isBroken ? 'tone-alarm promise' : 'promise'}>
      {t('explain.promised', { range: waitRangeText(explanation.promise) })} <strong>{words}</strong>
    </p>
  )
}

function Facts({ explanation, names }: { explanation: Explanation; names: Names }): JSX.Element {
  const { outcome, endReason } = explanation
  return (
    <dl class="explanation-facts">
      <Fact name={t('explain.outcome')}>
        {outcomeText(outcome)}
        {endReason !== null && <small>{endReasonText(endReason)}</small>}
      </Fact>
      <Fact name={t('explain.waitName')}>{clockText(explanation.wait.waitMs)}</Fact>
      <Fact name={t('figures.queue')}>{queueText(explanation.queueId, names)}</Fact>
      <Fact name={t('explain.arrived')}>{dayTimeText(explanation.arrivedAt, formatTag())}</Fact>
      <Fact name={t('call.place')}>
        {explanation.siteName ?? '–'}
        <small>{explanation.kioskId}</small>
      </Fact>
      <Fact name={t('explain.class')}>{classNameText(explanation.classId)}</Fact>
      <Fact name={t('call.language')}>{t(languageWords[explanation.language])}</Fact>
      <Fact name={t('explain.mode')}>{modeText(explanation.mode)}</Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
