/** What is looked at before a request is read: where it comes from, what it brings, and what its page may open. */
import type { FastifyRequest } from 'fastify'

type Asked = Pick<FastifyRequest, 'method' | 'headers' | 'url'>

/** Methods that change nothing here. */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a page of somebody else asks for a change in the name of whoever is signed in here. Browsers always say where
 * such a request comes from; programs say nothing, and have no cookie that is not theirs.
 */
export function isForeign({ method, headers }: Omit<Asked, 'url'>, allowedOrigins: ReadonlySet<string>): boolean {
  if (SAFE.has(method)) return false
  if (headers['sec-fetch-site'] === 'cross-site') return true
  return headers.origin !== undefined && !allowedOrigins.has(headers.origin)
}

/** Exactly what pages send. Anything looser was a way past the checks of a body more than once (CVE-2025-32442). */
const JSON_TYPE = /^application\/json(; ?charset=utf-8)?$/i

/** By which the city's own sign-in says that a session is over, and says it as a form: so it is in OpenID Connect. It is signed. */
const SIGN_OUT_OF_CITY = '/api/v1/sign-in/city/sign-out'

/** Why what a request brings is not read; undefined where it may be. */
export function contentFault({ method, headers, url }: Asked): string | undefined {
  const type = headers['content-type']
  if (url === SIGN_OUT_OF_CITY && type?.startsWith('application/x-www-form-urlencoded') === true) return undefined
  if (type !== undefined) return JSON_TYPE.test(type) ? undefined : 'only application/json is read here'
  const isEmpty = headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0
  return isEmpty || SAFE.has(method) ? undefined : 'only application/json is read here'
}

/** What no page here uses. A browser ignores those it does not know. */
const CLOSED = [
  'accelerometer',
  'bluetooth',
  'browsing-topics',
  'clipboard-read',
  'encrypted-media',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'serial',
  'usb',
  'xr-spatial-tracking',
]
const AGENT_PAGES: ReadonlySet<string> = new Set(['/agent/', '/agent/index.html'])

/** The `Permissions-Policy` of what is at `url`. */
export function permissionsFor(url: string): string {
  const path = url.split('?')[0] ?? ''
  // Only an agent shares a window of the screen: a kiosk's shows others, and a supervisor's everybody.
  const screen = AGENT_PAGES.has(path) ? '(self)' : '()'
  const closed = CLOSED.map((feature) => `${feature}=()`).join(', ')
  return `camera=(self), microphone=(self), ${closed}, display-capture=${screen}`
}
