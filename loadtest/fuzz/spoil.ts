/** One thing wrong with what would otherwise fit: what a fault, a network or a stranger makes of a message. */
import type { JsonSchema } from './fitting.ts'

/** From 0 up to 1, not reaching it. */
export type Draw = () => number

const pick = <T>(draw: Draw, of: readonly T[]): T => of[Math.floor(draw() * of.length)] as T

/** Longer than the longest message taken, which is 64 KiB. */
const OVERSIZE = 70_000
/** As many as blow the stack of whatever follows them down, and still fit into a message. */
const DEEP = 20_000

/** Of the messages that are cut off before their end. */
const CUT_OFF_SHARE = 0.005

const numbers = ['-1', '1e308', '-0', '9007199254740993', '0.5', '2147483648', '1e400', '-9e15', 'NaN']
const texts = [
  '',
  ' ',
  '\0',
  '\ud800',
  '\u202e\u2066',
  '‮x',
  "' or 1=1 --",
  '=1+1',
  '../../etc/passwd',
  '${7*7}',
  '<img src=x>',
]
const others = ['null', '[]', '{}', '[[[]]]', 'true', '"text"', '7', '{"length":1e9}', '{"toString":1}']

/** A value as JSON that is not, or not only, the one at `key`: the rest of the message stays as it is. */
const spoilers: readonly ((draw: Draw, body: Record<string, unknown>, key: string) => string)[] = [
  // One property less, one more, one of another kind.
  (_draw, body, key) => JSON.stringify(Object.fromEntries(Object.entries(body).filter(([name]) => name !== key))),
  (draw, body) =>
    JSON.stringify({ ...body, [pick(draw, ['more', 'role', 'isAdmin', 'agentId', ''])]: pick(draw, [1, 'x', null]) }),
  (draw, body, key) => replaced(body, key, pick(draw, others)),
  (draw, body, key) => replaced(body, key, pick(draw, numbers)),
  (draw, body, key) => replaced(body, key, JSON.stringify(pick(draw, texts))),
  (draw, body, key) =>
    replaced(body, key, JSON.stringify('x'.repeat(draw() < 0.02 ? OVERSIZE : pick(draw, [300, 5_000])))),
  // Names that mean something to the language, at the top and within.
  (draw, body) =>
    `${JSON.stringify(body).slice(0, -1)}${Object.keys(body).length > 0 ? ',' : ''}"${pick(draw, ['__proto__', 'constructor', 'prototype'])}":{"isAdmin":true}}`,
  (_draw, body, key) => replaced(body, key, '{"__proto__":{"role":"supervisor"}}'),
  // Nested without end.
  (draw, body, key) =>
    replaced(
      body,
      key,
      pick(draw, [`${'['.repeat(DEEP)}${']'.repeat(DEEP)}`, `${'{"a":'.repeat(8_000)}1${'}'.repeat(8_000)}`]),
    ),
  // The same name twice: whoever reads it first and whoever reads it last are not to differ.
  (draw, _body, key) => `{"${key}":${pick(draw, others)},"${key}":${pick(draw, others)}}`,
  // No message at all.
  (draw) => pick(draw, others),
]

/** A message of the form of `schema` with one thing wrong, as text, which may be no JSON any more. By chance it may still fit. */
export function spoiled(draw: Draw, body: Record<string, unknown>, schema: JsonSchema): string {
  // Seldom, because it ends the connection, and whatever else is on the way over it.
  if (draw() < CUT_OFF_SHARE) return JSON.stringify(body).slice(0, -1)
  const keys = [...Object.keys(body), ...Object.keys(schema.properties ?? {})]
  return pick(draw, spoilers)(draw, body, keys.length === 0 ? 'x' : pick(draw, keys))
}

function replaced(body: Record<string, unknown>, key: string, json: string): string {
  const rest = Object.entries(body).filter(([name]) => name !== key)
  const parts = rest.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
  return `{${[...parts, `${JSON.stringify(key)}:${json}`].join(',')}}`
}

/** Frames of socket.io that no page sends: `known` are such as pages do send. */
export function strangeText(draw: Draw, known: readonly string[]): string {
  const frame = pick(draw, known)
  const at = Math.floor(draw() * frame.length)
  const letter = String.fromCharCode(Math.floor(draw() * 256))
  return pick(draw, [
    () => frame.slice(0, at),
    () => frame.slice(0, at) + letter + frame.slice(at + 1),
    () => frame.slice(0, at) + frame.slice(at + 1),
    () => frame + frame,
    () =>
      frame.replace(
        /^42/,
        pick(draw, ['4', '40', '41', '43', '44', '45', '46', '49', '0', '1', '2', '3', '5', '6', '7', '']),
      ),
    () => `451000000-${frame.slice(2)}`,
    () => `451-/caller,1["hello",{"_placeholder":true,"num":0}]`,
    () =>
      `42${pick(draw, ['/', '/caller', '/caller,', '/admin,1', '/__proto__,1', ',,', '/caller?x=1,1'])}["hello",{}]`,
    () => `42/caller,${pick(draw, ['99999999999999999999', '-1', '1e9', '00'])}["hello",{}]`,
    () =>
      `42/caller,1[${pick(draw, ['7', 'null', '"disconnect"', '"connect"', '"__proto__"', '"constructor"', '[]', ''])},{}]`,
    () => `43/caller,${Math.floor(draw() * 1_000)}[{"ok":true}]`,
    () =>
      `40/caller,${pick(draw, ['{', 'null', '[]', '7', '{"protocolVersion":2}', '{"protocolVersion":2,"isBeside":true}'])}`,
    () => 'x'.repeat(pick(draw, [0, 1, 500, OVERSIZE])),
    () => `42/caller,1["hello",${'['.repeat(DEEP)}${']'.repeat(DEEP)}]`,
  ])()
}

/** Bytes for `frameOf`: how else a frame may be wrong. */
export function strangeFrame(draw: Draw) {
  return {
    opcode: pick(draw, [0, 1, 1, 1, 1, 2, 3, 7, 8, 9, 10, 11, 15]),
    isFinal: draw() < 0.8,
    isMasked: draw() < 0.9,
    reserved: draw() < 0.9 ? 0 : Math.floor(draw() * 8),
  }
}
