/** The thresholds of warnings: whose they are, and which do not fit one another. */
import { readFileSync } from 'node:fs'
import t from 'tap'
import { compileTargets, compileWarnings } from './compile.ts'
import { policyDifferences, differenceText } from './difference.ts'
import { readPolicy } from './document.ts'

const city = readFileSync(new URL('./copenhagen.yaml', import.meta.url), 'utf8')
const LONGEST = 'longestWait: { above: 5 min, clearsBelow: 3 min }'

t.test('a queue’s own thresholds go before those of its service and of all', async (t) => {
  const own = city.replace(
    'services:\n  citizen:\n',
    'services:\n  citizen:\n    warnings: { longestWait: { above: 2 min, clearsBelow: 1 min } }\n',
  )
  t.not(own, city)
  const checked = readPolicy(own)
  if (!checked.isValid) throw new Error(JSON.stringify(checked.faults))
  const rules = compileWarnings(checked.document)
  t.match(rules.queues['citizen.da'], {
    longestWait: { aboveMs: 120_000, clearsBelowMs: 60_000 },
    serviceLevel: { below: 0.5, clearsAbove: 0.6, callsMin: 10 },
    promiseBroken: { clearsAfterMs: 60_000 },
  })
  const before = readPolicy(city)
  if (!before.isValid) throw new Error(JSON.stringify(before.faults))
  const told = policyDifferences(before, checked).map(differenceText)
  t.ok(told.includes('warnings.queues.citizen.da.longestWait.aboveMs: 300000 → 120000'), 'whoever loads it is told')
  t.match(rules.queues['library.da'], { longestWait: { aboveMs: 300_000 } })
  t.match(rules, { nobodySignedIn: { afterMs: 120_000 }, kioskSilent: { afterMs: 0, clearsAfterMs: 60_000 } })
})

t.test('how many are to be answered in time is said for all, for a service or for a queue', async (t) => {
  const targets = (text: string) => {
    const checked = readPolicy(text)
    if (!checked.isValid) throw new Error(JSON.stringify(checked.faults))
    return compileTargets(checked.document)
  }
  const own = city
    .replace('answerShare: 0.8', 'answerShare: 0.57')
    .replace('  library.en: { ', '  library.en: { answerShare: 0.95, ')
    .replace('services:\n  citizen:\n', 'services:\n  citizen:\n    answerShare: 0.9\n')
  t.match(targets(own), { 'citizen.da': 90, 'citizen.en': 90, 'library.en': 95, 'library.da': 57 })
  t.match(targets(city.replace(/ +answerShare: 0.8\n/, '')), { 'citizen.da': 80 }, 'a policy that says none')
  t.notOk(readPolicy(city.replace('answerShare: 0.8', 'answerShare: 80')).isValid)
  const [before, after] = [readPolicy(city), readPolicy(own)]
  if (!before.isValid || !after.isValid) throw new Error('not valid')
  t.ok(policyDifferences(before, after).map(differenceText).includes('answerPercent.citizen.da: 80 → 90'))
  t.same(before.policy.queues, after.policy.queues, 'the engine does not know it')
})

t.test('a warning is over on the other side of where it begins', async (t) => {
  const faults = (from: string, to: string) => {
    const checked = readPolicy(city.replace(from, to))
    return checked.isValid ? [] : checked.faults.map(({ sentence }) => sentence)
  }
  t.match(faults(LONGEST, 'longestWait: { above: 1 min, clearsBelow: 3 min }').join(), 'clearsBelow must not be longer')
  t.match(faults('clearsAbove: 0.6', 'clearsAbove: 0.4').join(), 'clearsAbove must not be lower')
  t.ok(faults(LONGEST, 'longestWait: { above: 5 min }').length > 0)
  t.same(faults('clearsAbove: 0.6', 'clearsAbove: 0.5'), [])
})
