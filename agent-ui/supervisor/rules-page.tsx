/** The rules in force: who goes before whom, and how long anybody can have to wait under them. */
import type { JSX } from 'preact'
import type { PolicyReply } from '#server/contract/policy.ts'
import { BoardHeader } from '../components/board-header.tsx'
import { ConnectionBadge } from '../components/connection-badge.tsx'
import { clockSecondText, dayTimeText } from '../model/copenhagen-time.ts'
import { classesInOrder } from '../model/policy.ts'
import { classNameText } from '../text/class-text.ts'
import { formatTag, t } from '../text/language.ts'
import { classRuleText } from '../text/rules-text.ts'
import { errorText } from '../text/words.ts'
import { useRules, type Rules } from './ask-rules.ts'
import { BoundsCard } from './bounds-card.tsx'
import { linkState } from './floor-state.ts'
import { ThresholdsCard } from './thresholds-card.tsx'

export function RulesPage(): JSX.Element {
  const { rules, askAgain } = useRules()
  const { loaded, isAsking, faultCode } = rules
  document.title = t('title.rules')
  return (
    <div class="board">
      <BoardHeader current="rules">
        <ConnectionBadge state={linkState.value} />
      </BoardHeader>
      <main class="board-main">
        <section class="card rules-card" aria-labelledby="rules-title">
          <div class="rules-head">
            <h1 id="rules-title">{t('board.rules')}</h1>
            {/* One button that stays, so that the keyboard does not lose its place with each answer. */}
            <button type="button" onClick={askAgain}>
              {faultCode === null ? t('explain.askAgain') : t('page.tryAgain')}
            </button>
          </div>
          <div class="rules-state" aria-live="polite" aria-busy={isAsking}>
            <State rules={rules} />
          </div>
          {loaded !== null && <Order reply={loaded.reply} />}
        </section>
        {loaded !== null && <BoundsCard reply={loaded.reply} />}
        {loaded !== null && <ThresholdsCard warnings={loaded.reply.warnings} />}
      </main>
    </div>
  )
}

function State({ rules: { loaded, isAsking, faultCode } }: { rules: Rules }): JSX.Element {
  return (
    <>
      {isAsking && loaded === null && <p class="quiet">{t('rules.loading')}</p>}
      {faultCode !== null && (
        <p class="fault">
          {t('rules.failed')} {errorText(faultCode)}
        </p>
      )}
      {loaded !== null && <p class="quiet">{t('rules.askedAt', { time: clockSecondText(loaded.at, formatTag()) })}</p>}
    </>
  )
}

function Order({ reply }: { reply: PolicyReply }): JSX.Element {
  const { version, loadedAt, classes } = reply
  return (
    <>
      <dl class="explanation-facts">
        <div>
          <dt>{t('rules.version')}</dt>
          <dd>{version}</dd>
        </div>
        <div>
          <dt>{t('rules.loadedAt')}</dt>
          <dd>{loadedAt === null ? t('rules.notKept') : dayTimeText(loadedAt, formatTag())}</dd>
        </div>
      </dl>
      <h2 id="order-title">{t('rules.order')}</h2>
      {classes.length === 0 ? (
        <p class="quiet">{t('rules.empty')}</p>
      ) : (
        <>
          <p>{t('rules.orderLead')}</p>
          <ol class="rules-order" aria-labelledby="order-title">
            {classesInOrder(classes).map((each) => (
              <li key={each.classId} value={each.rank}>
                <strong>{classNameText(each.classId)}</strong> <span>{classRuleText(each)}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  )
}
