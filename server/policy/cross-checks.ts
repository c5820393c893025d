/** What no schema can see: whether the settings of a document fit one another. */
import { PLAIN_POLICY, policyFaults, type Policy } from '#server/routing/policy.ts'
import { calendarFaults } from './calendar-checks.ts'
import { queueNames, requirementOf } from './compile.ts'
import type { Add, Locator, Path, PolicyFault } from './faults.ts'
import { durationMs } from './forms.ts'
import type { PolicyDocument, RequirementText } from './schema.ts'
import type { QueueWarnings } from './schema-warnings.ts'

/** Everything that does not fit, each at its line. `policy` is what the document would become. */
export function crossFaults(document: PolicyDocument, policy: Policy, locator: Locator): PolicyFault[] {
  const faults: PolicyFault[] = []
  const add: Add = (path, sentence, code, subject) => {
    const mark = { ...(code === undefined ? {} : { code }), ...(subject === undefined ? {} : { subject }) }
    faults.push(locator.fault(path, sentence, mark))
  }
  checkSettings(document, add)
  checkLanguages(document, add)
  checkRequirements(document, add)
  checkLending(document, policy, add)
  checkWarnings(document, add)
  calendarFaults(document, add)
  // The engine's own word last, for what is not found above: it has no lines, so these are as near as its words lead.
  if (faults.length === 0) for (const sentence of policyFaults(policy)) add(pathOfSentence(sentence), sentence)
  return faults
}

/** Own keys only: a name as `constructor` is nobody's. */
const has = (record: object | undefined, key: string) => record !== undefined && Object.hasOwn(record, key)

/** Classes, centres and calendars that settings refer to are there. */
function checkSettings(document: PolicyDocument, add: Add): void {
  type Settings = {
    readonly class?: string
    readonly homeCentres?: readonly string[]
    readonly hours?: readonly string[]
    readonly staffed?: readonly string[]
  }
  const check = (path: Path, { class: classId, homeCentres = [], hours = [], staffed = [] }: Settings) => {
    if (classId !== undefined && !has(document.classes, classId))
      add([...path, 'class'], `there is no class ${classId}`, 'not-there', classId)
    homeCentres.forEach((id, index) => {
      if (!has(document.centres, id)) add([...path, 'homeCentres', index], `there is no centre ${id}`, 'not-there', id)
    })
    for (const [name, calendarIds] of Object.entries({ hours, staffed })) {
      calendarIds.forEach((id, index) => {
        if (!has(document.hours?.calendars, id))
          add([...path, name, index], `there is no calendar ${id}`, 'not-there', id)
      })
    }
  }
  check(['queueDefaults'], document.queueDefaults)
  for (const part of ['services', 'languages', 'queues', 'sites'] as const) {
    for (const [id, settings] of Object.entries(document[part] ?? {})) check([part, id], settings as Settings)
  }
}

/** A warning is over on the other side of where it begins. */
function checkWarnings(document: PolicyDocument, add: Add): void {
  const check = (path: Path, warnings: QueueWarnings | undefined) => {
    const { longestWait, serviceLevel } = warnings ?? {}
    if (longestWait !== undefined && durationMs(longestWait.clearsBelow) > durationMs(longestWait.above))
      add([...path, 'warnings', 'longestWait'], 'clearsBelow must not be longer than above', 'clears')
    if (serviceLevel !== undefined && serviceLevel.clearsAbove < serviceLevel.below)
      add([...path, 'warnings', 'serviceLevel'], 'clearsAbove must not be lower than below', 'clears')
  }
  check(['queueDefaults'], document.queueDefaults.warnings)
  for (const part of ['services', 'queues'] as const) {
    for (const [id, { warnings }] of Object.entries(document[part] ?? {})) check([part, id], warnings)
  }
}

