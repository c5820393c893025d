/** All settings of the server, from the environment, checked once. Nothing else reads the environment. */
import { Ajv } from 'ajv'
import { Type, type Static, type TSchema } from 'typebox'
import { Role } from './contract/http.ts'
import { OPEN_COUNT_MIN } from './figures/suppression.ts'

export const ServerSettings = Type.Object(
  {
    SKRANKE_MEDIA_SECRET: Type.String({ minLength: 32 }),
    SKRANKE_LOG_LEVEL: Type.Union(
      ['trace', 'debug', 'info', 'warn', 'error', 'silent'].map((level) => Type.Literal(level)),
    ),
    SKRANKE_SERVER_HOST: Type.String({ minLength: 1 }),
    SKRANKE_SERVER_PORT: Type.Integer({ minimum: 0, maximum: 65_535 }),
    SKRANKE_SERVER_METRICS_HOST: Type.String({ minLength: 1 }),
    SKRANKE_SERVER_METRICS_PORT: Type.Integer({ minimum: 0, maximum: 65_535 }),
    SKRANKE_SERVER_ALLOWED_ORIGINS: Type.Array(Type.String({ pattern: '^https?://[^/]+$' }), { minItems: 1 }),
    SKRANKE_SERVER_PROXIES: Type.Array(Type.String({ maxLength: 45, pattern: '^[0-9a-f.:]+$' }), { maxItems: 20 }),
    SKRANKE_SERVER_SFUS: Type.Array(
      Type.Object({ sfuId: Type.String({ minLength: 1 }), url: Type.String({ pattern: '^https?://[^/]+$' }) }),
      { minItems: 1 },
    ),
    SKRANKE_SERVER_SECURE_COOKIES: Type.Boolean(),
    SKRANKE_SERVER_SECOND_FACTOR_ROLES: Type.Array(Role),
    SKRANKE_SERVER_CITY_SIGN_IN_FILE: Type.Optional(Type.String({ minLength: 1 })),
    SKRANKE_SERVER_CITY_SIGN_IN_SECRET: Type.Optional(Type.String({ minLength: 16 })),
    SKRANKE_SERVER_SIGN_IN_MS: Type.Integer({ minimum: 60_000, maximum: 86_400_000 }),
    SKRANKE_SERVER_SIGN_IN_IDLE_MS: Type.Integer({ minimum: 60_000, maximum: 86_400_000 }),
    SKRANKE_SERVER_PAGES_DIR: Type.String({ minLength: 1 }),
    SKRANKE_SERVER_GUIDES_DIR: Type.String({ minLength: 1 }),
    SKRANKE_SERVER_CHECK_OUTGOING: Type.Boolean(),
    SKRANKE_SERVER_DEVICE_KEYS: Type.Boolean(),
    SKRANKE_SERVER_SHOWN_HOSTS: Type.Array(Type.String({ maxLength: 120, pattern: '^[a-z0-9-]+(\\.[a-z0-9-]+)+$' }), {
      maxItems: 50,
    }),
    SKRANKE_SERVER_WEBHOOK_URLS: Type.Array(Type.String({ maxLength: 500, pattern: '^https?://[^/@]+(/.*)?$' }), {
      maxItems: 20,
    }),
    SKRANKE_SERVER_INSIDE_HOSTS: Type.Array(Type.String({ maxLength: 253, pattern: '^[a-z0-9.:-]+$' }), {
      maxItems: 20,
    }),
    SKRANKE_SERVER_WEBHOOK_SECRET: Type.Optional(Type.String({ minLength: 32 })),
    SKRANKE_SERVER_DRAIN_MS: Type.Integer({ minimum: 0, maximum: 86_400_000 }),
    SKRANKE_SERVER_JOBS: Type.Union([Type.Literal('here'), Type.Literal('own')]),
    SKRANKE_SERVER_TURN_URLS: Type.Array(
      Type.String({ maxLength: 300, pattern: '^turns?:[A-Za-z0-9.:\\[\\]-]+(\\?transport=(udp|tcp))?$' }),
      { maxItems: 4 },
    ),
    SKRANKE_SERVER_TURN_SECRETS: Type.Array(Type.String({ minLength: 32, maxLength: 256 }), { maxItems: 2 }),
    SKRANKE_SERVER_LOCK_WAIT_MS: Type.Integer({ minimum: 1, maximum: 600_000 }),
    SKRANKE_SERVER_OPEN_DATA_MIN: Type.Union([
      Type.Literal(0),
      Type.Integer({ minimum: OPEN_COUNT_MIN, maximum: 100 }),
    ]),
    SKRANKE_SERVER_AGENT_FIGURES_DAYS: Type.Integer({ minimum: 31, maximum: 1_830 }),
    SKRANKE_SERVER_SMTP_URL: Type.Optional(Type.String({ pattern: '^smtps?://' })),
    SKRANKE_SERVER_MAIL_FROM: Type.String({ minLength: 3, maxLength: 200 }),
    DATABASE_URL: Type.String({ pattern: '^postgres(ql)?://' }),
    OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(Type.String({ pattern: '^https?://' })),
    REDIS_URL: Type.Optional(Type.String({ pattern: '^(rediss?://|unix:)' })),
  },
  { additionalProperties: false },
)
type Settings = Static<typeof ServerSettings>

