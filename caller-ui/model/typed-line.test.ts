import t from 'tap'
import { EMPTY_TRANSCRIPT, transcriptAfter } from '#sfu/client/real-time-text/transcript.ts'
import { isTextShown } from './text-shown.ts'
import { erased, typed } from './typed-line.ts'

const line = (text: string, from = text.length, to = from) => ({ text, from, to })

t.test('letters go where the caret is, or in the place of what is marked', async (t) => {
  t.same(typed(line('hj', 1), 'e'), line('hej', 2))
  t.same(typed(line('hallo', 1, 5), 'ej'), line('hej'))
  t.same(typed(line('', 0), '😀'), line('😀', 2))
  const full = line('x'.repeat(500))
  t.same(typed(full, 'y'), full, 'a line has an end')
})

t.test('erasing takes one character with its accents, or what is marked', async (t) => {
  t.same(erased(line('ae\u0301')), line('a'))
  t.same(erased(line('a👩‍👩‍👧b', 9)), line('ab', 1))
  t.same(erased(line('abc', 1, 3)), line('a'))
  t.same(erased(line('abc', 0)), line('abc', 0))
})

t.test('the text line is there for whoever came to write, is written to, or wants it', async (t) => {
  const told = transcriptAfter(EMPTY_TRANSCRIPT, { kind: 'received', participantId: 'agent-1', text: 'h' })
  t.equal(isTextShown(null, 'text', EMPTY_TRANSCRIPT), true)
  t.equal(isTextShown(null, 'video', EMPTY_TRANSCRIPT), false)
  t.equal(isTextShown(null, 'video', told), true)
  t.equal(isTextShown(false, 'text', told), false)
  t.equal(isTextShown(true, null, EMPTY_TRANSCRIPT), true)
})
