/** The list of planted mistakes keeps up with the code: what it changes, and what it expects to fail, is there. */
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { resolve } from 'node:path'
import t from 'tap'
import { PLANTED_MISTAKES } from '../guards/planted-mistakes.ts'
import { withBug } from '../simulation/planted-bugs.ts'

const read = (file: string) => readFileSync(resolve(import.meta.dirname, '../..', file), 'utf8')

t.test('every guard stands once where the list says, and without it the file is still a program', async (t) => {
  t.ok(PLANTED_MISTAKES.length >= 18)
  t.equal(new Set(PLANTED_MISTAKES.map(({ id }) => id)).size, PLANTED_MISTAKES.length, 'each has a name of its own')
  for (const mistake of PLANTED_MISTAKES) {
    t.doesNotThrow(() => stripTypeScriptTypes(withBug(read(mistake.file), mistake)), mistake.id)
    t.not(mistake.before, mistake.after)
  }
})

t.test('every test that is to catch one is there', async (t) => {
  for (const { id, caughtBy } of PLANTED_MISTAKES) t.ok(read(caughtBy.file).includes(caughtBy.test), id)
})