export type ServerConfig = {
  readonly mediaSecret: string
  readonly logLevel: string
  readonly host: string
  readonly port: number
  /** Where Prometheus reads. Port 0: at `/metrics` beside the pages, for whoever asks. */
  readonly metricsHost: string
  readonly metricsPort: number
  /** Exact origins whose pages may connect. */
  readonly allowedOrigins: readonly string[]
  /** Addresses of the proxies in front: what they say of where somebody asks from is believed, and nobody else is. */
  readonly proxies: readonly string[]
  readonly sfus: readonly { readonly sfuId: string; readonly url: string }[]
  readonly hasSecureCookies: boolean
  /** How the city's own sign-in is used; undefined: it is not. */
  readonly citySignInFile: string | undefined
  readonly citySignInSecret: string | undefined
  /** Who may do nothing by a password alone. */
  readonly secondFactorRoles: readonly Role[]
  /** After this a person signs in again, whatever they are doing on the page; a running call is not ended by it. */
  readonly signInMs: number
  /** A sign-in ends after so long without a request or an open page. */
  readonly signInIdleMs: number
  /** Where the built pages are. */
  readonly pagesDir: string
  /** Where the prepared guides are: a folder for each. */
  readonly guidesDir: string
  /** Whose pages an agent may show a citizen: these hosts and what is below them. */
  readonly shownHosts: readonly string[]
  /** Who is told of warnings: these addresses and no others. Empty: nobody. */
  readonly webhookUrls: readonly string[]
  /** Hosts on the inside that what goes out (webhooks, mails) may go to all the same, as they stand in the settings. */
  readonly insideHosts: readonly string[]
  /** What is told there is signed with it. */
  readonly webhookSecret: string | undefined
  /** How long calls that run are waited for when the server is told to stop. */
  readonly drainMs: number
  /** Where background jobs are done: `here`, in the server, or in a process of their `own` (`server/jobs-process`). */
  readonly jobs: 'here' | 'own'
  /** The city's TURN servers, and what they and this server have in common: the newest secret signs. */
  readonly turn: { readonly urls: readonly string[]; readonly secrets: readonly string[] }
  /** How long to wait for another server to give up deciding. */
  readonly lockWaitMs: number
  /** The smallest count of a site's day that everybody may read; 0: there is no open data. */
  readonly openDataCountMin: number
  /** How many days the figures of agents' time are kept. */
  readonly agentFiguresDays: number
  /** Checks every reply and event against its schema; one that does not fit stops the process. For tests. */
  readonly checkOutgoing: boolean
  /** Whether kiosks get in by a key in their address, which can be copied. For demonstrations and tests: a city enrols its kiosks. */
  readonly areDeviceKeysTaken: boolean
  /** The mail server that reports are sent by, with its password; undefined: none are. */
  readonly smtpUrl: string | undefined
  readonly mailFrom: string
  readonly databaseUrl: string
  readonly redisUrl: string | undefined
  /** Where traces are collected, by OpenTelemetry's own setting; undefined: nowhere. */
  readonly otlpEndpoint: string | undefined
}