/** Every language is spoken somewhere, and every queue that is named exists. */
function checkLanguages(document: PolicyDocument, add: Add): void {
  for (const [serviceId, service] of Object.entries(document.services)) {
    service.languages?.forEach((language, index) => {
      if (!has(document.languages, language))
        add(['services', serviceId, 'languages', index], `there is no language ${language}`, 'not-there', language)
    })
  }
  const names = queueNames(document)
  if (names.length === 0) {
    add(['services'], 'there is no queue: at least one service and one language are needed', 'no-queue')
  }
  for (const language of Object.keys(document.languages)) {
    if (!names.some((name) => name.language === language))
      add(['languages', language], 'no service has a queue in it', 'queue-missing')
  }
  for (const id of Object.keys(document.queues ?? {})) {
    if (!names.some(({ queueId }) => queueId === id))
      add(['queues', id], 'there is no such queue: see services', 'not-there', id)
  }
}

/** Each requirement alone, by the engine's rules; then those that can have no effect beside one another. */
function checkRequirements(document: PolicyDocument, add: Add): void {
  for (const [path, requirements] of requirementLists(document)) {
    requirements.forEach((requirement, index) => {
      const where = 'it'
      const modes = { [where]: [requirementOf(requirement)] }
      for (const sentence of policyFaults({ ...PLAIN_POLICY, attributes: document.attributes, modes })) {
        add([...path, index], sentence.replace(`${where}: `, ''))
      }
      const { attribute, level = 1 } = requirement
      const isCovered = requirements.some(
        (other) =>
          other !== requirement &&
          other.attribute === attribute &&
          other.expiry === undefined &&
          (other.level ?? 1) >= level,
      )
      if (isCovered) {
        const sentence = `${attribute} at level ${level} has no effect: more is asked for beside it`
        add([...path, index], sentence, 'no-effect', attribute)
      }
    })
  }
}

function requirementLists(document: PolicyDocument): [Path, readonly RequirementText[]][] {
  const lists: [Path, readonly RequirementText[]][] = []
  for (const part of ['services', 'languages', 'queues'] as const) {
    for (const [id, { requirements }] of Object.entries(document[part] ?? {})) {
      if (requirements !== undefined) lists.push([[part, id, 'requirements'], requirements])
    }
  }
  for (const [mode, requirements] of Object.entries(document.modes ?? {})) lists.push([['modes', mode], requirements])
  return lists
}

/** Lenders and queues exist, the gap is a gap, and a lender lends where it is not at home already. */
function checkLending(document: PolicyDocument, policy: Policy, add: Add): void {
  for (const [id, { lender, queues, opensAt, closesAt }] of Object.entries(document.lending ?? {})) {
    const path = ['lending', id]
    if (!has(document.centres, lender)) add([...path, 'lender'], `there is no centre ${lender}`, 'not-there', lender)
    if (closesAt >= opensAt)
      add([...path, 'closesAt'], `must be below opensAt, which is ${opensAt}`, 'below', 'opensAt')
    queues.forEach((queueId, index) => {
      const at = [...path, 'queues', index]
      const homes = has(policy.queues, queueId) ? policy.queues[queueId]?.homeCentreIds : undefined
      if (homes === undefined) add(at, `there is no queue ${queueId}: see services`, 'not-there', queueId)
      else if (homes.length === 0) {
        const sentence = `${queueId} is everybody's, so nobody needs lending: it has no homeCentres`
        add(at, sentence, 'nobody-lends', queueId)
      } else if (homes.includes(lender)) {
        add(at, `${lender} is a home centre of ${queueId} and always takes its calls`, 'home-centre', lender)
      }
    })
  }
}

const PATH_OF_WORD: Readonly<Record<string, string>> = { class: 'classes', lending: 'lending', queue: 'services' }

function pathOfSentence(sentence: string): Path {
  const [, word = '', id = ''] = /^(class|lending|queue) ([^:]+):/.exec(sentence) ?? []
  if (word === '') return ['limits']
  return [PATH_OF_WORD[word] ?? '', word === 'queue' ? (id.split('.')[0] ?? '') : id]
}
