/**
 * What is shown, cut into blocks in the order in which it is read. The kiosk and the desk draw the same blocks, so that a
 * hand that points at one points at the same words on both. Of Markdown only what can be drawn as text is understood:
 * nothing in it becomes markup, loads anything or opens anything.
 */
import type { ShownWords } from '#server/contract/shown.ts'

export type Span = { readonly text: string; readonly look: 'plain' | 'strong' | 'emphasis' }

export type Block =
  | { readonly kind: 'title' | 'heading' | 'paragraph'; readonly spans: readonly Span[] }
  /** `ordinal`: its number in a list that counts, null in one that does not. */
  | { readonly kind: 'item'; readonly ordinal: number | null; readonly spans: readonly Span[] }
  /** A web address or a phone number as words; `href` is what a phone of one's own opens. */
  | { readonly kind: 'address'; readonly text: string; readonly href: string }
  /** The same as a code to be read by a phone. */
  | { readonly kind: 'code'; readonly text: string }
  /** A drawing that the server serves. */
  | { readonly kind: 'picture'; readonly urlPath: string; readonly alt: string }

/** What a place can name (see `ShownPlace`). */
const BLOCKS_MAX = 1_000

/** The blocks of `shown`: its title first. */
export function blocksOf(shown: ShownWords): Block[] {
  if (shown.kind === 'text' || shown.kind === 'guide-step') {
    const picture =
      shown.kind === 'text' || shown.picture === null ? [] : [{ kind: 'picture' as const, ...shown.picture }]
    return [titled(shown.title), ...picture, ...markdownBlocks(shown.body)].slice(0, BLOCKS_MAX)
  }
  if (shown.kind === 'page') {
    const text = shown.url.replace(/^https:\/\/(?:www\.)?/, '').replace(/\/$/, '')
    return [titled(shown.title), { kind: 'address', text, href: shown.url }, { kind: 'code', text: shown.url }]
  }
  const href = `tel:${shown.number.replaceAll(' ', '')}`
  return [titled(shown.label), { kind: 'address', text: shown.number, href }, { kind: 'code', text: href }]
}

/** What somebody who listens is told that it is. */
export const titleOf = (shown: ShownWords): string => (shown.kind === 'phone' ? shown.label : shown.title)

const titled = (title: string): Block => ({ kind: 'title', spans: [{ text: title, look: 'plain' }] })

const HEADING = /^ {0,3}#{1,6}\s+(.*?)\s*#*$/
const ITEM = /^ {0,6}(?:[-*+]|(\d{1,3})[.)])\s+(.*)$/
const RULE = /^ {0,3}(?:[-*_]\s*){3,}$/
const QUOTE = /^ {0,3}>\s?/

/** Paragraphs, headings and list items; a line that begins none of them goes on with the one before. */
function markdownBlocks(body: string): Block[] {
  const blocks: Block[] = []
  let open: { kind: 'paragraph' | 'item'; ordinal: number | null; lines: string[] } | null = null
  const end = () => {
    if (open === null) return
    const spans = spansOf(open.lines.join(' '))
    blocks.push(open.kind === 'item' ? { kind: 'item', ordinal: open.ordinal, spans } : { kind: 'paragraph', spans })
    open = null
  }
  for (const line of body.split(/\r?\n/)) {
    const text = line.replace(QUOTE, '')
    const [, heading] = HEADING.exec(text) ?? []
    const [item, number, words = ''] = ITEM.exec(text) ?? []
    if (heading !== undefined) {
      end()
      blocks.push({ kind: 'heading', spans: spansOf(heading) })
    } else if (text.trim() === '' || RULE.test(text)) end()
    else if (item !== undefined) {
      end()
      open = { kind: 'item', ordinal: number === undefined ? null : Number(number), lines: [words] }
    } else if (open === null) open = { kind: 'paragraph', ordinal: null, lines: [text.trim()] }
    else (open as { lines: string[] }).lines.push(text.trim())
  }
  end()
  return blocks
}

const MARKS = [
  /\\([\\`*_[\]()#+.!>-])/,
  /\*\*([^*]+)\*\*/,
  /(?<![\p{L}\p{N}])__([^_]+)__(?![\p{L}\p{N}])/u,
  /\*([^*\s](?:[^*]*[^*\s])?)\*/,
  /(?<![\p{L}\p{N}])_([^_]+)_(?![\p{L}\p{N}])/u,
  /`([^`]+)`/,
  /!?\[([^\]]*)\]\(([^()\s]*)(?:\s[^()]*)?\)/,
]
const MARK = new RegExp(MARKS.map(({ source }) => source).join('|'), 'gu')

/** The words of a line. A link is its words and its address, for there is nothing to press. */
function spansOf(line: string): Span[] {
  const spans: Span[] = []
  let from = 0
  const plain = (text: string) => text !== '' && spans.push({ text, look: 'plain' })
  for (const found of line.matchAll(MARK)) {
    plain(line.slice(from, found.index))
    from = found.index + found[0].length
    const [, escaped, strong, strongToo, emphasis, emphasisToo, code, words, address = ''] = found
    const loud = strong ?? strongToo
    const soft = emphasis ?? emphasisToo
    if (loud !== undefined) spans.push({ text: loud, look: 'strong' })
    else if (soft !== undefined) spans.push({ text: soft, look: 'emphasis' })
    else plain(escaped ?? code ?? linkWords(words ?? '', address))
  }
  plain(line.slice(from))
  return spans
}

function linkWords(words: string, address: string): string {
  const isTold = /^(?:https?:\/\/|tel:|mailto:)/.test(address)
  const bare = address.replace(/^(?:https?:\/\/(?:www\.)?|tel:|mailto:)/, '').replace(/\/$/, '')
  return !isTold || words.includes(bare) ? words : `${words} (${bare})`
}