export const SERVER_DEFAULTS: Readonly<Record<string, string>> = {
  SKRANKE_LOG_LEVEL: 'info',
  SKRANKE_SERVER_HOST: '127.0.0.1',
  SKRANKE_SERVER_PORT: '3000',
  SKRANKE_SERVER_METRICS_HOST: '127.0.0.1',
  SKRANKE_SERVER_METRICS_PORT: '9464',
  SKRANKE_SERVER_ALLOWED_ORIGINS: 'http://127.0.0.1:3000,http://localhost:3000',
  SKRANKE_SERVER_PROXIES: '',
  SKRANKE_SERVER_SFUS: 'sfu-1=http://127.0.0.1:3100',
  SKRANKE_SERVER_SECURE_COOKIES: 'true',
  SKRANKE_SERVER_SECOND_FACTOR_ROLES: '',
  SKRANKE_SERVER_SIGN_IN_MS: '43200000',
  SKRANKE_SERVER_SIGN_IN_IDLE_MS: '1800000',
  SKRANKE_SERVER_PAGES_DIR: 'dist',
  SKRANKE_SERVER_GUIDES_DIR: 'guides',
  SKRANKE_SERVER_CHECK_OUTGOING: 'false',
  SKRANKE_SERVER_DEVICE_KEYS: 'false',
  SKRANKE_SERVER_SHOWN_HOSTS: 'borger.dk,kk.dk',
  SKRANKE_SERVER_WEBHOOK_URLS: '',
  SKRANKE_SERVER_INSIDE_HOSTS: '',
  SKRANKE_SERVER_DRAIN_MS: '600000',
  SKRANKE_SERVER_JOBS: 'here',
  SKRANKE_SERVER_TURN_URLS: '',
  SKRANKE_SERVER_TURN_SECRETS: '',
  SKRANKE_SERVER_LOCK_WAIT_MS: '10000',
  SKRANKE_SERVER_OPEN_DATA_MIN: '5',
  SKRANKE_SERVER_AGENT_FIGURES_DAYS: '400',
  SKRANKE_SERVER_MAIL_FROM: 'skranke@localhost',
}

/** Keys that have their names from elsewhere. */
export const COMMON: ReadonlySet<string> = new Set(['DATABASE_URL', 'REDIS_URL', 'OTEL_EXPORTER_OTLP_ENDPOINT'])

/** Keys that belong to other processes started from the same environment. */
const OTHERS = /^SKRANKE_(SFU|JOBS|DEMO|LOADTEST|TEST)_/

/** Throws where webhooks are to be told and nothing is there to sign it with. */
export function mustSignWebhooks(
  settings: Pick<Settings, 'SKRANKE_SERVER_WEBHOOK_URLS' | 'SKRANKE_SERVER_WEBHOOK_SECRET'>,
): void {
  if (settings.SKRANKE_SERVER_WEBHOOK_URLS.length > 0 && settings.SKRANKE_SERVER_WEBHOOK_SECRET === undefined) {
    throw new Error('the settings are wrong: SKRANKE_SERVER_WEBHOOK_URLS needs SKRANKE_SERVER_WEBHOOK_SECRET')
  }
}

/** Throws where settings that are right each do not fit one another. */
function mustFit(settings: Settings): void {
  // What is done elsewhere is signed elsewhere.
  if (settings.SKRANKE_SERVER_JOBS === 'here') mustSignWebhooks(settings)
  if (settings.SKRANKE_SERVER_TURN_URLS.length > 0 && settings.SKRANKE_SERVER_TURN_SECRETS.length === 0) {
    throw new Error('the settings are wrong: SKRANKE_SERVER_TURN_URLS needs SKRANKE_SERVER_TURN_SECRETS')
  }
  if (
    (settings.SKRANKE_SERVER_CITY_SIGN_IN_FILE === undefined) !==
    (settings.SKRANKE_SERVER_CITY_SIGN_IN_SECRET === undefined)
  ) {
    throw new Error(
      'the settings are wrong: SKRANKE_SERVER_CITY_SIGN_IN_FILE and SKRANKE_SERVER_CITY_SIGN_IN_SECRET need one another',
    )
  }
  // A cookie that goes over a network in the clear is anybody's.
  if (!settings.SKRANKE_SERVER_SECURE_COOKIES && !settings.SKRANKE_SERVER_ALLOWED_ORIGINS.every(isOnThisComputer)) {
    throw new Error(
      'the settings are wrong: SKRANKE_SERVER_SECURE_COOKIES may be false only where every SKRANKE_SERVER_ALLOWED_ORIGINS is on this computer',
    )
  }
}

/** Values by their keys, read into what `schema` says. Throws one error that names every key that is wrong, missing or not known. */
export function checkedSettings<T extends TSchema>(schema: T, given: Readonly<Record<string, string>>): Static<T> {
  const settings = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, parseSetting(key, value)]))
  const isSettings = new Ajv({ allErrors: true }).compile<Static<T>>(schema)
  if (!isSettings(settings)) {
    const faults = (isSettings.errors ?? []).map(({ instancePath, message, params }) => {
      const unknown: unknown = params['additionalProperty']
      return typeof unknown === 'string'
        ? `${unknown} is not a setting`
        : `${instancePath.slice(1)} ${message ?? ''}`.trim()
    })
    throw new Error(`the settings are wrong: ${[...new Set(faults)].join('; ')}`)
  }
  return settings
}

