import fc from 'fast-check'
import t from 'tap'
import { Composer, LINE_LENGTH_MAX, deltaOf } from '#sfu/client/real-time-text/composer.ts'
import { graphemesOf } from '#sfu/client/real-time-text/graphemes.ts'
import { stepsOf } from '#sfu/client/real-time-text/t140.ts'
import {
  EMPTY_TRANSCRIPT,
  transcriptAfter,
  type TextEvent,
  type Transcript,
} from '#sfu/client/real-time-text/transcript.ts'

const from = 'agent-1'
const received = (text: string, participantId = from): TextEvent => ({ kind: 'received', participantId, text })
const lost: TextEvent = { kind: 'lost', participantId: from }
const after = (...events: TextEvent[]): Transcript => events.reduce(transcriptAfter, EMPTY_TRANSCRIPT)
const shown = ({ lines }: Transcript): string[] => lines.map(({ text, isDone }) => (isDone ? `${text}⏎` : text))

/** What somebody types: letters of several scripts, with marks and emoji that belong together. */
const typed = fc.array(
  fc.oneof(
    fc.constantFrom('a', 'æ', 'e\u0301', 'س', 'لَ', 'ش', 'ğ', 'ї', '👩‍👩‍👧', '🇩🇰', '🇵🇱', '👍🏽', '\u0301', '\u200d', ' '),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }),
  ),
  { maxLength: 12 },
)
const line = typed.map((parts) => {
  const composer = new Composer()
  // As the composer takes it: without what is no text.
  composer.write(parts.join(''))
  return composer.take(1e6)
})

t.test('what is typed arrives as it was typed, whatever was written over', async (t) => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), fc.integer({ min: 4, max: 40 }), (lines, bytesMax) => {
      const composer = new Composer()
      let transcript = EMPTY_TRANSCRIPT
      for (const current of lines) {
        composer.write(current)
        while (composer.hasMore) transcript = transcriptAfter(transcript, received(composer.take(bytesMax)))
        t.equal(transcript.lines.at(-1)?.text ?? '', current)
      }
    }),
  )
})

t.test('however the messages are cut, the transcript is the same', async () => {
  const stream = fc.array(
    fc.oneof(
      line,
      fc.constantFrom('\b', '\b\b', '\u2028', '\r\n', '\r', '\u001B[31m', '\u0098x\u009C', '\uFEFF', '\uFFFD'),
    ),
  )
  fc.assert(
    fc.property(stream, fc.integer({ min: 1, max: 7 }), (parts, size) => {
      const text = parts.join('')
      const characters = [...text]
      const pieces: string[] = []
      while (characters.length > 0) pieces.push(characters.splice(0, size).join(''))
      const [whole, cut] = [after(received(text)), after(...pieces.map((piece) => received(piece)))]
      if (JSON.stringify(shown(whole)) !== JSON.stringify(shown(cut))) throw new Error('they differ')
    }),
  )
})

t.test('nothing that can arrive breaks it, or fills the memory', async () => {
  const anything = fc.string({ unit: 'binary', maxLength: 300 })
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 20 }), (messages) => {
      const { lines } = after(...messages.map((message) => received(message)))
      // oxlint-disable-next-line no-control-regex -- None of these may be left.
      if (lines.some(({ text }) => /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/.test(text))) throw new Error('control')
    }),
  )
  let transcript = EMPTY_TRANSCRIPT
  for (let n = 0; n < 2_000; n += 1) transcript = transcriptAfter(transcript, received(`${'x'.repeat(1_000)}\u2028`))
  t.ok(transcript.lines.length <= 400)
})

t.test('erasing takes characters as people see them, and goes over line ends', async (t) => {
  t.same(shown(after(received('gå👩‍👩‍👧'), received('\b'))), ['gå'])
  t.same(shown(after(received('ge\u0301\b'))), ['g'])
  t.same(shown(after(received('en\u2028to'), received('\b\b'), received('\b'), received('s'))), ['ens'])
  t.same(shown(after(received('\b\b\b'), received('a'))), ['a'])
  t.equal(deltaOf('hallo', 'hej'), '\b\b\b\bej')
  t.equal(deltaOf('🇩🇰', '🇩🇪'), '\b🇩🇪')
})

t.test('CR LF is one line end, also in two messages; marks and colours are no text', async (t) => {
  t.same(shown(after(received('a\r'), received('\nb'))), ['a⏎', 'b'])
  t.same(shown(after(received('\uFEFFa\u0007\u001B[1'), received(';31mb\u009B0mc'))), ['abc'])
  t.same(shown(after(received('a\u0098secret'), received('\u009Cb'))), ['ab'])
  t.same(shown(after(received('a\u0098never ended\u2028b'))), ['ab'])
  t.same(stepsOf('', 'return').pending, 'return')
})

t.test('a loss is shown once where it was, and is never erased', async (t) => {
  t.same(shown(after(received('abc'), lost, lost, received('de'))), ['abc\uFFFDde'])
  t.same(shown(after(received('abc'), lost, received('de\b\b\b\b'))), ['abc\uFFFD'])
  t.same(shown(after(received('abc\uFFFD\u0301\b'))), ['abc\uFFFD'])
  t.same(shown(after(lost)), ['\uFFFD'])
})

t.test('several write at once, each on lines of their own; mine are there when they are done', async (t) => {
  const transcript = after(
    received('god'),
    received('hello', 'agent-2'),
    received(' dag\u2028'),
    { kind: 'own-line', text: 'hej' },
    received('!', 'agent-2'),
  )
  t.same(
    transcript.lines.map((each) => [each.from, each.text, each.isDone]),
    [
      ['agent-1', 'god dag', true],
      ['agent-2', 'hello!', false],
      ['own', 'hej', true],
    ],
  )
  t.equal(new Set(transcript.lines.map(({ id }) => id)).size, 3)
})

t.test('the composer says the least there is to say, in pieces that fit', async (t) => {
  const composer = new Composer()
  t.equal(composer.hasMore, false)
  composer.write('hej')
  composer.write('hej med dig')
  composer.write('hej')
  t.equal(composer.take(100), 'hej')
  composer.finish()
  composer.write('🎉🎉')
  t.equal(composer.take(100), '\u2028🎉🎉')
  composer.write('')
  composer.write('øl')
  t.equal(composer.take(4), '\b\bø')
  t.equal(composer.take(4), 'l')
  t.equal(composer.take(4), '')
  composer.write(`\u0000\u2028${'y'.repeat(600)}`)
  t.equal(composer.take(10_000).replace(/\b/g, '').length, LINE_LENGTH_MAX + 2)
  composer.write('secret')
  composer.forget()
  t.equal(composer.hasMore, false)
})

t.test('graphemes joined are the text', async () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => graphemesOf(text).join('') === text))
})
