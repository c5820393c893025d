/** What a colleague is to know, which queue they serve, or which centre they are of: chosen from all that the city has. */
import type { JSX } from 'preact'
import type { JoinTarget, PeopleToAsk } from '#server/contract/joins.ts'
import type { CallForAgent } from '#server/contract/views.ts'
import { levelTexts, skillText } from '../text/attribute-text.ts'
import { queueText } from '../text/join-text.ts'
import { formatTag, t } from '../text/language.ts'

export const targetKinds = ['skill', 'interpreter', 'queue', 'centre', 'agent'] as const
export type TargetKind = (typeof targetKinds)[number]

interface Choice {
  readonly id: string
  readonly text: string
  readonly readyCount: number
  readonly target: JoinTarget
}

/** Each of a kind, in the order of the words on the screen. */
function choicesOf(kind: TargetKind, known: PeopleToAsk): Choice[] {
  const collator = new Intl.Collator(formatTag())
  return allOf(kind, known).sort((a, b) => collator.compare(a.text, b.text))
}

function allOf(kind: TargetKind, { skills, queues, centres }: PeopleToAsk): Choice[] {
  if (kind === 'skill' || kind === 'interpreter') {
    const isOfKind = (skill: (typeof skills)[number]) => (skill.kind === 'skill') === (kind === 'skill')
    return skills.filter(isOfKind).map(({ attribute, labels, readyCount }) => {
      const target: JoinTarget = { kind: 'skill', attribute, levelMin: 1 }
      return { id: attribute, text: skillText(attribute, labels), readyCount, target }
    })
  }
  if (kind === 'queue') {
    return queues.map(({ queueId, labels, language, readyCount }) => {
      return { id: queueId, text: queueText({ labels, language }), readyCount, target: { kind, queueId } }
    })
  }
  if (kind !== 'centre') return []
  return centres.map(({ centreId, name, readyCount }) => {
    return { id: centreId, text: name, readyCount, target: { kind, centreId } }
  })
}

/** What is chosen before anything was: of interpreters the one whom the call needs. Null where nothing is to be chosen, or a name. */
export function firstTarget(kind: TargetKind, known: PeopleToAsk, call: CallForAgent): JoinTarget | null {
  const choices = choicesOf(kind, known)
  if (kind !== 'interpreter') return choices[0]?.target ?? null
  const signing = known.skills.find((skill) => skill.kind === 'signing')?.attribute
  const wanted: string = call.mode === 'signing' && signing !== undefined ? signing : call.language
  return (choices.find(({ id }) => id === wanted) ?? choices[0])?.target ?? null
}

const fieldWords = {
  skill: 'join.attribute',
  interpreter: 'people.whichLanguage',
  queue: 'people.whichQueue',
  centre: 'people.whichCentre',
} as const

interface TargetChoiceProps {
  readonly kind: TargetKind
  readonly known: PeopleToAsk
  readonly target: JoinTarget
  readonly onChoose: (target: JoinTarget) => void
}

export function TargetChoice({ kind, known, target, onChoose }: TargetChoiceProps): JSX.Element | null {
  if (kind === 'agent' || target.kind === 'agent') return null
  const choices = choicesOf(kind, known)
  const id =
    target.kind === 'skill' ? target.attribute : target.kind === 'queue' ? target.queueId : (target.centreId as string)
  const levelMin = target.kind === 'skill' ? target.levelMin : 1
  const choose = (wanted: JoinTarget | undefined, level: number) => {
    if (wanted !== undefined) onChoose(wanted.kind === 'skill' ? { ...wanted, levelMin: level } : wanted)
  }
  return (
    <>
      <label>
        {t(fieldWords[kind])}
        <select value={id} onChange={(event) => choose(choices[event.currentTarget.selectedIndex]?.target, levelMin)}>
          {choices.map(({ id: each, text, readyCount }) => (
            <option key={each} value={each}>
              {readyCount === 0
                ? t('people.noneReady', { what: text })
                : t('people.ready', { what: text, count: readyCount })}
            </option>
          ))}
        </select>
      </label>
      {target.kind === 'skill' && (
        <label>
          {t('join.level')}
          <select value={levelMin} onChange={(event) => choose(target, Number(event.currentTarget.value))}>
            {levelTexts().map((each) => (
              <option key={each.level} value={each.level}>
                {each.text}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  )
}
