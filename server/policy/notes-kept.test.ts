import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import t from 'tap'
import { readPolicy } from './document.ts'
import { notesKeptDaysOf } from './notes-kept.ts'
import { NOTES_KEPT_DAYS } from './schema.ts'

t.test('it says what the whole policy says, and nothing by a guess', async (t) => {
  const city = readFileSync(resolve(import.meta.dirname, 'copenhagen.yaml'), 'utf8')
  const checked = readPolicy(city)
  const said = checked.isValid ? checked.document.wrapUp?.notesKeptDays : undefined
  t.equal(notesKeptDaysOf(city), said ?? NOTES_KEPT_DAYS)
  t.equal(notesKeptDaysOf('wrapUp:\n  notesKeptDays: 7\n'), 7)
  for (const text of ['', 'wrapUp:\n', 'version: a\n', 'wrapUp: {}']) t.equal(notesKeptDaysOf(text), NOTES_KEPT_DAYS)
  for (const days of ['0', '-1', '1.5', 'forever', '"7"', '[7]']) {
    t.throws(() => notesKeptDaysOf(`wrapUp: { notesKeptDays: ${days} }`), /whole days/, days)
  }
  t.throws(() => notesKeptDaysOf('wrapUp: {'), Error)
})
