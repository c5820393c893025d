/** One colleague by name, of those at work: who is ready stands first. */
import type { JSX } from 'preact'
import type { JoinTarget, PeopleToAsk } from '#server/contract/joins.ts'
import { t } from '../text/language.ts'
import { refreshPeople, soughtName } from './join-state.ts'

interface ColleagueChoiceProps {
  readonly known: PeopleToAsk
  readonly target: JoinTarget | null
  readonly onChoose: (target: JoinTarget) => void
}

export function ColleagueChoice({ known, target, onChoose }: ColleagueChoiceProps): JSX.Element {
  const { colleagues, colleaguesCount } = known
  const chosenId = target?.kind === 'agent' ? target.agentId : null
  const leftCount = colleaguesCount - colleagues.length
  return (
    <>
      <label>
        {t('people.search')}
        <input
          type="search"
          maxLength={60}
          autocomplete="off"
          value={soughtName.value}
          onInput={(event) => {
            soughtName.value = event.currentTarget.value
            void refreshPeople()
          }}
        />
      </label>
      <fieldset class="colleague-choice">
        <legend>{t('people.atWork')}</legend>
        {colleagues.map(({ agentId, name, centreName, isReady }) => (
          <label key={agentId} class="choice">
            <input
              type="radio"
              name="colleague"
              checked={agentId === chosenId}
              onChange={() => onChoose({ kind: 'agent', agentId })}
            />
            <span>
              {name} <span class="quiet">{centreName}</span>
              <span class={isReady ? 'colleague-ready' : 'quiet'}>
                {t(isReady ? 'people.isReady' : 'people.isBusy')}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <p class="quiet" role="status">
        {colleaguesCount === 0
          ? t(soughtName.value.trim() === '' ? 'people.nobody' : 'people.nobodyNamed')
          : leftCount > 0 && t('people.more', { count: leftCount })}
      </p>
    </>
  )
}
