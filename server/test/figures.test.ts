/** What the figures count, against calls as they are kept. */
import t from 'tap'
import { openTestDatabase } from '../launch/test-database.ts'
import { openDatabase } from '../store/database.ts'
import { loadFigures } from '../store/figures.ts'
import { keepRating } from '../store/ratings.ts'

const NOON = Date.parse('2026-11-27T11:00:00Z')
const MINUTE_MS = 60_000

t.test(
  'faces are told of lines, from five answers on; a place for the next opening has not waited before it',
  async (t) => {
    const { db } = openDatabase(await openTestDatabase(t), () => undefined)
    t.teardown(() => db.destroy())
    for (const service_id of ['citizen', 'library']) {
      await db
        .insertInto('services')
        .values({ service_id, labels: JSON.stringify({ da: service_id, en: service_id }) })
        .execute()
      const queue = { queue_id: `${service_id}.da`, service_id, language: 'da', callers_max: 50, is_retired: false }
      await db
        .insertInto('queues')
        .values({ ...queue, answer_within_ms: MINUTE_MS, short_abandon_ms: 5_000 })
        .execute()
    }
    let count = 0
    const call = async (
      queueId: string,
      waitMs: number,
      what: { face?: 'good' | 'so-so' | 'bad'; staffId?: string } = {},
    ) => {
      const callId = `call-${(count += 1)}`
      const endsAt = new Date(NOON + Math.max(0, waitMs) + MINUTE_MS)
      await db
        .insertInto('calls')
        .values({
          call_id: callId,
          kiosk_id: 'kiosk-1',
          site_id: 'library',
          queue_id: queueId,
          class_id: 'ordinary',
          mode: 'video',
          language: 'da',
          ticket: null,
          matter_id: null,
          arrived_at: new Date(NOON),
          answered_at: new Date(NOON + waitMs),
          ended_at: endsAt,
          agent_id: 'amal',
          outcome: 'answered',
          end_reason: 'agent-hung-up',
          promised_p50_ms: null,
          promised_p80_ms: null,
          origin: what.staffId === undefined ? 'citizen' : 'staff',
          staff_id: what.staffId ?? null,
          staff_left_at: null,
        })
        .execute()
      const { face } = what
      if (face !== undefined) await keepRating(db, { callId, siteId: 'library', queueId, face, at: endsAt.getTime() })
    }
    for (const face of ['good', 'good', 'good', 'so-so', 'bad'] as const) await call('citizen.da', 30_000, { face })
    await call('citizen.da', 90_000, { staffId: 'maja' })
    for (let i = 0; i < 4; i += 1) await call('library.da', 30_000, { face: 'bad' })
    // Taken up the evening before its line opened, and answered then by somebody who worked late.
    await call('library.da', -10 * 60 * MINUTE_MS)

    const { totals } = await loadFigures(db, { from: NOON, to: NOON + MINUTE_MS, now: NOON + 10 * MINUTE_MS })
    const of = (queueId: string) => totals.find((row) => row.queueId === queueId)
    t.match(of('citizen.da'), {
      answered: 6,
      answeredInTime: 5,
      withStaff: 1,
      faces: { good: 3, soSo: 1, bad: 1 },
      waitMsAverage: 40_000,
      waitMsMax: 90_000,
    })
    t.match(of('library.da'), { answered: 5, withStaff: 0, waitMsAverage: 24_000 })
    t.equal(of('library.da')?.faces, null, 'four could be told apart')
  },
)
