/** What is shown as blocks: Markdown becomes words and nothing else. */
import t from 'tap'
import type { Shown, ShownId } from '../../contract/shown.ts'
import { blocksOf, type Block } from '../shown-blocks.ts'

const shownId = '00000000-0000-4000-8000-000000000001' as ShownId
const text = (body: string) => blocksOf({ kind: 'text', shownId, language: 'da', title: 'Pas', body }).slice(1)
const plain = (text: string) => ({ text, look: 'plain' })
/** Kind and words, for what the looks of the words do not matter to. */
const brief = (blocks: readonly Block[]) =>
  blocks.map((block) => `${block.kind} ${'spans' in block ? block.spans.map(({ text }) => text).join('|') : ''}`)

t.test('paragraphs, headings and lists', async (t) => {
  const body =
    '## Sådan ##\nTag et billede\naf passet.\n\n1. Åbn\n   MitID\n2) Vent\n\n- [ ] Foto\n* Pung\n\n---\n> Godt råd'
  t.same(brief(text(body)), [
    'heading Sådan',
    'paragraph Tag et billede af passet.',
    'item Åbn MitID',
    'item Vent',
    'item [ ] Foto',
    'item Pung',
    'paragraph Godt råd',
  ])
  t.same(
    text(body).flatMap((block) => (block.kind === 'item' ? [block.ordinal] : [])),
    [1, 2, null, null],
  )
  t.same(text(''), [])
  t.same(brief(blocksOf({ kind: 'text', shownId, language: 'da', title: 'Pas', body: '' })), ['title Pas'])
})

t.test('loud and soft words, and signs that mean themselves', async (t) => {
  const spansOf = (line: string) => text(line).flatMap((block) => ('spans' in block ? block.spans : []))
  t.same(spansOf('Husk **billede** og _pung_, *ikke* __mere__'), [
    plain('Husk '),
    { text: 'billede', look: 'strong' },
    plain(' og '),
    { text: 'pung', look: 'emphasis' },
    plain(', '),
    { text: 'ikke', look: 'emphasis' },
    plain(' '),
    { text: 'mere', look: 'strong' },
  ])
  t.same(
    spansOf('3 * 4 * 5 og et_langt_navn og \\*stjerne\\*')
      .map(({ text }) => text)
      .join(''),
    '3 * 4 * 5 og et_langt_navn og *stjerne*',
  )
  t.same(spansOf('`kode` **åben'), [plain('kode'), plain(' **åben')])
})

t.test('a link is its words and its address; nothing is opened, loaded or run', async (t) => {
  const said = (line: string) => brief(text(line)).join('').replace('paragraph ', '').replaceAll('|', '')
  t.equal(said('Se [pas](https://www.borger.dk/pas/).'), 'Se pas (borger.dk/pas).')
  t.equal(said('[borger.dk](https://borger.dk)'), 'borger.dk')
  t.equal(said('[her](javascript:alert(1))'), '[her](javascript:alert(1))')
  t.equal(said('![Et pas](https://example.com/x.png "t")'), 'Et pas (example.com/x.png)')
  t.equal(said('<img src=x onerror=alert(1)> <script>'), '<img src=x onerror=alert(1)> <script>')
})

t.test('a page and a phone number are words and a code', async (t) => {
  const page: Shown = { kind: 'page', shownId, language: 'da', title: 'Pas', url: 'https://www.borger.dk/pas?x=1' }
  t.same(blocksOf(page).slice(1), [
    { kind: 'address', text: 'borger.dk/pas?x=1', href: page.url },
    { kind: 'code', text: page.url },
  ])
  const phone: Shown = { kind: 'phone', shownId, language: 'da', label: 'Skat', number: '+45 72 22 18 18' }
  t.match(blocksOf(phone)[1], { text: '+45 72 22 18 18', href: 'tel:+4572221818' })
})

t.test('the worst that fits is read in no time', async (t) => {
  for (const bad of ['*a', '_a', '[a', '![](', '**', '`a', '> - ', '\\', '1. ']) {
    const startedAt = performance.now()
    t.ok(text(bad.repeat(8_000 / bad.length)).length <= 1_000)
    t.ok(performance.now() - startedAt < 300, `${bad}: ${performance.now() - startedAt} ms`)
  }
  t.equal(blocksOf({ kind: 'text', shownId, language: 'da', title: 'Pas', body: '- a\n'.repeat(2_000) }).length, 1_000)
})
