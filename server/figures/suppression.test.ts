/** Counts held back: what anybody could still find out who knows the rule, by trying every table there can be. */
import t from 'tap'
import { suppress } from './suppression.ts'

const NAMES = ['a', 'b', 'c', 'd']

/** What everybody reads of these counts. */
function published(counts: readonly number[], countMin: number): string {
  const { names, isTotalHeldBack } = suppress(
    new Map(NAMES.map((name, i) => [name, counts[i] ?? 0])),
    countMin,
    '2026-11-27',
  )
  const cells = NAMES.map((name, i) => (names.has(name) ? '…' : counts[i]))
  return [...cells, isTotalHeldBack ? '…' : counts.reduce((sum, count) => sum + count, 0)].join(' ')
}

t.test('no small count can be worked out, by anybody who knows the total and the rule', async (t) => {
  const COUNT_MIN = 4
  const COUNTS_MAX = 16
  const tables = new Map<string, number[][]>()
  const upTo = Array.from({ length: COUNTS_MAX + 1 }, (_, count) => count)
  for (const a of upTo)
    for (const b of upTo)
      for (const c of upTo)
        for (const d of upTo) {
          const key = published([a, b, c, d], COUNT_MIN)
          tables.set(key, [...(tables.get(key) ?? []), [a, b, c, d]])
        }
  let toldCount = 0
  for (const those of tables.values()) {
    // Of fuller tables some that look the same are not among those tried.
    if (those.some((counts) => counts.some((count) => count > COUNTS_MAX - COUNT_MIN))) continue
    for (const i of NAMES.keys()) {
      const possible = new Set(those.map((counts) => counts[i] ?? 0))
      if (possible.size === 1 && [...possible].some((count) => count > 0 && count < COUNT_MIN)) toldCount += 1
    }
  }
  t.ok(tables.size > 1_000)
  t.equal(toldCount, 0)
})

t.test('what is held back', async (t) => {
  const held = (counts: Record<string, number>, salt = '2026-11-27') => {
    const { names, isTotalHeldBack } = suppress(new Map(Object.entries(counts)), 5, salt)
    return { names: [...names].toSorted(), isTotalHeldBack }
  }
  t.same(held({ a: 12, b: 0, c: 5 }), { names: [], isTotalHeldBack: false }, 'nothing of what is not small')
  t.same(
    held({ a: 12, b: 3 }),
    { names: ['a', 'b'], isTotalHeldBack: false },
    'alone it would be the rest of the total',
  )
  t.same(held({ a: 5, b: 3 }), { names: ['a', 'b'], isTotalHeldBack: true }, '8 would say that it is not 4')
  t.same(held({ a: 0, b: 3 }), { names: ['b'], isTotalHeldBack: true }, 'nothing to hide behind')
  t.equal(held({ a: 4, b: 4, c: 4, d: 40, e: 41 }).names.length, 4)
  const days = Array.from({ length: 20 }, (_, i) => held({ a: 1, b: 30, c: 31, d: 32 }, `day-${i}`).names.join(''))
  t.ok(new Set(days).size > 1, 'not always behind the same place')
  t.same(held({ a: 1, b: 30, c: 31 }), held({ c: 31, b: 30, a: 1 }), 'the same twice')
})
