/** [R32] A policy is loaded as text into a running system: checked, shown, in the journal, and followed at once. */
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import type { CallId } from '../contract/ids.ts'
import { loadPolicyFile } from '../launch/policy-command.ts'
import type { PolicyReply } from '../contract/policy.ts'
import { eventually, TestSystem } from './harness.ts'

const CITY = readFileSync(resolve(import.meta.dirname, '../policy/copenhagen.yaml'), 'utf8')

/** The city's policy with one thing changed. */
function changed(before: string, after: string): string {
  if (!CITY.includes(before)) throw new Error(`the policy does not say ${before}`)
  return CITY.replace(before, after)
}

t.test('a policy is followed by a running server, and one that is wrong changes nothing', async (t) => {
  const system = await TestSystem.start(t)
  const folder = t.testdir()
  const load = (text: string, isForWaiting = true) => {
    const file = join(folder, 'policy.yaml')
    writeFileSync(file, text)
    return loadPolicyFile(system.db, file, isForWaiting)
  }
  const cookie = await system.signIn('lone')
  const inForce = async () => {
    const reply = await fetch(`${system.url}/api/v1/policy`, { headers: { cookie } })
    return (await reply.json()) as PolicyReply
  }
  const first = await inForce()
  t.match(
    first.classes.find(({ classId }) => classId === 'unsafe'),
    { isFirst: true },
  )

  t.match(await load(changed('callersMax: 50', 'callersMaxx: 50')), { exitCode: 1, faults: /callersMaxx/ })
  t.match(await load(changed('  library:\n    requirements', '  archive:\n    requirements')), { exitCode: 1 })
  t.match(await load(CITY), { exitCode: 0, out: /nothing was loaded/ })
  t.equal((await inForce()).version, first.version)

  const kiosk = system.kiosk(0)
  await eventually('the kiosk to be there', () => kiosk.state.kind === 'online')
  const loaded = await load(changed('callersMax: 50', 'callersMax: 1'))
  t.match(loaded, { exitCode: 0, out: /queues\.citizen\.da\.callersMax: 50 → 1/ })
  await eventually('the server to follow', async () => (await inForce()).version !== first.version)
  const other = system.kiosk(5)
  await eventually('the other kiosk to be there', () => other.state.kind === 'online')
  await kiosk.request('call.start', { callId: randomUUID() as CallId })
  const full = await other.request('call.start', { callId: randomUUID() as CallId })
  t.match(full.view.call, { status: 'ended', outcome: 'full', endReason: 'queue-full' }, 'the new length holds')
  const events = await system.db.selectFrom('journal').select('event').where('type', '=', 'policy.loaded').execute()
  t.equal(events.length, 2)
  t.match(events[1]?.event, { isForWaiting: true, policy: { version: /^2026-12-01@/ } })
})

t.test('the longest wait of each class is stated once somebody is at work', async (t) => {
  const system = await TestSystem.start(t)
  const agent = await system.agent('amal')
  await eventually('the agent to be there', () => agent.state.kind === 'online')
  await agent.request('availability.set-available', {})
  const reply = await fetch(`${system.url}/api/v1/policy`, { headers: { cookie: await system.signIn('lone') } })
  const { bounds, occupiedMsMax } = (await reply.json()) as PolicyReply
  const boundOf = (queueId: string, classId: string) =>
    bounds.find((bound) => bound.queueId === queueId && bound.classId === classId)?.waitMs
  t.equal(boundOf('citizen.da', 'unsafe'), null, 'nothing delays those who go first')
  t.equal(boundOf('library.da', 'ordinary'), null, 'nobody at work can take it')
  const ordinary = boundOf('citizen.da', 'ordinary') ?? 0
  // Two lines of fifty for one agent, the head start of those who need more time, and that of a callback ([R40]).
  t.equal(ordinary, 120_000 + 600_000 + 102 * occupiedMsMax)
  t.ok((boundOf('citizen.da', 'information') ?? 0) > ordinary, 'a class that ages slower may wait longer')
})
