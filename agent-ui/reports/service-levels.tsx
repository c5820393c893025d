/** The eight service levels of the same calls, one below the other, each with its formula and how sure it is. */
import type { JSX } from 'preact'
import type { ReportReply, ReportRow } from '#server/contract/reports.ts'
import { t } from '../text/language.ts'
import { countText, intervalText, valueText } from './figure-text.ts'
import { formulaText, WithFormula } from './formula-tip.tsx'
import { figureIn, levelColumns } from './report-columns.ts'

export function ServiceLevels({ reply }: { reply: ReportReply }): JSX.Element {
  return (
    <section class="card board-card report-levels" aria-labelledby="levels-title">
      <h2 id="levels-title">{t('report.levels')}</h2>
      <div class="table-wrap" tabIndex={0} role="group" aria-label={t('report.levels')}>
        <table>
          <caption class="visually-hidden">{t('report.levels')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('report.level')}</th>
              <th scope="col">{t('report.formula')}</th>
              <th scope="col" class="number">
                {t('report.share')}
              </th>
              <th scope="col" class="number">
                {t('figure.interval')}
              </th>
              <th scope="col">
                <span class="visually-hidden">{t('report.picture')}</span>
              </th>
              <th scope="col" class="number">
                {t('report.ofCalls')}
              </th>
              {reply.comparison !== null && (
                <th scope="col" class="number">
                  {t('report.before')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {levelColumns.map((column) => (
              <Level key={column.key} column={column} reply={reply} />
            ))}
          </tbody>
        </table>
      </div>
      <p class="quiet">{t('report.signs')}</p>
    </section>
  )
}

function Level({ column, reply }: { column: (typeof levelColumns)[number]; reply: ReportReply }): JSX.Element {
  const { key, words } = column
  const isHeadline = key === reply.headline
  const figure = figureIn(reply.total, column)
  const formula = formulaText(reply, column)
  return (
    <tr class={isHeadline ? 'is-headline' : ''}>
      <th scope="row">
        <WithFormula class="plain name" formula={formula}>
          {t(words)}
        </WithFormula>
        {isHeadline && <span class="headline-mark">{t('report.headline')}</span>}
      </th>
      <td class="formula-cell">{formula}</td>
      <td class="number">{valueText('share', figure.value)}</td>
      <td class="number quiet">{intervalText(figure) ?? '–'}</td>
      <td class="level-cell">
        <LevelPicture figure={figure} />
      </td>
      <td class="number">{countText(figure.of)}</td>
      {reply.comparison !== null && (
        <td class="number">{valueText('share', figureIn(reply.comparison.total, column).value)}</td>
      )}
    </tr>
  )
}

const PICTURE = { width: 160, height: 14 }

/** The share as a bar, and the interval as a line over its end. The figures stand beside it. */
function LevelPicture({ figure: { value, low, high } }: { figure: ReportRow['figures'][string] }): JSX.Element {
  const x = (share: number): number => Math.round(share * PICTURE.width * 10) / 10
  return (
    <svg class="level-picture" viewBox={`0 0 ${PICTURE.width} ${PICTURE.height}`} aria-hidden="true" focusable="false">
      <rect class="level-ground" width={PICTURE.width} height={PICTURE.height} />
      {value !== null && <rect class="level-bar" width={x(value)} height={PICTURE.height} />}
      {low !== null && high !== null && (
        <path class="level-interval" d={`M${x(low)} 7H${x(high)}M${x(low)} 3V11M${x(high)} 3V11`} />
      )}
    </svg>
  )
}
