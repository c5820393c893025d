import t from 'tap'
import { describeJobsConfig, readJobsConfig } from './config.ts'

const least = {
  DATABASE_URL: 'postgres://skranke:pass-of-the-database@127.0.0.1:5432/skranke',
  REDIS_URL: 'redis://:pass-of-redis@127.0.0.1:6379',
}

t.test("it takes the server's settings out of the same file, and no secret that it does not need", async (t) => {
  const server = {
    SKRANKE_MEDIA_SECRET: 'a secret of at least thirty-two characters',
    SKRANKE_SERVER_PORT: '3000',
    SKRANKE_SERVER_JOBS: 'own',
    SKRANKE_SFU_PORT: '1',
    SKRANKE_SERVER_AGENT_FIGURES_DAYS: '90',
    SKRANKE_SERVER_INSIDE_HOSTS: 'mail.city.dk',
  }
  const config = readJobsConfig({ ...least, ...server, PATH: '/bin' })
  t.match(config, {
    host: '127.0.0.1',
    port: 9466,
    stopMs: 20_000,
    agentFiguresDays: 90,
    insideHosts: ['mail.city.dk'],
  })
  t.notOk(Object.hasOwn(config, 'mediaSecret'))
})

t.test('a setting that is missing, wrong or unknown stops the start and is named', async (t) => {
  const cases: [string, Record<string, string>, RegExp][] = [
    ['no database', { REDIS_URL: least.REDIS_URL }, /DATABASE_URL/],
    ['no Redis', { DATABASE_URL: least.DATABASE_URL }, /REDIS_URL/],
    ['a misspelt name of ours', { ...least, SKRANKE_JOBS_PROT: '1' }, /SKRANKE_JOBS_PROT is not a setting/],
    ["a misspelt name of the server's", { ...least, SKRANKE_SERVER_SMTP: 'x' }, /SKRANKE_SERVER_SMTP is not a setting/],
    ['a port too high', { ...least, SKRANKE_JOBS_PORT: '70000' }, /SKRANKE_JOBS_PORT must be <= 65535/],
    ['no address of a mail server', { ...least, SKRANKE_SERVER_SMTP_URL: 'mail.city.dk' }, /SMTP_URL must match/],
    [
      'nothing to sign with',
      { ...least, SKRANKE_SERVER_WEBHOOK_URLS: 'https://a.dk/' },
      /needs SKRANKE_SERVER_WEBHOOK/,
    ],
  ]
  for (const [title, environment, message] of cases) t.throws(() => readJobsConfig(environment), { message }, title)
})

t.test('what is printed holds no secret', async (t) => {
  const smtp = { SKRANKE_SERVER_SMTP_URL: 'smtp://skranke:pass-of-mail@mail.city.dk' }
  const printed = JSON.stringify(describeJobsConfig(readJobsConfig({ ...least, ...smtp })))
  t.notMatch(printed, /pass-of/)
  t.match(printed, /"smtpUrl":"set"/)
})
