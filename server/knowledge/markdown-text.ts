/** Markdown without its marks: what is searched, and what is said of an article in a line. */
import { lexer, walkTokens, type Token } from 'marked'

export type MarkdownText = {
  /** A paragraph, a heading, or an entry of a list on each line. */
  readonly plain: string
  readonly headings: readonly string[]
}

/** Reads Markdown. HTML in it is text like any other. */
export function textOfMarkdown(markdown: string): MarkdownText {
  const lines: string[] = []
  const headings: string[] = []
  for (const token of lexer(markdown)) readBlock(token, lines, headings)
  return { plain: lines.join('\n'), headings }
}

const FOREIGN: Readonly<Record<string, string>> = { table: 'a table', html: 'HTML', image: 'a picture' }

/** What a kiosk cannot draw of Markdown, and where it begins, in letters. */
export function findForeign(markdown: string): { readonly offset: number; readonly what: string }[] {
  const found: { offset: number; what: string }[] = []
  let offset = 0
  for (const token of lexer(markdown)) {
    const kinds = new Set<string>()
    walkTokens([token], ({ type }) => void kinds.add(type))
    for (const [kind, what] of Object.entries(FOREIGN)) if (kinds.has(kind)) found.push({ offset, what })
    offset += token.raw.length
  }
  return found
}

function readBlock(token: Token, lines: string[], headings: string[]): void {
  switch (token.type) {
    case 'space':
    case 'hr':
      return
    case 'list':
      for (const item of token['items'] as { tokens: Token[] }[]) {
        for (const part of item.tokens) readBlock(part, lines, headings)
      }
      return
    case 'blockquote':
      for (const part of partsOf(token) ?? []) readBlock(part, lines, headings)
      return
    case 'table': {
      const rows = [token['header'], ...(token['rows'] as unknown[])] as { tokens: Token[] }[][]
      for (const cells of rows) lines.push(cells.map((cell) => inlineText(cell.tokens)).join(' · '))
      return
    }
    default: {
      const text = textOf(token)
      if (token.type === 'heading') headings.push(text)
      if (text !== '') lines.push(text)
    }
  }
}

function inlineText(tokens: readonly Token[]): string {
  return tokens.map((token) => (token.type === 'br' ? ' ' : textOf(token))).join('')
}

function textOf(token: Token): string {
  const parts = partsOf(token)
  if (parts !== undefined) return inlineText(parts)
  const text = 'text' in token ? String(token.text) : token.raw
  return text.replaceAll(/\s+/g, ' ')
}

function partsOf(token: Token): readonly Token[] | undefined {
  return 'tokens' in token ? token.tokens : undefined
}
