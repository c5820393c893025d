/** What came of saving: what is wrong, or why it was not taken, or that it is done. */
import type { JSX } from 'preact'
import type { CityFault } from '#server/contract/admin.ts'
import { Icon } from '../components/icons.tsx'
import { t } from '../text/language.ts'
import { errorText } from '../text/words.ts'
import { lastDone, loadCity, type Result } from './admin-state.ts'
import { faultLanguage, faultText } from './fault-text.ts'
import { faultySetting } from './path-words.ts'
import { hrefOf } from './place.ts'

/** Said at once, and in words. `onFault` leads to the line of a fault, where there is a text. */
export function Outcome(props: { result: Result | null; onFault?: (fault: CityFault) => void }): JSX.Element | null {
  const { result, onFault } = props
  if (result === null || result.kind === 'done') return null
  if (result.kind === 'refused') {
    return (
      <div class="fault admin-outcome" role="alert">
        <Icon name={result.code === 'no-answer' ? 'offline' : 'warning'} />
        <div>
          <p>{errorText(result.code)}</p>
          {result.code === 'changed-meanwhile' && (
            <button type="button" onClick={() => void loadCity()}>
              {t('admin.loadAgain')}
            </button>
          )}
        </div>
      </div>
    )
  }
  return (
    <div class="fault admin-outcome" role="alert">
      <Icon name="warning" />
      <div>
        <p>{t('admin.faults', { count: result.faults.length })}</p>
        <ul>
          {result.faults.map((fault) => (
            <li key={`${fault.line} ${fault.path} ${fault.sentence}`}>
              {onFault === undefined ? (
                <Where path={fault.path} />
              ) : (
                <button type="button" class="admin-line" onClick={() => onFault(fault)}>
                  {t('admin.line', { line: fault.line })}
                </button>
              )}{' '}
              {onFault !== undefined && fault.path !== '' && <code>{fault.path}</code>}{' '}
              <span lang={faultLanguage(fault)}>{faultText(fault)}</span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

/** The setting by its word in the form, or where it stands in the document. */
function Where({ path }: { readonly path: string }): JSX.Element {
  const word = faultySetting(path)
  return word === undefined ? <code>{path}</code> : <>{word}:</>
}

/** What was done last, with the way to taking it back. */
export function Done(): JSX.Element {
  const { value } = lastDone
  return (
    <p class="admin-done" role="status">
      {value !== null && (
        <>
          <Icon name="check" />
          <span>{t(value.isTakenBack ? 'admin.takenBack' : 'admin.saved', { number: value.changeId })}</span>
          <a href={hrefOf({ section: 'changes', id: null })}>{t('admin.toChanges')}</a>
        </>
      )}
    </p>
  )
}
