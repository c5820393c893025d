import fc from 'fast-check'
import t from 'tap'
import { differences, differenceText, policyDifferences } from './difference.ts'
import { readPolicy } from './document.ts'
import { SMALL_POLICY, smallPolicyWith } from './test/small-policy.ts'

function checked(text: string) {
  const result = readPolicy(text)
  if (!result.isValid) throw new Error(JSON.stringify(result.faults))
  return result
}

/** What the small policy with a change differs in, without its version, which always does. */
const changed = (before: string, after: string) =>
  policyDifferences(checked(SMALL_POLICY), checked(smallPolicyWith(before, after)))
    .filter(({ path }) => path !== 'version')
    .map(differenceText)

t.test('a change is told with its path, before and after', async (t) => {
  t.same(changed('callersMax: 50', 'callersMax: 60'), ['queues.citizen.da.callersMax: 50 → 60'])
  t.same(changed('level: 3', 'level: 4'), ['queues.citizen.da.requirements.0.levelMin: 3 → 4'])
  t.same(changed('homeCentres: [north]', 'homeCentres: [north]\n  # a comment'), [])
  t.same(changed('opensAt: 3', 'opensAt: 4'), ['lending.south-helps.opensAtCount: 3 → 4'])
  t.same(changed('08:00-16:00', '08:00-17:00'), [
    'hours.calendars.weekdays.week.mon-fri: [08:00-16:00] → [08:00-17:00]',
  ])
  t.same(changed('classes:', 'timezone: Europe/Oslo\nclasses:'), ['timezone: Europe/Copenhagen → Europe/Oslo'])
  t.same(changed('library: { hours: [] }', 'library: { hours: [weekdays] }'), ['sites.library.hours: [] → [weekdays]'])
})

t.test('one more thing in a list is one difference', async (t) => {
  const rule = '{ lender: south, queues: [citizen.da], opensAt: 3, closesAt: 1 }'
  t.match(changed(`south-helps: ${rule}`, `a-new-rule: ${rule}\n  south-helps: ${rule}`), [
    /^lending\.a-new-rule: \(nothing\) → \{"id":"a-new-rule"/,
  ])
})

t.test('the same text differs in nothing, another in its version too', async (t) => {
  t.same(policyDifferences(checked(SMALL_POLICY), checked(SMALL_POLICY)), [])
  const other = checked(smallPolicyWith('callersMax: 50', 'callersMax: 60'))
  t.same(
    policyDifferences(checked(SMALL_POLICY), other).map(({ path }) => path),
    ['queues.citizen.da.callersMax', 'version'],
  )
})

t.test('there and back are the same differences, in the order of their paths', async () => {
  const tree = fc.dictionary(
    fc.stringMatching(/^[a-z]{1,3}$/),
    fc.oneof(fc.nat(3), fc.dictionary(fc.stringMatching(/^[a-z]$/), fc.nat(2))),
  )
  fc.assert(
    fc.property(tree, tree, (a, b) => {
      const there = differences(a, b)
      const back = differences(b, a).map(({ path, before, after }) => ({ path, before: after, after: before }))
      const paths = there.map(({ path }) => path)
      return (
        JSON.stringify(there) === JSON.stringify(back) && JSON.stringify(paths) === JSON.stringify(paths.toSorted())
      )
    }),
  )
})
