import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import { parse, stringify } from 'yaml'
import { PLAIN_POLICY, policyFaults, type Policy } from '#server/routing/policy.ts'
import { durationMs } from './forms.ts'
import { readPolicy, type CheckedPolicy } from './document.ts'
import { schemaText } from './schema.ts'
import { SMALL_POLICY, smallPolicyWith } from './test/small-policy.ts'

function valid(text: string): CheckedPolicy {
  const result = readPolicy(text)
  if (!result.isValid) throw new Error(JSON.stringify(result.faults))
  return result
}

t.test('every document that is kept here is right', async (t) => {
  for (const file of ['./copenhagen.yaml', '../../loadtest/city/ten-services.yaml']) {
    const { policy } = valid(readFileSync(new URL(file, import.meta.url), 'utf8'))
    t.same(policyFaults(policy), [], file)
  }
  const { queues } = valid(readFileSync(new URL('../../loadtest/city/ten-services.yaml', import.meta.url), 'utf8'))
  t.equal(queues.length, 8 * 6 + 2 + 3)
})

t.test('the schema that editors read is the one that is checked against', async (t) => {
  const kept = readFileSync(new URL('./policy.schema.json', import.meta.url), 'utf8')
  t.strictSame(
    JSON.parse(kept),
    JSON.parse(schemaText()),
    'npm run policy -- schema > server/policy/policy.schema.json',
  )
})

t.test('every setting is explained', async (t) => {
  const unexplained: string[] = []
  const look = (schema: unknown, path: string): void => {
    if (typeof schema !== 'object' || schema === null) return
    const { properties = {}, patternProperties = {}, items } = schema as Record<string, object | undefined>
    for (const [name, setting] of Object.entries(properties as Record<string, object>)) {
      if (!('description' in setting)) unexplained.push(`${path}.${name}`)
      look(setting, `${path}.${name}`)
    }
    for (const each of Object.values(patternProperties as object)) look(each, `${path}.*`)
    look(items, `${path}[]`)
  }
  look(JSON.parse(schemaText()), '')
  t.same(unexplained, [])
})

t.test('what a document does not say is as in the plain policy', async (t) => {
  const { policy } = valid(SMALL_POLICY)
  const ofCity = new Set(['version', 'attributes', 'queues', 'lending'])
  const withoutCity = (policy: Policy) => Object.fromEntries(Object.entries(policy).filter(([key]) => !ofCity.has(key)))
  t.same(withoutCity(policy), withoutCity(PLAIN_POLICY))
  const written = schemaDefaults(JSON.parse(schemaText()), 'limits')
  const said = valid(`${SMALL_POLICY}limits: ${JSON.stringify(written)}\n`).policy
  t.same({ ...said, version: '' }, { ...policy, version: '' }, 'the defaults that the schema tells of are the same')
})

/** The defaults of a part of the schema, nested as a document has them. */
function schemaDefaults(schema: { properties: Record<string, never> }, part: string): unknown {
  const take = (node: { default?: unknown; properties?: Record<string, never> }): unknown =>
    node.properties === undefined
      ? node.default
      : Object.fromEntries(Object.entries(node.properties).map(([key, each]) => [key, take(each)]))
  return take(schema.properties[part] ?? {})
}

t.test('a document becomes the queues of its services and languages', async (t) => {
  const { policy, queues, centres } = valid(SMALL_POLICY)
  t.same(queues, [{ queueId: 'citizen.da', serviceId: 'citizen', language: 'da' }])
  t.same(centres, [
    { centreId: 'north', name: 'North' },
    { centreId: 'south', name: 'South' },
  ])
  t.same(policy.queues, {
    'citizen.da': {
      id: 'citizen.da',
      serviceId: 'citizen',
      classId: 'ordinary',
      requirements: [
        { attribute: 'citizen', levelMin: 3, expiry: { afterMs: 90_000, onExpiry: 'relax' } },
        { attribute: 'citizen', levelMin: 1, expiry: null },
        { attribute: 'da', levelMin: 1, expiry: null },
      ],
      callersMax: 50,
      homeCentreIds: ['north'],
      calendarIds: ['weekdays'],
      answerWithinMs: 60_000,
      shortAbandonMs: 5_000,
    },
  })
  t.match(policy.lending, [{ id: 'south-helps', lenderCentreId: 'south', lenderServiceLevelMin: 0 }])
})

t.test('a queue of its own goes before its service, and that before the defaults', async (t) => {
  const service = smallPolicyWith('hours: [weekdays]', 'callersMax: 40\n    answerWithin: 2 min\n    hours: [weekdays]')
  const own = `queues:\n  citizen.da: { callersMax: 30, hours: [], requirements: [{ attribute: da }] }\n`
  t.match(valid(service + own).policy.queues['citizen.da'], {
    callersMax: 30,
    answerWithinMs: 120_000,
    shortAbandonMs: 5_000,
    calendarIds: [],
    requirements: [{ attribute: 'da' }],
  })
})

t.test('the version follows from what is decided, not from how it is written', async (t) => {
  const { policy } = valid(SMALL_POLICY)
  t.match(policy.version, /^1@[0-9a-f]{12}$/)
  const commented = `# a word\n${SMALL_POLICY}`
  t.equal(valid(commented).policy.version, policy.version)
  t.not(valid(smallPolicyWith('callersMax: 50', 'callersMax: 51')).policy.version, policy.version)
  fc.assert(
    fc.property(fc.shuffledSubarray(Object.entries(parse(SMALL_POLICY) as object), { minLength: 10 }), (entries) => {
      return valid(stringify(Object.fromEntries(entries))).policy.version === policy.version
    }),
  )
})

t.test('a document that is read, written and read again is the same policy', async (t) => {
  for (const file of ['./copenhagen.yaml', '../../loadtest/city/ten-services.yaml']) {
    const { document, policy } = valid(readFileSync(new URL(file, import.meta.url), 'utf8'))
    t.same(valid(stringify(document)).policy, policy)
    t.same(valid(JSON.stringify(document)).policy, policy, 'JSON is YAML')
  }
})

t.test('durations', async (t) => {
  const units = { s: 1_000, min: 60_000, h: 3_600_000 }
  fc.assert(
    fc.property(fc.nat(9_999), fc.constantFrom('s', 'min', 'h'), (count, unit) => {
      return durationMs(`${count} ${unit}`) === count * units[unit]
    }),
  )
  t.throws(() => durationMs('5 days'), RangeError)
  t.throws(() => durationMs('soon'), RangeError)
})
