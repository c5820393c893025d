/** Who changed what of the city, the newest first, each with the way back. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import type { ChangesReply, ChangeWay, CityChange } from '#server/contract/admin.ts'
import { Failed, Loading } from '../components/page-state.tsx'
import { dayTimeText } from '../model/copenhagen-time.ts'
import { formatTag, t } from '../text/language.ts'
import { errorText } from '../text/words.ts'
import { changes, loadChanges, takeBack, type Result } from './admin-state.ts'
import { Differences } from './differences.tsx'
import { Outcome } from './outcome.tsx'
import { thingText } from './path-words.ts'
import { focusHeading } from './place.ts'
import { sectionWords } from './section-words.ts'

const wayWords = {
  page: 'admin.byPage',
  text: 'admin.byText',
  command: 'admin.byCommand',
  'taken-back': 'admin.byTakingBack',
} as const satisfies Record<ChangeWay, string>

export function ChangesPage(): JSX.Element {
  useEffect(() => void loadChanges(), [])
  return (
    <>
      {changes.value.kind !== 'loaded' && <h1 class="visually-hidden">{t(sectionWords.changes)}</h1>}
      <Loaded />
    </>
  )
}

function Loaded(): JSX.Element {
  const { value } = changes
  switch (value.kind) {
    case 'loading':
      return <Loading words={t('admin.changesLoading')} />
    case 'failed':
      return <Failed code={value.code} words={errorText(value.code)} onAgain={() => void loadChanges()} />
    case 'loaded':
      return <List reply={value.reply} />
  }
}

function List({ reply }: { reply: ChangesReply }): JSX.Element {
  const oldest = reply.changes.at(-1)
  return (
    <section class="card admin-card" aria-labelledby="admin-title">
      <h1 id="admin-title" tabIndex={-1}>
        {t(sectionWords.changes)}
      </h1>
      <p class="quiet">{t('admin.changesKept', { days: reply.keptDays })}</p>
      {reply.changes.length === 0 && <p role="status">{t('admin.noChanges')}</p>}
      <ol class="admin-changes" reversed>
        {reply.changes.map((each) => (
          <Change key={each.changeId} change={each} />
        ))}
      </ol>
      {reply.hasMore && oldest !== undefined && (
        <button type="button" onClick={() => void loadChanges(oldest.changeId)}>
          {t('admin.older')}
        </button>
      )}
    </section>
  )
}

function Change({ change }: { change: CityChange }): JSX.Element {
  const { changeId, at, byName, how, takesBack, takenBackBy, differences } = change
  const result = useSignal<Result | null>(null)
  const isBusy = useSignal(false)
  const number = t('admin.number', { number: changeId })
  const names = differences.slice(0, 3).map(thingText)
  const more = differences.length - names.length
  return (
    <li>
      <h2>
        {number} · {dayTimeText(at, formatTag())} · {byName}
      </h2>
      <p class="quiet">
        {t(wayWords[how], { number: takesBack ?? 0 })}
        {takenBackBy !== null && ` · ${t('admin.wasTakenBack', { number: takenBackBy })}`}
      </p>
      <details>
        <summary>
          {names.join(', ')}
          {more > 0 && ` ${t('admin.andMore', { count: more })}`}
        </summary>
        <Differences differences={differences} />
      </details>
      {takenBackBy === null && (
        <button
          type="button"
          disabled={isBusy.value}
          aria-label={t('admin.takeBackOf', { number: changeId })}
          onClick={async () => {
            isBusy.value = true
            result.value = await takeBack(changeId)
            isBusy.value = false
            if (result.value.kind === 'done') focusHeading()
          }}
        >
          {t('admin.takeBack')}
        </button>
      )}
      <Outcome result={result.value} />
    </li>
  )
}
