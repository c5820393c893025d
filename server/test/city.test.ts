/** The city as one YAML document: written, read, compared, changed in one transaction, kept with who did it, and taken back. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import t, { type Test } from 'tap'
import { parseDocument } from 'yaml'
import { changeCity, checkWish, cityNow, takeChangeBack, type Author } from '../city/city-desk.ts'
import { citySchemaText } from '../city/document.ts'
import type { ChangesReply, CityOutcome, CityReply } from '../contract/admin.ts'
import { changeRetention } from '../jobs/change-retention.ts'
import { diffCity, exportCity, importCity } from '../launch/city-document-command.ts'
import { seedDemoCity } from '../launch/seed-demo.ts'
import { openTestDatabase } from '../launch/test-database.ts'
import { dropOldChanges, keptChanges } from '../store/city-changes.ts'
import { openDatabase } from '../store/database.ts'
import { eventually, TestSystem } from './harness.ts'

const NOW = Date.parse('2026-11-27T11:00:00Z')
const DAY_MS = 24 * 60 * 60 * 1_000
const inge: Author = { id: 'inge', name: 'Inge Nørgaard', how: 'page' }

async function seeded(t: Test) {
  const { db } = openDatabase(await openTestDatabase(t), () => undefined)
  t.teardown(() => db.destroy())
  await seedDemoCity(db, 'the demo city of a test')
  /** The document with something set, as `sites.valby-kulturhus.name`; undefined takes away. */
  const textWith = async (...sets: (readonly [path: string, value: unknown])[]) => {
    const yaml = parseDocument((await cityNow(db)).text)
    for (const [path, value] of sets) {
      if (value === undefined) yaml.deleteIn(path.split('/'))
      else yaml.setIn(path.split('/'), yaml.createNode(value))
    }
    return yaml.toString({ lineWidth: 0 })
  }
  const check = async (...sets: Parameters<typeof textWith>) => checkWish(db, { text: await textWith(...sets) })
  const change = async (...sets: Parameters<typeof textWith>) => {
    const order = { version: (await cityNow(db)).version, wish: { text: await textWith(...sets) }, isForWaiting: true }
    return await changeCity(db, order, inge, NOW)
  }
  return { db, textWith, check, change }
}

const kiosk = { site: 'hovedbanegaarden', service: 'citizen', language: 'da' }

