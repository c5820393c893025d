import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import type { PolicyFault } from './faults.ts'
import { readPolicy } from './document.ts'
import { lineOf, SMALL_POLICY, smallPolicyWith } from './test/small-policy.ts'

function faultsOf(text: string): readonly PolicyFault[] {
  const result = readPolicy(text)
  return result.isValid ? [] : result.faults
}

type Case = { readonly title: string; readonly before: string; readonly after: string; readonly says: RegExp }

const againstSchema: Case[] = [
  {
    title: 'a key nobody knows',
    before: 'callersMax:',
    after: 'callerMax:',
    says: /^is not a setting here; there are: class,/,
  },
  {
    title: 'a way of talking nobody knows',
    before: 'sites:',
    after: 'modes: { fax: [] }\nsites:',
    says: /^is not a setting here; there are: video/,
  },
  { title: 'a time without a unit', before: '60 s', after: '60', says: /must be text/ },
  {
    title: 'a time in another unit',
    before: '60 s',
    after: '60 sec',
    says: /must be a time above 0 with its unit.*not "60 sec"/,
  },
  { title: 'no time at all', before: '60 s', after: '0 s', says: /must be a time above 0/ },
  { title: 'a level too high', before: 'level: 3', after: 'level: 6', says: /must be <= 5/ },
  {
    title: 'an unknown kind',
    before: 'da: language',
    after: 'da: tongue',
    says: /must be one of: skill, language, signing/,
  },
  {
    title: 'a capital letter',
    before: 'north: {',
    after: 'North: {',
    says: /^must be a name of lower-case letters/,
  },
  {
    title: 'an expiry that does nothing',
    before: ', onExpiry: relax',
    after: '',
    says: /expiry needs onExpiry beside it/,
  },
  { title: 'a version that is a number', before: "version: '1'", after: 'version: 1', says: /must be text; in quotes/ },
  { title: 'hours of another form', before: '08:00-16:00', after: '8-16', says: /must be a span of hours/ },
  { title: 'a weekday in Danish', before: 'mon-fri:', after: 'man-fre:', says: /must be a weekday or some in a row/ },
  { title: 'a centre twice', before: '[north]', after: '[north, north]', says: /names something twice/ },
  { title: 'a list that is none', before: '[north]', after: 'north', says: /must be a list/ },
]

