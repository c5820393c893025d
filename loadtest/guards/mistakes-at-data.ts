/** At what comes in over HTTP, what goes out, which files are served, and what is printed. */
import type { PlantedMistake } from './planted-mistakes.ts'

const HEADERS = 'server/test/headers.test.ts'
const OUTGOING = 'server/outgoing/outgoing.test.ts'
const CONFIG = { file: 'server/config.test.ts', test: 'what is printed holds no secret' }

export const MISTAKES_AT_DATA: readonly PlantedMistake[] = [
  {
    id: 'origin of a change',
    removes: 'that changes are asked for by our own pages alone',
    file: 'server/http/request-guard.ts',
    before: 'return headers.origin !== undefined && !allowedOrigins.has(headers.origin)',
    after: 'return false',
    caughtBy: { file: HEADERS, test: 'a change is asked for by our pages and by programs' },
  },
  {
    id: 'change from another site',
    removes: 'that what a browser calls cross-site changes nothing',
    file: 'server/http/request-guard.ts',
    before: "if (headers['sec-fetch-site'] === 'cross-site') return true",
    after: '',
    caughtBy: { file: HEADERS, test: 'a change is asked for by our pages and by programs' },
  },
  {
    id: 'content type',
    removes: 'that nothing but plain JSON is read',
    file: 'server/http/request-guard.ts',
    before: "if (type !== undefined) return JSON_TYPE.test(type) ? undefined : 'only application/json is read here'",
    after: 'if (type !== undefined) return undefined',
    caughtBy: { file: HEADERS, test: 'only JSON is read, however it is called' },
  },
  {
    id: 'size of a body',
    removes: 'the limit of 64 KB on a body',
    file: 'server/http/http-server.ts',
    before: 'bodyLimit: 64 * 1024,',
    after: 'bodyLimit: 64 * 1024 * 1024,',
    caughtBy: { file: HEADERS, test: 'every kind of response has its headers' },
  },
  {
    id: 'schema of a route',
    removes: 'the check of a sign-in against its schema',
    file: 'server/http/sign-in.ts',
    before: 'const schema = { body: SignInBody, response: { 200: SignedIn, ...errors } }',
    after: 'const schema = { response: { 200: SignedIn, ...errors } }',
    caughtBy: { file: HEADERS, test: 'every kind of response has its headers' },
  },
  {
    id: 'shape of a body',
    removes: 'that text with NUL in it, or half a character, is no question',
    file: 'server/http/http-server.ts',
    before: 'if (fault !== undefined) throw Object.assign(new Error(fault), { statusCode: 400 })',
    after: '',
    caughtBy: { file: HEADERS, test: 'what no database keeps is no question' },
  },
  {
    id: 'inside of a fault',
    removes: 'that a fault of ours is told without its words',
    file: 'server/http/http-server.ts',
    before: "const message = status >= 500 ? 'something went wrong on this side' : error.message",
    after: 'const message = error.message',
    caughtBy: { file: HEADERS, test: 'every kind of response has its headers' },
  },
  {
    id: 'files beside the drawings',
    removes: 'that of the guides’ folder only drawings are served',
    file: 'server/http/guides.ts',
    before: 'allowedPath: (path) => /^\\/?[a-z0-9-]+\\/[a-z0-9-]+\\.svg$/.test(path),',
    after: '',
    caughtBy: { file: HEADERS, test: 'of the folders that are served, nothing else is' },
  },
  {
    id: 'address on the inside',
    removes: 'that nothing goes out to an address on the inside',
    file: 'server/outgoing/target.ts',
    before: 'if (!isInside(host, rules) && !addresses.every(isPublicAddress)) {',
    after: 'if (false) {',
    caughtBy: { file: OUTGOING, test: 'every way to write the loopback in a URL' },
  },
  {
    id: 'name with two addresses',
    removes: 'that every address of a name is looked at',
    file: 'server/outgoing/target.ts',
    before: '!addresses.every(isPublicAddress)',
    after: '!addresses.some(isPublicAddress)',
    caughtBy: { file: OUTGOING, test: 'a name is what it stands for' },
  },
  {
    id: 'clear text to the outside',
    removes: 'that what goes out is encrypted',
    file: 'server/outgoing/post.ts',
    before: "if (protocol !== 'https:' && !isInside(hostname, rules)) {",
    after: 'if (false) {',
    caughtBy: { file: OUTGOING, test: 'every way to write the loopback in a URL' },
  },
  {
    id: 'host of a page that is shown',
    removes: 'that citizens are shown pages of the city’s list alone',
    file: 'server/socket/shown-requests.ts',
    before: 'if (hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`))) return',
    after: 'return',
    caughtBy: {
      file: 'server/test/shown.test.ts',
      test: 'only what the contract knows, and only pages that citizens are sent to',
    },
  },
  {
    id: 'secret of the city’s sign-in, printed',
    removes: 'that the start prints no secret of the city’s sign-in',
    file: 'server/config.ts',
    before: 'citySignInSecret: isSet(citySignInSecret),',
    after: 'citySignInSecret,',
    caughtBy: CONFIG,
  },
  {
    id: 'media secret, printed',
    removes: 'that the start prints no media secret',
    file: 'server/config.ts',
    before: "mediaSecret: 'set',",
    after: 'mediaSecret: _secret,',
    caughtBy: CONFIG,
  },
]
