/** What is other between two configurations: what has come, what is gone, and each setting with before and after. */
import type { JSX } from 'preact'
import type { CityDifference } from '#server/contract/admin.ts'
import { t } from '../text/language.ts'
import { settingText, thingText } from './path-words.ts'

/** All of them, each by its name. */
export function Differences({ differences }: { readonly differences: readonly CityDifference[] }): JSX.Element {
  return (
    <ul class="admin-differences">
      {differences.map((difference) => (
        <li key={difference.path.join('/')}>
          <Difference difference={difference} />
        </li>
      ))}
    </ul>
  )
}

function Difference({ difference }: { difference: CityDifference }): JSX.Element {
  const { before, after, fields } = difference
  const how = before === null ? 'added' : after === null ? 'gone' : 'changed'
  const words = { added: 'admin.added', gone: 'admin.gone', changed: 'admin.changed' } as const
  const shown = fields.length > 0 ? fields : [{ path: '', before, after }]
  return (
    <>
      <p>
        <strong class={`admin-how is-${how}`}>{t(words[how])}</strong> {thingText(difference)}
      </p>
      <dl>
        {shown.map((field) => (
          <div key={field.path}>
            {field.path !== '' && <dt>{settingText(field.path)}</dt>}
            {field.before !== null && (
              <dd>
                <del>{valueText(field.before)}</del>
              </dd>
            )}
            {field.after !== null && (
              <dd>
                <ins>{valueText(field.after)}</ins>
              </dd>
            )}
          </div>
        ))}
      </dl>
    </>
  )
}

/** As YAML would have it on a line, near enough to be read. */
function valueText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`
  return Object.entries(value)
    .map(
      ([key, each]) => `${key}: ${typeof each === 'object' && each !== null ? `{ ${valueText(each)} }` : String(each)}`,
    )
    .join(', ')
}
