/** Every setting of the SFU, read once from the environment. Nothing else looks there. */
import { availableParallelism } from 'node:os'
import { Ajv } from 'ajv'
import { Type, type Static } from 'typebox'

const Port = Type.Integer({ minimum: 0, maximum: 65_535 })
const Address = Type.String({ minLength: 1, maxLength: 253 })

const SfuConfig = Type.Object(
  {
    /** Shared with the server: tickets and the control link are signed with it. */
    mediaSecret: Type.String({ minLength: 32, maxLength: 512 }),
    logLevel: Type.Union([
      Type.Literal('fatal'),
      Type.Literal('error'),
      Type.Literal('warn'),
      Type.Literal('info'),
      Type.Literal('debug'),
      Type.Literal('trace'),
      Type.Literal('silent'),
    ]),
    sfuId: Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$' }),
    /** Where signalling, health and metrics are served. Port 0: the system chooses. */
    host: Address,
    port: Port,
    /** Where media is taken, and the address pages are told if that is another. */
    listenIp: Address,
    announcedAddress: Type.Optional(Address),
    mediaPortBase: Port,
    workerCount: Type.Integer({ minimum: 1, maximum: 64 }),
    allowedOrigins: Type.Array(Type.String({ pattern: '^https?://[^/\\s]+$' }), { maxItems: 64 }),
    /** New connections one address may open at once; a quarter of it per second. Many kiosks may share an address. */
    connectionBurst: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    /** With no server connected for so long, in ms, every room is closed. */
    serverAbsenceMsMax: Type.Integer({ minimum: 1_000, maximum: 86_400_000 }),
    /** Where Prometheus reads. Port 0 or none: at `/metrics` beside signalling, for whoever asks. */
    metricsHost: Type.Optional(Address),
    metricsPort: Type.Optional(Port),
    workerBin: Type.Optional(Type.String({ minLength: 1 })),
  },
  { additionalProperties: false },
)
export type SfuConfig = Readonly<Static<typeof SfuConfig>>

const isConfig = new Ajv({ strict: true, allErrors: true }).compile<SfuConfig>(SfuConfig)

/** A text that is no number stays one, so that the schema says what is wrong. */
const asNumber = (text: string): number | string => (/^\d+$/.test(text) ? Number(text) : text)
const asList = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
const asText = (text: string): string => text

type Setting = {
  readonly field: keyof SfuConfig
  readonly read: (text: string) => unknown
  readonly byDefault?: string
}

const SETTINGS: Readonly<Record<string, Setting>> = {
  SKRANKE_MEDIA_SECRET: { field: 'mediaSecret', read: asText },
  SKRANKE_LOG_LEVEL: { field: 'logLevel', read: asText, byDefault: 'info' },
  SKRANKE_SFU_ID: { field: 'sfuId', read: asText, byDefault: 'sfu-1' },
  SKRANKE_SFU_HOST: { field: 'host', read: asText, byDefault: '127.0.0.1' },
  SKRANKE_SFU_PORT: { field: 'port', read: asNumber, byDefault: '4430' },
  SKRANKE_SFU_LISTEN_IP: { field: 'listenIp', read: asText, byDefault: '127.0.0.1' },
  SKRANKE_SFU_ANNOUNCED_ADDRESS: { field: 'announcedAddress', read: asText },
  SKRANKE_SFU_MEDIA_PORT_BASE: { field: 'mediaPortBase', read: asNumber, byDefault: '44400' },
  SKRANKE_SFU_WORKER_COUNT: { field: 'workerCount', read: asNumber, byDefault: String(availableParallelism()) },
  SKRANKE_SFU_ALLOWED_ORIGINS: { field: 'allowedOrigins', read: asList },
  SKRANKE_SFU_CONNECTION_BURST: { field: 'connectionBurst', read: asNumber, byDefault: '200' },
  SKRANKE_SFU_SERVER_ABSENCE_MS_MAX: { field: 'serverAbsenceMsMax', read: asNumber, byDefault: '600000' },
  SKRANKE_SFU_METRICS_HOST: { field: 'metricsHost', read: asText, byDefault: '127.0.0.1' },
  SKRANKE_SFU_METRICS_PORT: { field: 'metricsPort', read: asNumber, byDefault: '9465' },
  MEDIASOUP_WORKER_BIN: { field: 'workerBin', read: asText },
}

/** Settings of other processes, which may stand in the same environment. */
const OTHERS = /^SKRANKE_(SERVER|JOBS|DEMO)_/

/** A start that the person who set it up can put right: the message says how. */
export class ConfigFault extends Error {
  override readonly name = 'ConfigFault'
}

/**
 * Reads the settings out of `environment`. Throws a ConfigFault that names every setting that is missing, wrong or
 * unknown: a misspelt one must not pass for the default.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): SfuConfig {
  const faults: string[] = []
  for (const name of Object.keys(environment)) {
    const isOurs = name.startsWith('SKRANKE_') && !OTHERS.test(name)
    if (isOurs && !Object.hasOwn(SETTINGS, name)) faults.push(`${name} is not a setting of the SFU`)
  }
  const config: Record<string, unknown> = {}
  for (const [name, { field, read, byDefault }] of Object.entries(SETTINGS)) {
    const given = environment[name]
    const text = given === undefined || given === '' ? byDefault : given
    if (text !== undefined) config[field] = read(text)
  }
  if (!isConfig(config)) for (const error of isConfig.errors ?? []) faults.push(faultText(error))
  const listensEverywhere = config['listenIp'] === '0.0.0.0' || config['listenIp'] === '::'
  if (listensEverywhere && config['announcedAddress'] === undefined) {
    faults.push('SKRANKE_SFU_ANNOUNCED_ADDRESS is needed when SKRANKE_SFU_LISTEN_IP is every address')
  }
  if (faults.length > 0 || !isConfig(config)) {
    throw new ConfigFault(`The SFU does not start: ${[...new Set(faults)].join('; ')}.`)
  }
  return Object.freeze(config)
}

function faultText(error: { instancePath: string; message?: string; params: Record<string, unknown> }): string {
  const missing = error.params['missingProperty']
  const field = typeof missing === 'string' ? missing : error.instancePath.split('/')[1]
  const name = Object.entries(SETTINGS).find(([, setting]) => setting.field === field)?.[0] ?? String(field)
  return typeof missing === 'string' ? `${name} is not set` : `${name} ${error.message ?? 'is wrong'}`
}

/** The settings as they may be shown. */
export function printableConfig(config: SfuConfig): Record<string, unknown> {
  return { ...config, mediaSecret: 'set' }
}
