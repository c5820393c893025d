/** One offer in full: who could have had it, who could not and by which rule, and what was to go later. */
import type { JSX } from 'preact'
import type { ExplainedOffer, OfferReasonsView } from '#server/contract/explanation.ts'
import { clockText } from '../model/duration.ts'
import { classNameText } from '../text/class-text.ts'
import { filterRuleText, needText } from '../text/explanation-text.ts'
import { t } from '../text/language.ts'
import type { Names } from './names.ts'

interface Parts {
  readonly reasons: OfferReasonsView
  readonly names: Names
}

export function OfferReasons({ offer, reasons, names }: Parts & { offer: ExplainedOffer }): JSX.Element {
  return (
    <div class="reasons">
      <Candidates reasons={reasons} caption={t('explain.candidates')} />
      <Filtered reasons={reasons} names={names} />
      <dl class="explanation-facts">
        <div>
          <dt>{t('explain.needs')}</dt>
          <dd>
            {reasons.needs.length === 0
              ? t('explain.noNeeds')
              : reasons.needs.map((need) => needText(need, names.queues)).join('; ')}
          </dd>
        </div>
        {reasons.givenForDay !== undefined && (
          <div>
            <dt>{t('explain.givenForDay')}</dt>
            <dd>{reasons.givenForDay.map((need) => needText(need, names.queues)).join('; ')}</dd>
          </div>
        )}
        <div>
          <dt>{t('explain.score')}</dt>
          <dd>{clockText(reasons.scoreMs)}</dd>
        </div>
        <div>
          <dt>{t('explain.waitedThen')}</dt>
          <dd>{clockText(offer.waitedMs)}</dd>
        </div>
        <div>
          <dt>{t('explain.policy')}</dt>
          <dd>{offer.policyVersion}</dd>
        </div>
      </dl>
      <PassedOver reasons={reasons} names={names} />
    </div>
  )
}

/** Best first; the first was chosen. The columns stand in the order in which the rules look at them. */
function Candidates({ reasons, caption }: { reasons: OfferReasonsView; caption: string }): JSX.Element {
  const moreCount = reasons.candidatesCount - reasons.candidates.length
  return (
    <>
      <h3>{caption}</h3>
      <div class="table-wrap" tabIndex={0} role="group" aria-label={caption}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('agents.name')}</th>
              <th scope="col">{t('explain.lentColumn')}</th>
              <th scope="col" class="number" title={t('formula.wastedLevels')}>
                {t('explain.wastedLevels')}
              </th>
              <th scope="col" class="number">
                {t('explain.idle')}
              </th>
            </tr>
          </thead>
          <tbody>
            {reasons.candidates.map((candidate, index) => (
              <tr key={candidate.agentId} class={index === 0 ? 'is-chosen' : ''}>
                <th scope="row">
                  {candidate.name}
                  {index === 0 && <small>{t('explain.chosen')}</small>}
                </th>
                <td>{candidate.isLent ? t('page.yes') : t('page.no')}</td>
                <td class="number">{candidate.wastedLevels}</td>
                <td class="number">{clockText(candidate.idleMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {moreCount > 0 && <p class="quiet">{t('explain.more', { count: moreCount })}</p>}
      <p class="quiet">{t('formula.wastedLevels')}</p>
    </>
  )
}

function Filtered({ reasons, names }: Parts): JSX.Element {
  return (
    <>
      <h3>{t('explain.filtered')}</h3>
      {reasons.filtered.length === 0 ? (
        <p class="quiet">{t('explain.nobodyFiltered')}</p>
      ) : (
        <ul class="filtered">
          {reasons.filtered.map(({ rule, count, agents }) => (
            <li key={rule}>
              <strong>{t('explain.filteredBy', { count, rule: filterRuleText(rule, names.queues) })}</strong>
              {agents.length > 0 && (
                <span class="quiet">
                  : {agents.map(({ name }) => name).join(', ')}
                  {count > agents.length && ` ${t('explain.more', { count: count - agents.length })}`}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function PassedOver({ reasons, names }: Parts): JSX.Element | null {
  if (reasons.passedOver.length === 0) return null
  return (
    <>
      <h3>{t('explain.passedOver')}</h3>
      <ul class="filtered">
        {reasons.passedOver.map(({ callId, classId, scoreMs }) => (
          <li key={callId}>
            {names.hrefOf === null ? <code>{callId}</code> : <a href={names.hrefOf(callId)}>{callId}</a>}{' '}
            <span class="quiet">
              {classNameText(classId)}, {t('explain.scoreOf', { score: clockText(scoreMs) })}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
