import t from 'tap'
import { describeConfig, readConfig } from './config.ts'

const least = {
  SKRANKE_MEDIA_SECRET: 'a secret of at least thirty-two characters',
  DATABASE_URL: 'postgres://skranke:pass-of-the-database@127.0.0.1:5432/skranke',
}

t.test('the least that must be set, and what the rest is then', async (t) => {
  t.match(readConfig({ ...least, PATH: '/bin', SKRANKE_SFU_PORT: '1', SKRANKE_SERVER_PORT: '' }), {
    host: '127.0.0.1',
    port: 3000,
    sfus: [{ sfuId: 'sfu-1', url: 'http://127.0.0.1:3100' }],
    hasSecureCookies: true,
    areDeviceKeysTaken: false,
    lockWaitMs: 10_000,
    redisUrl: undefined,
  })
  const sfus = 'a=http://127.0.0.1:1,b=https://sfu.example'
  t.match(readConfig({ ...least, SKRANKE_SERVER_SFUS: sfus }).sfus, [{ sfuId: 'a' }, { url: 'https://sfu.example' }])
})

t.test('a setting that is missing, wrong or unknown stops the start and is named', async (t) => {
  const cases: [string, Record<string, string>, RegExp][] = [
    ['no database', { SKRANKE_MEDIA_SECRET: least.SKRANKE_MEDIA_SECRET }, /DATABASE_URL/],
    ['another kind of database', { ...least, DATABASE_URL: 'mysql://x' }, /DATABASE_URL must match pattern/],
    ['a short secret', { ...least, SKRANKE_MEDIA_SECRET: 'short' }, /SKRANKE_MEDIA_SECRET must NOT have fewer/],
    ['a misspelt name', { ...least, SKRANKE_SERVER_PROT: '1' }, /SKRANKE_SERVER_PROT is not a setting/],
    ['a word for a port', { ...least, SKRANKE_SERVER_PORT: 'http' }, /SKRANKE_SERVER_PORT must be integer/],
    ['a port too high', { ...least, SKRANKE_SERVER_PORT: '70000' }, /SKRANKE_SERVER_PORT must be <= 65535/],
    ['an origin with a path', { ...least, SKRANKE_SERVER_ALLOWED_ORIGINS: 'http://a/b' }, /ALLOWED_ORIGINS/],
    ['a proxy by name', { ...least, SKRANKE_SERVER_PROXIES: 'proxy.example' }, /PROXIES/],
    ['an SFU without a name', { ...least, SKRANKE_SERVER_SFUS: 'http://127.0.0.1:1' }, /SKRANKE_SERVER_SFUS/],
    ['neither yes nor no', { ...least, SKRANKE_SERVER_SECURE_COOKIES: 'maybe' }, /SECURE_COOKIES must be boolean/],
    [
      'a role that there is not',
      { ...least, SKRANKE_SERVER_SECOND_FACTOR_ROLES: 'supervisor,boss' },
      /SECOND_FACTOR_ROLES/,
    ],
    ['a sign-in without an end', { ...least, SKRANKE_SERVER_SIGN_IN_MS: '864000000' }, /SIGN_IN_MS must be <=/],
    [
      'a cookie that goes over a network in the clear',
      {
        ...least,
        SKRANKE_SERVER_SECURE_COOKIES: 'false',
        SKRANKE_SERVER_ALLOWED_ORIGINS: 'http://localhost:3000,http://127.0.0.1.example:3000',
      },
      /SECURE_COOKIES may be false only where/,
    ],
    ['an unknown log level', { ...least, SKRANKE_LOG_LEVEL: 'loud' }, /SKRANKE_LOG_LEVEL/],
    [
      'no address of a mail server',
      { ...least, SKRANKE_SERVER_SMTP_URL: 'mail.example' },
      /SMTP_URL must match pattern/,
    ],
    [
      "agents' figures kept for too long",
      { ...least, SKRANKE_SERVER_AGENT_FIGURES_DAYS: '4000' },
      /AGENT_FIGURES_DAYS/,
    ],
    ['open data of too few', { ...least, SKRANKE_SERVER_OPEN_DATA_MIN: '3' }, /OPEN_DATA_MIN/],
    ['jobs done nowhere', { ...least, SKRANKE_SERVER_JOBS: 'elsewhere' }, /SKRANKE_SERVER_JOBS must be/],
    ['no address of Redis', { ...least, REDIS_URL: '127.0.0.1:6379' }, /REDIS_URL must match pattern/],
  ]
  for (const [title, environment, message] of cases) t.throws(() => readConfig(environment), { message }, title)
})

t.test('whoever signs webhooks has the secret for it: the server, where it does the jobs itself', async (t) => {
  const told = { ...least, SKRANKE_SERVER_WEBHOOK_URLS: 'https://a.dk/' }
  t.throws(() => readConfig(told), /needs SKRANKE_SERVER_WEBHOOK_SECRET/)
  t.match(readConfig({ ...told, SKRANKE_SERVER_JOBS: 'own' }), { jobs: 'own', webhookUrls: ['https://a.dk/'] })
  t.equal(readConfig(least).jobs, 'here')
})

t.test('what is printed holds no secret', async (t) => {
  const secrets = {
    REDIS_URL: 'redis://:pass-of-redis@h:1',
    SKRANKE_SERVER_SMTP_URL: 'smtps://skranke:pass-of-the-mails@h',
    SKRANKE_SERVER_WEBHOOK_SECRET: 'pass-of the webhooks, of thirty-two characters',
    SKRANKE_SERVER_TURN_SECRETS: 'pass-of the relays; of at least thirty-two characters',
    SKRANKE_SERVER_CITY_SIGN_IN_FILE: 'city.yaml',
    SKRANKE_SERVER_CITY_SIGN_IN_SECRET: 'pass-of-the-city',
  }
  const printed = JSON.stringify(describeConfig(readConfig({ ...least, ...secrets })))
  t.notMatch(printed, /thirty-two|pass-of/)
  t.match(printed, /"mediaSecret":"set"/)
})