const between: Case[] = [
  {
    title: 'a language that gives way',
    before: '- attribute: da',
    after: '- { attribute: da, expiry: 90 s, onExpiry: relax }',
    says: /da never relaxes, it branches/,
  },
  {
    title: 'a skill that branches',
    before: 'onExpiry: relax',
    after: 'onExpiry: callback',
    says: /citizen relaxes, it has no branch/,
  },
  { title: 'an attribute nobody has', before: '- attribute: da', after: '- attribute: de', says: /no attribute de/ },
  {
    title: 'a step without effect',
    before: '- attribute: citizen',
    after: '- { attribute: citizen, level: 3 }',
    says: /level 3 has no effect/,
  },
  {
    title: 'a class nobody made',
    before: 'class: ordinary',
    after: 'class: constructor',
    says: /there is no class constructor/,
  },
  { title: 'a home that is no centre', before: '[north]', after: '[west]', says: /there is no centre west/ },
  {
    title: 'a calendar nobody wrote',
    before: 'hours: [weekdays]',
    after: 'hours: [sundays]',
    says: /there is no calendar sundays/,
  },
  {
    title: 'a calendar of a site',
    before: 'library: { hours: [] }',
    after: 'library: { hours: [nights] }',
    says: /there is no calendar nights/,
  },
  {
    title: 'a service in a language that is none',
    before: 'hours: [weekdays]',
    after: 'languages: [da, en]',
    says: /there is no language en/,
  },
  {
    title: 'a language nobody answers in',
    before: 'services:\n  citizen:\n',
    after: '  sv: { requirements: [] }\nservices:\n  citizen:\n    languages: [da]\n',
    says: /no service has a queue in it/,
  },
  {
    title: 'a queue that does not exist',
    before: 'sites:',
    after: 'queues: { citizen.en: {} }\nsites:',
    says: /there is no such queue/,
  },
  {
    title: 'a lender that is no centre',
    before: 'lender: south',
    after: 'lender: west',
    says: /there is no centre west/,
  },
  {
    title: 'a lender that is at home',
    before: 'lender: south',
    after: 'lender: north',
    says: /north is a home centre of citizen.da/,
  },
  { title: 'lending to a queue of everybody', before: '[north]', after: '[]', says: /citizen.da is everybody's/ },
  {
    title: 'lending to no queue',
    before: 'queues: [citizen.da]',
    after: 'queues: [citizen.en]',
    says: /there is no queue citizen.en/,
  },
  {
    title: 'lending that flaps',
    before: 'closesAt: 1',
    after: 'closesAt: 3',
    says: /must be below opensAt, which is 3/,
  },
  {
    title: 'a zone nobody lives in',
    before: 'attributes:',
    after: 'timezone: Europe/Kobenhavn\nattributes:',
    says: /is not a time zone/,
  },
  {
    title: 'a country nobody knows',
    before: 'country: DK',
    after: 'country: QQ',
    says: /the holidays of QQ are not known/,
  },
  {
    title: 'holidays nobody named',
    before: '  holidays:\n    country: DK\n',
    after: '',
    says: /hours.holidays must say which days/,
  },
  {
    title: 'a day that is none',
    before: 'country: DK',
    after: "country: DK\n    alsoClosed: { '02-30': Never }",
    says: /there is no such day/,
  },
  {
    title: 'a weekday twice',
    before: "mon-fri: ['08:00-16:00']",
    after: "mon-fri: ['08:00-16:00']\n        fri-sat: ['08:00-12:00']",
    says: /fri has hours already/,
  },
  { title: 'a span without time', before: '08:00-16:00', after: '08:00-08:00', says: /is no time at all/ },
]

const days = (text: string) => smallPolicyWith('      holidays: closed', `      holidays: closed\n${text}`)

/** What the engine finds is said in its own English. */
const ENGINE_SAYS: ReadonlySet<string> = new Set([
  'a language that gives way',
  'a skill that branches',
  'an attribute nobody has',
])
const withoutCode = (faults: readonly PolicyFault[]) => faults.filter(({ code }) => code === undefined)

t.test('what is wrong is told with its line, in a sentence', async (t) => {
  for (const { title, before, after, says } of [...againstSchema, ...between]) {
    const text = smallPolicyWith(before, after)
    const faults = faultsOf(text)
    t.ok(
      faults.some(({ sentence }) => says.test(sentence)),
      `${title}: ${JSON.stringify(faults)}`,
    )
    if (!ENGINE_SAYS.has(title)) t.same(withoutCode(faults), [], `${title}: pages have words of their own`)
  }
})

t.test('the line is that of the setting', async (t) => {
  const onItsOwnLine: [string, string, string][] = [
    ['callersMax: 50', 'callerMax: 50', 'callerMax: 50'],
    ['da: language', 'da: tongue', 'da: tongue'],
    ['- attribute: da', '- { attribute: da, expiry: 1 h, onExpiry: relax }', '- { attribute: da'],
    ['homeCentres: [north]', 'homeCentres:\n    - north\n    - west', '- west'],
    ['lender: south', 'lender: west', 'south-helps:'],
    ["mon-fri: ['08:00-16:00']", "mon-fri:\n          - '08:00-16:00'\n          - '17:00-17:00'", "- '17:00-17:00'"],
  ]
  for (const [before, after, at] of onItsOwnLine) {
    const text = smallPolicyWith(before, after)
    t.ok(
      faultsOf(text).some(({ line }) => line === lineOf(text, at)),
      `${after}: ${JSON.stringify(faultsOf(text))}`,
    )
  }
  const missing = smallPolicyWith('  callersMax: 50\n', '')
  t.match(faultsOf(missing), [
    { line: lineOf(missing, 'queueDefaults:'), path: 'queueDefaults', sentence: 'callersMax is missing' },
  ])
})

t.test('single days have one meaning', async (t) => {
  const cases: [string, RegExp][] = [
    ['      closures: [{ date: 2026-02-29, name: Leap }]', /2026-02-29 is no date/],
    ['      closures: [{ date: 2026-12-24, lastDate: 2026-12-20, name: Back }]', /is before 2026-12-24/],
    ['      closures: [{ date: 2026-12-24, lastDate: 2062-12-26, name: Long }]', /is more than 400 days after/],
    ["      openings: [{ date: 2026-13-01, open: ['08:00-09:00'], name: No }]", /2026-13-01 is no date/],
    [
      "      closures: [{ date: 2026-12-20, lastDate: 2026-12-24, name: Closed }]\n      openings: [{ date: 2026-12-22, open: ['08:00-09:00'], name: Open }]",
      /2026-12-22 is closed or has other hours already/,
    ],
    ['      openings: [{ date: 2026-12-22, open: [], name: Empty }]', /must not be empty/],
    ["      openings: [{ date: 2026-12-22, open: ['08:00-09:00'] }]", /name is missing/],
  ]
  for (const [text, says] of cases) t.match(faultsOf(days(text)), [{ sentence: says, code: String }], text)
})

t.test('what is not YAML', async (t) => {
  t.match(faultsOf(''), [{ line: 1, sentence: /must be settings with names/ }])
  t.match(faultsOf('- a\n- b\n'), [{ line: 1, sentence: /must be settings with names/ }])
  t.match(faultsOf(`${SMALL_POLICY}version: '2'\n`), [{ line: SMALL_POLICY.split('\n').length, sentence: /unique/ }])
  t.match(faultsOf('a: [1, 2\nb: 3\n'), [{ line: 2, code: 'yaml' }])
  t.match(faultsOf('a: 1\na: 2\n'), [{ line: 2, code: 'yaml-twice' }])
  t.match(faultsOf('a: *nothing\n'), [{ line: 1 }])
  t.match(faultsOf(`${SMALL_POLICY}---\nversion: '2'\n`), [{ sentence: /multiple documents/ }])
})

t.test('all faults of a kind come at once, in the order of the text', async (t) => {
  const faults = faultsOf(SMALL_POLICY.replace('60 s', '60').replace('da: language', 'da: tongue').replace("'1'", '1'))
  t.equal(faults.length, 3)
  t.same(
    faults.map(({ path }) => path),
    ['version', 'attributes.da', 'queueDefaults.answerWithin'],
  )
})

t.test('a line of YAML that is used again leads to where it is written', async (t) => {
  const text =
    smallPolicyWith('class: ordinary', 'class: &wrong nothing') + 'queues: { citizen.da: { class: *wrong } }\n'
  t.match(faultsOf(text), [{ line: lineOf(text, '&wrong') }, { line: lineOf(text, '*wrong') }])
  const map = smallPolicyWith('ordinary: {}', 'ordinary: &same\n    slope: 0') + 'queues: { citizen.da: *same }\n'
  const lines = faultsOf(map).map(({ line, path }) => `${path} ${line}`)
  t.ok(lines.includes(`queues.citizen.da.slope ${lineOf(map, 'slope: 0')}`), lines.join())
})

t.test('whatever stands in a file, the answer is a policy or faults with lines that exist', async () => {
  const city = readFileSync(new URL('./copenhagen.yaml', import.meta.url), 'utf8')
  const mutilated = fc
    .tuple(
      fc.nat(city.length),
      fc.nat(40),
      fc.oneof(fc.string(), fc.constantFrom(': ', '\n', '{}', '[', '&a', '*a', '!!x ')),
    )
    .map(([at, length, text]) => city.slice(0, at) + text + city.slice(at + length))
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), mutilated), (text) => {
      const result = readPolicy(text)
      if (result.isValid) return true
      const lineCount = text.split('\n').length
      return (
        result.faults.length > 0 &&
        result.faults.every(({ line, sentence }) => line >= 1 && line <= lineCount && sentence !== '')
      )
    }),
    { numRuns: 1_000 },
  )
})
