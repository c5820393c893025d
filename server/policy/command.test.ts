import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { answer } from './command.ts'
import { schemaText } from './schema.ts'
import { lineOf, SMALL_POLICY, smallPolicyWith } from './test/small-policy.ts'

t.test('the command: check, diff and schema, with an exit code each', async (t) => {
  const folder = t.testdir()
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const small = file('small.yaml', SMALL_POLICY)
  const larger = file('larger.yaml', smallPolicyWith('callersMax: 50', 'callersMax: 60'))
  const wrong = smallPolicyWith('callersMax: 50', 'callerMax: 50')
  const wrongFile = file('wrong.yaml', wrong)

  t.match(answer(['check', small]), {
    exitCode: 0,
    out: /^Policy 1@[0-9a-f]{12} is right: 1 queues, 2 centres/,
    faults: '',
  })
  const refused = answer(['check', wrongFile])
  t.match(refused, { exitCode: 1, out: '' })
  t.ok(refused.faults.includes(`${wrongFile}:${lineOf(wrong, 'callerMax')}: queueDefaults.callerMax: is not`))
  t.match(answer(['diff', small, larger]), { exitCode: 0, out: /^queues\.citizen\.da\.callersMax: 50 → 60\nversion: / })
  t.match(answer(['diff', small, small]), { exitCode: 0, out: 'The two do the same.\n' })
  t.match(answer(['diff', small, wrongFile]), { exitCode: 1, out: '' })
  t.same(answer(['schema']), { exitCode: 0, out: schemaText(), faults: '' })
  for (const words of [[], ['check'], ['diff', small], ['print', small], ['schema', small]]) {
    t.match(answer(words), { exitCode: 2, out: '', faults: /npm run policy -- check FILE/ }, words.join(' '))
  }
  t.throws(() => answer(['check', join(folder, 'nowhere.yaml')]), { code: 'ENOENT' })
})