/** Reads and checks the settings. Throws one error that names every key that is wrong, missing or not known. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ServerConfig {
  const given: Record<string, string> = { ...SERVER_DEFAULTS }
  for (const [key, value] of Object.entries(env)) {
    const isOurs = (key.startsWith('SKRANKE_') && !OTHERS.test(key)) || COMMON.has(key)
    if (isOurs && value !== undefined && value !== '') given[key] = value
  }
  const settings = checkedSettings(ServerSettings, given)
  mustFit(settings)
  return {
    mediaSecret: settings.SKRANKE_MEDIA_SECRET,
    logLevel: settings.SKRANKE_LOG_LEVEL,
    host: settings.SKRANKE_SERVER_HOST,
    port: settings.SKRANKE_SERVER_PORT,
    metricsHost: settings.SKRANKE_SERVER_METRICS_HOST,
    metricsPort: settings.SKRANKE_SERVER_METRICS_PORT,
    allowedOrigins: settings.SKRANKE_SERVER_ALLOWED_ORIGINS,
    proxies: settings.SKRANKE_SERVER_PROXIES,
    sfus: settings.SKRANKE_SERVER_SFUS,
    hasSecureCookies: settings.SKRANKE_SERVER_SECURE_COOKIES,
    citySignInFile: settings.SKRANKE_SERVER_CITY_SIGN_IN_FILE,
    citySignInSecret: settings.SKRANKE_SERVER_CITY_SIGN_IN_SECRET,
    secondFactorRoles: settings.SKRANKE_SERVER_SECOND_FACTOR_ROLES,
    signInMs: settings.SKRANKE_SERVER_SIGN_IN_MS,
    signInIdleMs: settings.SKRANKE_SERVER_SIGN_IN_IDLE_MS,
    pagesDir: settings.SKRANKE_SERVER_PAGES_DIR,
    guidesDir: settings.SKRANKE_SERVER_GUIDES_DIR,
    checkOutgoing: settings.SKRANKE_SERVER_CHECK_OUTGOING,
    areDeviceKeysTaken: settings.SKRANKE_SERVER_DEVICE_KEYS,
    shownHosts: settings.SKRANKE_SERVER_SHOWN_HOSTS,
    webhookUrls: settings.SKRANKE_SERVER_WEBHOOK_URLS,
    insideHosts: settings.SKRANKE_SERVER_INSIDE_HOSTS,
    webhookSecret: settings.SKRANKE_SERVER_WEBHOOK_SECRET,
    drainMs: settings.SKRANKE_SERVER_DRAIN_MS,
    jobs: settings.SKRANKE_SERVER_JOBS,
    turn: { urls: settings.SKRANKE_SERVER_TURN_URLS, secrets: settings.SKRANKE_SERVER_TURN_SECRETS },
    lockWaitMs: settings.SKRANKE_SERVER_LOCK_WAIT_MS,
    openDataCountMin: settings.SKRANKE_SERVER_OPEN_DATA_MIN,
    agentFiguresDays: settings.SKRANKE_SERVER_AGENT_FIGURES_DAYS,
    smtpUrl: settings.SKRANKE_SERVER_SMTP_URL,
    mailFrom: settings.SKRANKE_SERVER_MAIL_FROM,
    databaseUrl: settings.DATABASE_URL,
    redisUrl: settings.REDIS_URL,
    otlpEndpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
  }
}

/** Whether what an origin names never leaves this computer. */
const isOnThisComputer = (origin: string): boolean =>
  /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(URL.canParse(origin) ? new URL(origin).hostname : '')

function parseSetting(key: string, value: string): unknown {
  if (/_(PORT|MS|MIN|DAYS)$/.test(key)) return Number(value)
  if (/_(SECURE_COOKIES|CHECK_OUTGOING|DEVICE_KEYS)$/.test(key))
    return value === 'true' ? true : value === 'false' ? false : value
  if (/_(ORIGINS|HOSTS|URLS|SECRETS|PROXIES|ROLES)$/.test(key)) return value === '' ? [] : value.split(',')
  if (!key.endsWith('_SFUS')) return value
  return value.split(',').map((pair) => {
    const [sfuId = '', url = ''] = pair.split('=')
    return { sfuId, url }
  })
}

/** What may be printed at the start: secrets only as "set". */
export function describeConfig(config: ServerConfig): Record<string, unknown> {
  const {
    mediaSecret: _secret,
    databaseUrl: _database,
    redisUrl,
    smtpUrl,
    webhookSecret,
    citySignInSecret,
    turn,
    ...rest
  } = config
  const isSet = (value: string | undefined): string => (value === undefined ? 'not set' : 'set')
  return {
    ...rest,
    mediaSecret: 'set',
    databaseUrl: 'set',
    redisUrl: isSet(redisUrl),
    smtpUrl: isSet(smtpUrl),
    webhookSecret: isSet(webhookSecret),
    citySignInSecret: isSet(citySignInSecret),
    turn: { urls: turn.urls, secrets: isSet(turn.secrets[0]) },
  }
}
