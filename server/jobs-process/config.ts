/**
 * All settings of the jobs' own process, from the environment, checked once. What it does in the city's name it reads under the server's
 * names, so that both may have the same file; of the server's secrets it is given none that it does not need.
 */
import { Type } from 'typebox'
import { checkedSettings, COMMON, mustSignWebhooks, SERVER_DEFAULTS, ServerSettings } from '../config.ts'
import type { WorkSettings } from '../work-in-background.ts'

const theirs = ServerSettings.properties

const JobsSettings = Type.Object(
  {
    SKRANKE_LOG_LEVEL: theirs.SKRANKE_LOG_LEVEL,
    SKRANKE_JOBS_HOST: Type.String({ minLength: 1 }),
    SKRANKE_JOBS_PORT: Type.Integer({ minimum: 0, maximum: 65_535 }),
    SKRANKE_JOBS_STOP_MS: Type.Integer({ minimum: 0, maximum: 3_600_000 }),
    SKRANKE_SERVER_ALLOWED_ORIGINS: theirs.SKRANKE_SERVER_ALLOWED_ORIGINS,
    SKRANKE_SERVER_SIGN_IN_MS: theirs.SKRANKE_SERVER_SIGN_IN_MS,
    SKRANKE_SERVER_WEBHOOK_URLS: theirs.SKRANKE_SERVER_WEBHOOK_URLS,
    SKRANKE_SERVER_WEBHOOK_SECRET: theirs.SKRANKE_SERVER_WEBHOOK_SECRET,
    SKRANKE_SERVER_INSIDE_HOSTS: theirs.SKRANKE_SERVER_INSIDE_HOSTS,
    SKRANKE_SERVER_AGENT_FIGURES_DAYS: theirs.SKRANKE_SERVER_AGENT_FIGURES_DAYS,
    SKRANKE_SERVER_SMTP_URL: theirs.SKRANKE_SERVER_SMTP_URL,
    SKRANKE_SERVER_MAIL_FROM: theirs.SKRANKE_SERVER_MAIL_FROM,
    DATABASE_URL: theirs.DATABASE_URL,
    OTEL_EXPORTER_OTLP_ENDPOINT: theirs.OTEL_EXPORTER_OTLP_ENDPOINT,
    // By its locks no job is done by two at once; who has no Redis has the server do the jobs.
    REDIS_URL: Type.String({ pattern: '^(rediss?://|unix:)' }),
  },
  { additionalProperties: false },
)

export type JobsConfig = WorkSettings & {
  readonly logLevel: string
  /** Where health and figures are read. Port 0: the system chooses. */
  readonly host: string
  readonly port: number
  /** How long work under way is waited for at a stop; what is not done then is given back. */
  readonly stopMs: number
  readonly databaseUrl: string
  readonly redisUrl: string
  /** Where traces are collected; undefined: nowhere. */
  readonly otlpEndpoint: string | undefined
}

const DEFAULTS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(SERVER_DEFAULTS).filter(([key]) => Object.hasOwn(JobsSettings.properties, key))),
  SKRANKE_JOBS_HOST: '127.0.0.1',
  SKRANKE_JOBS_PORT: '9466',
  SKRANKE_JOBS_STOP_MS: '20000',
}

/** Keys that belong to other processes started from the same environment. */
const OTHERS = /^SKRANKE_(SFU|DEMO|LOADTEST|TEST)_/

/** Whether it is ours to judge: a setting of ours, or nobody's, so that a misspelt one does not pass for the default. */
function isOurs(key: string): boolean {
  if (Object.hasOwn(JobsSettings.properties, key)) return true
  const isKnown = Object.hasOwn(theirs, key) || COMMON.has(key) || OTHERS.test(key)
  return key.startsWith('SKRANKE_') && !isKnown
}

/** Reads and checks the settings. Throws one error that names every key that is wrong, missing or not known. */
export function readJobsConfig(env: Readonly<Record<string, string | undefined>>): JobsConfig {
  const given: Record<string, string> = { ...DEFAULTS }
  for (const [key, value] of Object.entries(env)) {
    if (isOurs(key) && value !== undefined && value !== '') given[key] = value
  }
  const settings = checkedSettings(JobsSettings, given)
  mustSignWebhooks(settings)
  return {
    logLevel: settings.SKRANKE_LOG_LEVEL,
    host: settings.SKRANKE_JOBS_HOST,
    port: settings.SKRANKE_JOBS_PORT,
    stopMs: settings.SKRANKE_JOBS_STOP_MS,
    allowedOrigins: settings.SKRANKE_SERVER_ALLOWED_ORIGINS,
    signInMs: settings.SKRANKE_SERVER_SIGN_IN_MS,
    webhookUrls: settings.SKRANKE_SERVER_WEBHOOK_URLS,
    webhookSecret: settings.SKRANKE_SERVER_WEBHOOK_SECRET,
    insideHosts: settings.SKRANKE_SERVER_INSIDE_HOSTS,
    agentFiguresDays: settings.SKRANKE_SERVER_AGENT_FIGURES_DAYS,
    smtpUrl: settings.SKRANKE_SERVER_SMTP_URL,
    mailFrom: settings.SKRANKE_SERVER_MAIL_FROM,
    databaseUrl: settings.DATABASE_URL,
    redisUrl: settings.REDIS_URL,
    otlpEndpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
  }
}

/** What may be printed at the start: secrets only as "set". */
export function describeJobsConfig(config: JobsConfig): Record<string, unknown> {
  const { databaseUrl: _database, redisUrl: _redis, smtpUrl, webhookSecret, ...rest } = config
  const isSet = (value: string | undefined): string => (value === undefined ? 'not set' : 'set')
  return {
    ...rest,
    databaseUrl: 'set',
    redisUrl: 'set',
    smtpUrl: isSet(smtpUrl),
    webhookSecret: isSet(webhookSecret),
  }
}
