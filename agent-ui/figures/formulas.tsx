/** What each figure is, for whoever wants to know; the same words as on the headings, reachable by keyboard and touch. */
import type { JSX } from 'preact'
import { t } from '../text/language.ts'
import { experienceWords } from './experience-table.tsx'
import { figureWords } from './figure-columns.tsx'
import { peopleWords } from './people-table.tsx'

export function Formulas(): JSX.Element {
  return (
    <details class="formulas">
      <summary>{t('figures.howCounted')}</summary>
      <dl>
        {[...figureWords, ...experienceWords, ...peopleWords].map(({ key, name, formula }) => (
          <div key={key}>
            <dt>{t(name)}</dt>
            <dd>{t(formula)}</dd>
          </div>
        ))}
        <div>
          <dt>{t('figure.interval')}</dt>
          <dd>{t('formula.interval')}</dd>
        </div>
      </dl>
      <p class="quiet">{t('formula.attribution')}</p>
    </details>
  )
}
