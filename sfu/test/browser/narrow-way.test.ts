/** Talking over a way that becomes narrow or is cut: the picture gives way to the sound, and both come back. */
import t from 'tap'
import { until } from '../harness.ts'
import { meet, pause } from './narrow-call.ts'

// One waits for its way while the other's is cut.
t.jobs = 2

t.test('talking over 90 kbit/s: the picture pauses, the sound goes on, and the picture comes back', async (t) => {
  const { citizen, specialist, out } = await meet(t, {})
  const sound = async () => (await specialist.quality()).audio?.audioEnergy ?? 0
  await pause(3_000)
  const narrowAt = Date.now()
  out.narrow({ upBps: 90_000 })
  await until('the own picture is held', async () => (await citizen.view()).link.isOwnPictureHeld, 40_000)
  t.comment(`held after ${Date.now() - narrowAt} ms`)
  await until('the still is noticed', async () => (await specialist.view()).link.isPictureAway, 10_000)
  const before = await sound()
  await until('sound goes on', async () => (await sound()) > before)
  t.equal((await specialist.view()).state, 'connected', 'nothing is being repaired: the way is only narrow')
  out.narrow({})
  const wideAt = Date.now()
  await until('the picture is back', async () => !(await specialist.view()).link.isPictureAway, 60_000)
  t.comment(`back after ${Date.now() - wideAt} ms`)
  await specialist.frameAfter(Date.now())
  t.same([...citizen.errors, ...specialist.errors], [])
})

t.test('a way cut for 5 s and for 60 s: said after two seconds, and everything is back by itself', async (t) => {
  const { citizen, specialist, out } = await meet(t, {})
  for (const cutMs of [5_000, 60_000]) {
    const cutAt = Date.now()
    out.cut()
    await Promise.all([citizen.isIn('reconnecting', 6_000), specialist.isIn('reconnecting', 6_000)])
    t.comment(`cut for ${cutMs / 1000} s: said to both after ${Date.now() - cutAt} ms`)
    await pause(cutMs - (Date.now() - cutAt))
    out.mend()
    const mendedAt = Date.now()
    await Promise.all([citizen.isIn('connected', 60_000), specialist.isIn('connected', 60_000)])
    await specialist.frameAfter(mendedAt, 30_000)
    t.comment(`cut for ${cutMs / 1000} s: the picture is back ${Date.now() - mendedAt} ms after the way is`)
  }
  t.same([...citizen.errors, ...specialist.errors], [])
})
