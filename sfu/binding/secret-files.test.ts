import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { withSecretFiles } from './secret-files.ts'

t.test('a secret is read from its file, and what is wrong is said without it', async (t) => {
  const file = join(t.testdir(), 'secret')
  writeFileSync(file, 'a secret of more than thirty-two characters\n')
  t.same(withSecretFiles({ SKRANKE_MEDIA_SECRET_FILE: file, PATH: '/bin', DATABASE_URL_FILE: '' }), {
    SKRANKE_MEDIA_SECRET: 'a secret of more than thirty-two characters',
    PATH: '/bin',
  })
  t.throws(() => withSecretFiles({ REDIS_URL: 'redis://x', REDIS_URL_FILE: file }), /REDIS_URL and REDIS_URL_FILE/)
  t.throws(() => withSecretFiles({ REDIS_URL_FILE: `${file}-not` }), /REDIS_URL_FILE: .* cannot be read/)
  writeFileSync(file, '\n')
  t.throws(() => withSecretFiles({ DATABASE_URL_FILE: file }), /is empty/)
})