t.test(
  'the document of a city reads as the city it is, and changes what is other in it and nothing else',
  async (t) => {
    const { db, check, change, textWith } = await seeded(t)
    const { text, version, document } = await cityNow(db)
    t.match(text, /# Demobyens regler/, 'the comments of the policy are in it')
    t.notMatch(text, /argon2|password|hash|key/i)
    t.match(document.sites['lufthavnen'], { district: 'amager-vest', point: { latitude: 55.6295 } })
    t.same(await checkWish(db, { text }), { version, faults: [], differences: [], changeId: null })

    const labels = { da: 'Videoguide', en: 'Video guide' }
    const note = { da: 'Terminal 2 er åben hele natten', en: 'Terminal 2 is open all night', ar: 'مفتوح' }
    const outcome = await change(
      ['sites/valby-kulturhus/name', 'Kulturhuset i Valby'],
      ['kiosks/kiosk-station-2', kiosk],
      ['matters/guide', { service: 'culture', labels, order: 9 }],
      ['policy/hours/calendars/biblioteksskranke/week/sat', ['10:00-14:00']],
      ['phones', [...document.phones, { kind: 'emergency', number: '116 117', labels }]],
      ['retention/changesDays', 90],
      ['staff/staff-1003', undefined],
      ['owners/boligstoette', { name: 'Boligstøtte', people: ['amal', 'bo'] }],
      ['sites/lufthavnen/note', note],
    )
    t.same(outcome.faults, [])
    t.same(
      outcome.differences.map(({ path, before, after }) => [path.join('/'), before === null, after === null]),
      [
        ['kiosks/kiosk-station-2', true, false],
        ['matters/guide', true, false],
        ['owners/boligstoette', true, false],
        ['phones', false, false],
        ['policy/hours/calendars/biblioteksskranke', false, false],
        ['retention', false, false],
        ['sites/lufthavnen', false, false],
        ['sites/valby-kulturhus', false, false],
        ['staff/staff-1003', false, true],
      ],
    )
    t.same(outcome.differences[7]?.fields, [{ path: 'name', before: 'Valby Kulturhus', after: 'Kulturhuset i Valby' }])
    const now = await cityNow(db)
    t.equal(now.version, outcome.version)
    t.match(now.document.matters['guide'], { labels })
    t.match(now.document.phones.at(-1), { kind: 'emergency', number: '116 117', labels })
    t.match(now.text, /# Demobyens regler/, 'the comments stay')
    t.same(now.document.owners['boligstoette'], { name: 'Boligstøtte', people: ['amal', 'bo'] })
    t.same(now.document.sites['lufthavnen']?.note, note)
    t.notOk('staff-1003' in now.document.staff)
    t.same((await change()).changeId, null, 'nothing is other: nothing is kept')

    // Whoever looked at an older configuration looks again first.
    const stale = { version, wish: { text: await textWith(['sites/valby-kulturhus/name', 'X']) }, isForWaiting: true }
    await t.rejects(changeCity(db, stale, inge, NOW), { code: 'changed-meanwhile' })
    t.equal((await cityNow(db)).version, now.version)
    t.same((await check()).faults, [])
  },
)

t.test('what is wrong is said with its line and path, and changes nothing', async (t) => {
  const { db, check, textWith, change } = await seeded(t)
  const { version } = await cityNow(db)
  const wrong = async (path: string, value: unknown, sentence: RegExp, at = path) => {
    const { faults, differences } = await check([path, value])
    t.match(faults[0], { path: at.replaceAll('/', '.'), sentence, code: String }, path)
    t.same(faults.length > 0 ? [] : differences, [])
  }
  await wrong('sites/valby-kulturhus/colour', 'red', /not a setting here/)
  await wrong('sites/valby-kulturhus/district', 'nowhere', /no district nowhere/)
  await wrong('sites/valby-kulturhus/kind', 'castle', /must be one of: library/)
  await wrong('sites/Valby', {}, /must be an id/)
  await wrong('kiosks/kiosk-lufthavnen/service', 'archive', /no service archive/)
  await wrong('kiosks/kiosk-lufthavnen/language', 'sv', /must be one of: da, en/)
  await wrong('people/amal/skills/diving', 3, /no attribute diving/)
  await wrong('people/amal/username', 'bo', /(amal|bo) has this user name/, 'people/bo/username')
  await wrong('people/amal/password', 'secret', /not a setting here/)
  await wrong('staff/staff-1001/centre', 'sundby', /and not both/, 'staff/staff-1001')
  await wrong('policy/services/citizen/callersMaxx', 5, /not a setting here/)
  await wrong('policy/sites/nowhere', { hours: [] }, /no site nowhere/)
  await wrong('owners/pas-og-koerekort/people', ['nobody'], /nobody called nobody/, 'owners/pas-og-koerekort/people/0')
  await wrong('owners/other', { name: 'Pas og kørekort', people: [] }, /has this name/, 'owners/other/name')
  await wrong('sites/lufthavnen/note', { da: 'Uden engelsk' }, /en is missing/)
  await wrong('policy', undefined, /policy is missing/)
  await wrong('retention/changesDays', 3, /30/)
  await wrong('people/inge/role', 'agent', /nobody would be left/, 'people')
  const text = await textWith(['sites/valby-kulturhus/phone', 'call us'])
  const [fault] = (await checkWish(db, { text })).faults
  t.match(text.split('\n')[(fault?.line ?? 0) - 1], /phone: call us/)
  t.match((await checkWish(db, { text: 'sites: [' })).faults[0], { line: 1 })
  t.match((await checkWish(db, { text: 'format: 1' })).faults[0], { sentence: /is missing/ })
  const [ofPolicy] = (await checkWish(db, { policyText: 'version: "1"\nlanguages: {}\ncolour: red\n' })).faults
  t.ok(ofPolicy !== undefined)
  t.match((await change(['sites/valby-kulturhus/colour', 'red'])).faults, [{ line: Number }])
  t.equal((await cityNow(db)).version, version)
  t.same(await keptChanges(db, undefined, 10), [])
})

t.test('what is in use is retired and keeps its name, what is not is deleted, and both can come back', async (t) => {
  const { db, change } = await seeded(t)
  const call = {
    queue_id: 'citizen.da',
    class_id: 'ordinary',
    mode: 'video',
    language: 'da',
    arrived_at: new Date(NOW),
  }
  const place = { kiosk_id: 'kiosk-lufthavnen', site_id: 'lufthavnen' }
  await db
    .insertInto('calls')
    .values({ call_id: 'open', ...call, ...place })
    .execute()
  const gone = [
    ['sites/lufthavnen', undefined],
    ['kiosks/kiosk-lufthavnen', undefined],
    ['policy/sites/lufthavnen', undefined],
    ['matters/events', undefined],
  ] as const
  t.match((await change(...gone)).faults, [{ path: 'kiosks.kiosk-lufthavnen' }, { path: 'sites.lufthavnen' }])
  await db
    .updateTable('calls')
    .set({ ended_at: new Date(NOW), outcome: 'answered' })
    .execute()
  const { changeId, faults } = await change(...gone)
  t.same(faults, [])
  const site = () => db.selectFrom('sites').select(['name', 'retired_at']).where('site_id', '=', 'lufthavnen').execute()
  t.match(await site(), [{ name: 'Københavns Lufthavn, Terminal 3', retired_at: Date }])
  t.same(
    await db.selectFrom('matters').selectAll().where('matter_id', '=', 'events').execute(),
    [],
    'nobody came for it',
  )
  const key = () => db.selectFrom('kiosks').select('device_key_hash').where('kiosk_id', '=', place.kiosk_id).execute()
  const before = await key()
  await takeChangeBack(db, changeId ?? 0, inge, NOW)
  t.match(await site(), [{ retired_at: null }])
  t.same(await key(), before, 'a kiosk that comes back has its key')
  t.equal((await db.selectFrom('matters').selectAll().where('matter_id', '=', 'events').execute()).length, 1)
})

t.test('a change is kept with who made it, can be taken back once, and is forgotten in time', async (t) => {
  const { db, change } = await seeded(t)
  const before = await cityNow(db)
  const first = await change(['sites/valby-kulturhus/phone', '33 66 33 66'], ['policy/limits/offer', '20 s'])
  t.equal((await cityNow(db)).document.policy?.limits?.offer, '20 s')
  const second = await change(['sites/valby-kulturhus/address', 'Valgårdsvej 5'])
  const refused = await takeChangeBack(db, first.changeId ?? 0, inge, NOW)
  const sentence = `was changed again since, by change ${second.changeId}`
  t.match(refused, { changeId: null, faults: [{ path: 'sites.valby-kulturhus', sentence, code: 'changed-since' }] })
  const back = await takeChangeBack(db, second.changeId ?? 0, inge, NOW)
  await t.rejects(takeChangeBack(db, second.changeId ?? 0, inge, NOW), { code: 'changed-since' })
  await takeChangeBack(db, first.changeId ?? 0, inge, NOW + 1)
  const now = await cityNow(db)
  t.same(now.document, before.document, 'everything is as it was')
  const [again] = (await takeChangeBack(db, back.changeId ?? 0, inge, NOW + 2)).faults
  t.match(again, { path: 'sites.valby-kulturhus' }, 'also a taking back can only be taken back while it stands')
  const kept = await keptChanges(db, undefined, 10)
  t.match(kept, [
    { how: 'taken-back', takesBack: first.changeId, byName: 'Inge Nørgaard' },
    { how: 'taken-back', takesBack: second.changeId },
    { how: 'page', takenBackBy: back.changeId, differences: [{ path: ['sites', 'valby-kulturhus'] }] },
    { how: 'page', at: NOW },
  ])
  await t.rejects(takeChangeBack(db, 99, inge, NOW), { code: 'unknown-change' })

  const job = (now: number) =>
    changeRetention({ keptDays: async () => 730, now: () => now, dropOld: (at) => dropOldChanges(db, at) })
  t.equal(await job(NOW + 730 * DAY_MS).run(), 0)
  t.equal(await job(NOW + 730 * DAY_MS + 1).run(), 3)
  t.equal((await keptChanges(db, undefined, 10)).length, 1)
})

t.test('by command', async (t) => {
  const { db, textWith } = await seeded(t)
  const file = join(t.testdir(), 'city.yaml')
  const { out } = await exportCity(db)
  writeFileSync(file, out)
  t.match(await diffCity(db, file), { exitCode: 0, out: /is so already/ })
  t.match(await importCity(db, file, { isForWaiting: true }), { exitCode: 0, out: /nothing was changed/ })
  const isCity = new Ajv2020({ strict: true }).compile(JSON.parse(citySchemaText()) as object)
  t.ok(isCity(parseDocument(out).toJS()), 'the schema for editors takes it')
  writeFileSync(file, await textWith(['centres/sundby/name', 'Sundby Øst'], ['kiosks/kiosk-2', kiosk]))
  const diff = await diffCity(db, file)
  t.match(diff.out, /^ {2}centres\.sundby\.name: Sundby → Sundby Øst\n\+ kiosks\.kiosk-2: \{/)
  t.match(await importCity(db, file, { version: '0'.repeat(16), isForWaiting: true }), {
    exitCode: 1,
    faults: /meanwhile/,
  })
  t.match(await importCity(db, file, { isForWaiting: true }), { exitCode: 0, out: /Change 1 is made/ })
  writeFileSync(file, out.replace('Valby Kulturhus', '""'))
  t.match(await diffCity(db, file), { exitCode: 1, faults: /city\.yaml:\d+: sites\.valby-kulturhus\.name/ })
})

t.test('over HTTP, for those who may, and followed by the running server at once', async (t) => {
  const system = await TestSystem.start(t)
  const [cookie, other] = [await system.signIn('inge'), await system.signIn('amal')]
  const ask = async <T>(path: string, body?: object, as = cookie): Promise<{ status: number; reply: T }> => {
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const headers = { cookie: as, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
    const response = await fetch(`${system.url}/api/v1/admin${path}`, { ...sent, headers })
    return { status: response.status, reply: (await response.json()) as T }
  }
  const wish = { changes: [{ path: ['sites', 'hovedbanegaarden', 'phone'], value: '33 66 33 67' }] }
  for (const path of ['/city', '/city.yaml', '/changes']) {
    t.equal((await ask(path, undefined, other)).status, 403)
    t.equal((await ask(path, undefined, '')).status, 401)
  }
  t.equal((await ask('/city/check', { wish }, other)).status, 403)
  t.equal((await ask('/changes/1/take-back', {}, other)).status, 403)
  t.equal((await ask('/city/check', { wish: { ...wish, more: 1 } })).status, 400)

  const station = system.kiosk(0)
  const airport = system.kiosk(6)
  await eventually('the kiosks to be there', () => station.state.kind === 'online' && airport.state.kind === 'online')
  const { version } = (await ask<CityReply>('/city')).reply
  const note = { da: 'Stationen lukker klokken 1', en: 'The station closes at 1' }
  const changes = [
    ...wish.changes,
    { path: ['sites', 'hovedbanegaarden', 'note'], value: note },
    { path: ['sites', 'hovedbanegaarden', 'name'], value: 'Hovedbanen' },
    { path: ['matters', 'moving'], value: null },
    { path: ['kiosks', 'kiosk-lufthavnen'], value: null },
    { path: ['people', 'amal'], value: null },
  ]
  const checked = await ask<CityOutcome>('/city/check', { wish: { changes } })
  t.match(checked.reply, { version, faults: [], differences: { length: 4 }, changeId: null })
  const changed = await ask<CityOutcome>('/city/change', { version, wish: { changes }, isForWaiting: true })
  t.match(changed.reply, { faults: [], changeId: 1 })
  await eventually('the screen to say so', () => station.snapshot?.view.siteName === 'Hovedbanen')
  t.notMatch(JSON.stringify(station.snapshot?.view.matters ?? []), /moving/)
  t.match(station.snapshot?.view.notices, [{ labels: note }], 'and what the city writes of the place')
  await eventually('the kiosk that is no more to be shut out', () => airport.state.kind === 'refused')
  t.equal((await fetch(`${system.url}/api/v1/session`, { headers: { cookie: other } })).status, 401)
  t.equal((await ask('/city/change', { version, wish, isForWaiting: true })).status, 409)

  const { reply: list } = await ask<ChangesReply>('/changes')
  t.match(list, { changes: [{ changeId: 1, byName: 'Inge Nørgaard', how: 'page' }], hasMore: false, keptDays: 730 })
  t.match((await ask<CityOutcome>('/changes/1/take-back', {})).reply, { changeId: 2, faults: [] })
  await eventually('the screen to say that', () => station.snapshot?.view.siteName !== 'Hovedbanen')
  t.same(station.snapshot?.view.notices, [])
  t.match(await ask('/changes/1/take-back', {}), { status: 409, reply: { error: { code: 'changed-since' } } })
})
