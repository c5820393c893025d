/** [R35] A closed line gives places for its next opening: on the real system, and no screen gives all of them. */
import t from 'tap'
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { CallId } from '../contract/ids.ts'
import { loadPolicyFile } from '../launch/policy-command.ts'
import { eventually, TestSystem } from './harness.ts'

const CITY = readFileSync(resolve(import.meta.dirname, '../policy/copenhagen.yaml'), 'utf8')
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const DAY_MS = 86_400_000

/** The city's policy, but everybody is at home until three days from now. */
function closedForDays(): string {
  const day = DAYS[(new Date().getDay() + 3) % DAYS.length]
  const closed = CITY.replace("mon-sun: ['00:00-24:00']", `${day}: ['00:00-24:00']`)
  if (closed === CITY) throw new Error('the policy is open round the clock in other words')
  return closed
}

t.test('a number for the opening is had at night, is no call until then, and no screen gives all', async (t) => {
  const system = await TestSystem.start(t)
  const [kiosk, other] = [system.kiosk(0), system.kiosk(1)]
  await eventually('both kiosks', () => kiosk.state.kind === 'online' && other.state.kind === 'online')
  const file = join(t.testdir(), 'policy.yaml')
  writeFileSync(file, closedForDays())
  t.match(await loadPolicyFile(system.db, file, true), { exitCode: 0 })
  await eventually('the screens to be told', () => kiosk.snapshot?.view.line.isOpen === false)
  const { line } = (await kiosk.request('hello', {})).view
  t.match(line, { isOpen: false, hasPlacesAtOpening: true })
  const opensAt = line.opensAt ?? 0
  t.ok(opensAt > Date.now() + DAY_MS)

  const callId = randomUUID() as CallId
  const first = await kiosk.request('call.start', { callId, isForNextOpening: true })
  t.match(first.view.call, { status: 'kept', callId, notBefore: opensAt, isRungAtKiosk: true })
  const again = await kiosk.request('call.start', { callId, isForNextOpening: true })
  t.same(again.view.call, first.view.call, 'asked twice is one place')
  const plain = await kiosk.request('call.start', { callId: randomUUID() as CallId })
  t.match(plain.view.call, { status: 'ended', outcome: 'closed', opensAt }, 'who wants to talk now is told when')
  const rows = await system.db.selectFrom('calls').select(['arrived_at', 'outcome']).execute()
  const placed = rows.find(({ outcome }) => outcome === null)
  t.equal(placed?.arrived_at.getTime(), opensAt, 'the figures count from the opening on')

  for (let i = 1; i < 5; i += 1) {
    await kiosk.request('call.start', { callId: randomUUID() as CallId, isForNextOpening: true })
  }
  t.match((await kiosk.request('hello', {})).view.line, { hasPlacesAtOpening: false })
  const more = await kiosk.request('call.start', { callId: randomUUID() as CallId, isForNextOpening: true })
  t.match(more.view.call, { status: 'ended', outcome: 'closed' }, 'this screen has given its share')
  t.match((await other.request('hello', {})).view.line, { hasPlacesAtOpening: true }, 'another has its own')

  const ticket = first.view.call?.status === 'kept' ? first.view.call.ticket : undefined
  if (ticket === undefined) throw new Error('no ticket')
  const back = await other.request('ticket.take-up', { ticket })
  t.match(back.view.call, { callId, ticket }, 'the place is known everywhere')
})
