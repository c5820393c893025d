import t from 'tap'
import type { CallId } from '#server/contract/ids.ts'
import { captionsAfter, type CaptionLine } from '#server/client/caption-lines.ts'

const said = (byFirstName: string, text: string, isDone = false) => ({
  callId: 'c' as CallId,
  byFirstName,
  text,
  isDone,
})
const after = (...all: ReturnType<typeof said>[]) => all.reduce<readonly CaptionLine[]>(captionsAfter, [])
const texts = (lines: readonly CaptionLine[]) => lines.map(({ by, text }) => `${by}: ${text}`)

t.test('a line grows until it is done, and two stay', async (t) => {
  t.same(texts(after(said('A', 'Du'), said('A', 'Du skal'))), ['A: Du skal'])
  t.same(texts(after(said('A', 'Du', true), said('A', 'skal'))), ['A: Du', 'A: skal'])
  t.same(texts(after(said('A', '1', true), said('A', '2', true), said('A', '3'))), ['A: 2', 'A: 3'])
  t.same(texts(after(said('A', 'Du'), said('A', ''))), [], 'what was taken back is not there')
  t.same(texts(after(said('A', 'Du', true), said('A', ''))), ['A: Du'])
})

t.test('two who type at once have a line each', async (t) => {
  t.same(texts(after(said('A', 'Du'), said('B', 'Waad'), said('A', 'Du skal'))), ['A: Du skal', 'B: Waad'])
})
