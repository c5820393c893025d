import t from 'tap'
import { printableConfig, readConfig } from './config.ts'

const least = {
  SKRANKE_MEDIA_SECRET: 'a secret of at least thirty-two characters',
  SKRANKE_SFU_ALLOWED_ORIGINS: 'http://127.0.0.1:8080, https://desk.example',
}

t.test('the least that must be set, and what the rest is then', async (t) => {
  t.match(readConfig({ ...least, PATH: '/bin', SKRANKE_SERVER_PORT: '8080', SKRANKE_DEMO_CITY: 'yes' }), {
    sfuId: 'sfu-1',
    host: '127.0.0.1',
    listenIp: '127.0.0.1',
    allowedOrigins: ['http://127.0.0.1:8080', 'https://desk.example'],
    serverAbsenceMsMax: 600_000,
  })
})

t.test('a setting that is missing, wrong or unknown stops the start and is named', async (t) => {
  const cases: [string, Record<string, string>, RegExp][] = [
    ['nothing', {}, /SKRANKE_MEDIA_SECRET is not set.*SKRANKE_SFU_ALLOWED_ORIGINS is not set/],
    ['a short secret', { ...least, SKRANKE_MEDIA_SECRET: 'short' }, /SKRANKE_MEDIA_SECRET must NOT have fewer/],
    ['a misspelt name', { ...least, SKRANKE_SFU_PROT: '1' }, /SKRANKE_SFU_PROT is not a setting/],
    ['an unknown shared name', { ...least, SKRANKE_MEDIA_SECRT: 'x' }, /SKRANKE_MEDIA_SECRT is not a setting/],
    ['an inherited name', { ...least, SKRANKE_toString: 'x' }, /SKRANKE_toString is not a setting/],
    ['a word for a port', { ...least, SKRANKE_SFU_PORT: 'http' }, /SKRANKE_SFU_PORT must be integer/],
    ['a port too high', { ...least, SKRANKE_SFU_PORT: '70000' }, /SKRANKE_SFU_PORT must be <= 65535/],
    ['a negative port', { ...least, SKRANKE_SFU_PORT: '-1' }, /SKRANKE_SFU_PORT must be integer/],
    ['no workers', { ...least, SKRANKE_SFU_WORKER_COUNT: '0' }, /SKRANKE_SFU_WORKER_COUNT must be >= 1/],
    ['an origin with a path', { ...least, SKRANKE_SFU_ALLOWED_ORIGINS: 'http://a/b' }, /SKRANKE_SFU_ALLOWED_ORIGINS/],
    ['an unknown log level', { ...least, SKRANKE_LOG_LEVEL: 'loud' }, /SKRANKE_LOG_LEVEL/],
    ['every address, none announced', { ...least, SKRANKE_SFU_LISTEN_IP: '0.0.0.0' }, /SKRANKE_SFU_ANNOUNCED_ADDRESS/],
  ]
  for (const [title, environment, message] of cases) {
    t.throws(() => readConfig(environment), { name: 'ConfigFault', message }, title)
  }
})

t.test('what is printed holds no secret', async (t) => {
  const printed = JSON.stringify(printableConfig(readConfig(least)))
  t.notMatch(printed, /thirty-two/)
  t.match(printed, /"mediaSecret":"set"/)
})
