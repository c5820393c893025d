import fc from 'fast-check'
import t from 'tap'
import { FoundBy } from './found-by.ts'
import { PersistentMap } from './persistent-map.ts'
import { SortedList, type Sorted } from './sorted-list.ts'

t.test('a persistent map is what a Map would be, at every step, and old ones never change', async () => {
  // Few keys make replacements and removals; long runs make branches and collisions.
  const change = fc.record({ key: fc.integer({ min: 0, max: 400 }), isAdded: fc.boolean() })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 800 }), (changes) => {
      let map = PersistentMap.empty<number>()
      const model = new Map<string, number>()
      const kept: [PersistentMap<number>, number][] = []
      changes.forEach(({ key, isAdded }, i) => {
        if (isAdded) model.set(`k${key}`, i)
        else model.delete(`k${key}`)
        map = isAdded ? map.with(`k${key}`, i) : map.without(`k${key}`)
        if (i % 97 === 0) kept.push([map, map.size])
      })
      t.equal(map.size, model.size)
      for (const [key, value] of model) if (map.get(key) !== value) return false
      if ([...map.values()].length !== model.size) return false
      return kept.every(([old, size]) => [...old.keys()].length === size)
    }),
    { numRuns: 200 },
  )
})

t.test('the same content gives the same order, whatever came before, also where hashes collide', async (t) => {
  const keys = Array.from({ length: 300 }, (_, i) => `key-${i}`)
  const straight = PersistentMap.from(keys.map((key) => [key, key] as const))
  let winding = PersistentMap.from([...keys].reverse().map((key) => [key, key] as const))
  for (let i = 0; i < 500; i += 1) winding = winding.with(`other-${i}`, 'x')
  for (let i = 0; i < 500; i += 1) winding = winding.without(`other-${i}`)
  t.same([...winding.keys()], [...straight.keys()])
  // Two strings of one FNV-1a hash.
  const colliding = PersistentMap.from([
    ['costarring', 1],
    ['liquid', 2],
    ['declinate', 3],
    ['macallums', 4],
  ] as const)
  t.equal(colliding.get('liquid'), 2)
  t.equal(colliding.without('costarring').get('liquid'), 2)
  t.equal(colliding.without('liquid').get('costarring'), 1)
  t.equal(colliding.without('liquid').size, 3)
})

t.test('a sorted list is sorted, counts what comes before, and old ones never change', async () => {
  const change = fc.record({ rank: fc.integer({ min: 0, max: 50 }), isAdded: fc.boolean(), pick: fc.nat() })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 1500, size: 'max' }), (changes) => {
      let list = SortedList.empty<Sorted>()
      let model: Sorted[] = []
      changes.forEach(({ rank, isAdded, pick }, ordinal) => {
        if (isAdded || model.length === 0) {
          const entry = { rank, ordinal }
          list = list.with(entry)
          model = [...model, entry].sort((a, b) => a.rank - b.rank || a.ordinal - b.ordinal)
          return
        }
        const before = list
        const gone = model[pick % model.length] as Sorted
        if (list.countBefore(gone) !== model.indexOf(gone)) throw new Error('counts wrong')
        list = list.without(gone)
        model = model.filter((entry) => entry !== gone)
        if (before.find(gone) !== gone || list.find(gone) !== undefined) throw new Error('an old list changed')
      })
      t.equal(list.size, model.length)
      const all = [...list]
      return list.first === model[0] && all.every((entry, i) => entry === model[i])
    }),
    { numRuns: 100 },
  )
})

t.test('removing everything from a long list leaves an empty one', async (t) => {
  const entries = Array.from({ length: 5000 }, (_, ordinal) => ({ rank: (ordinal * 7919) % 1009, ordinal }))
  let list = SortedList.from(entries)
  t.equal(list.size, 5000)
  for (const entry of entries) list = list.without(entry)
  t.equal(list.size, 0)
  t.equal(list.first, undefined)
  t.equal(list.without({ rank: 1, ordinal: 1 }), list)
})

t.test('each version of what is found answers as it did, in whatever order they are asked and changed', async (t) => {
  const change = fc.record({ from: fc.nat(), key: fc.integer({ min: 0, max: 20 }), asked: fc.nat() })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 300, size: 'max' }), (changes) => {
      const versions = [{ found: FoundBy.empty(), model: new Map<string, string>() }]
      changes.forEach(({ from, key: number, asked }, i) => {
        // Now and then an older version is changed again: what came of it otherwise must not be touched.
        const at = from % 5 === 0 ? from % versions.length : versions.length - 1
        const { found, model } = versions[at] as (typeof versions)[number]
        const key = `k${number}`
        const changed = new Map(model)
        if (!changed.delete(key)) changed.set(key, `v${i}`)
        versions.push({ found: model.has(key) ? found.remove(key) : found.add(key, `v${i}`), model: changed })
        const old = versions[asked % versions.length] as (typeof versions)[number]
        if (old.found.get(key) !== old.model.get(key)) throw new Error('an old version changed')
      })
      return versions.every(({ found, model }) => {
        const sorted = [...model].sort(([a], [b]) => (a < b ? -1 : 1))
        return found.size === model.size && JSON.stringify(found.entries()) === JSON.stringify(sorted)
      })
    }),
    { numRuns: 200 },
  )
  t.equal(FoundBy.empty().get('nothing'), undefined)
})
