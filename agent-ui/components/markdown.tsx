/** Draws Markdown as elements of the page. Nothing in it becomes markup by itself: HTML is text, and only safe addresses are links. */
import type { JSX } from 'preact'
import { Fragment } from 'preact'
import { lexer, type Token, type Tokens } from 'marked'

/** A piece of an article under its heading; `heading` is null for what stands before the first. */
export interface Section {
  readonly heading: string | null
  readonly tokens: readonly Token[]
  /** Its Markdown, the heading with it. */
  readonly markdown: string
}

/** An article cut at its headings. */
export function sectionsOf(markdown: string): Section[] {
  const sections: { heading: string | null; tokens: Token[]; markdown: string }[] = []
  for (const token of lexer(markdown)) {
    const isHeading = token.type === 'heading'
    if (isHeading || sections.length === 0) {
      sections.push({ heading: isHeading ? plainText(token) : null, tokens: [], markdown: '' })
    }
    const section = sections.at(-1)
    if (section === undefined) continue
    if (!isHeading) section.tokens.push(token)
    section.markdown += token.raw
  }
  return sections.filter(({ markdown: text }) => text.trim() !== '')
}

/** What stands between two headings. */
export function Blocks({ tokens }: { tokens: readonly Token[] }): JSX.Element {
  return (
    <>
      {tokens.map((token, at) => (
        <Fragment key={at}>{block(token)}</Fragment>
      ))}
    </>
  )
}

function block(token: Token): JSX.Element | string | null {
  switch (token.type) {
    case 'space':
    case 'def':
      return null
    case 'hr':
      return <hr />
    case 'list':
      return list(token as Tokens.List)
    case 'blockquote':
      return (
        <blockquote>
          <Blocks tokens={partsOf(token)} />
        </blockquote>
      )
    case 'code':
      return <pre>{(token as Tokens.Code).text}</pre>
    case 'text':
      // In a list without empty lines the text is no paragraph.
      return <Spans tokens={partsOf(token)} />
    default:
      return (
        <p>
          <Spans tokens={partsOf(token)} />
        </p>
      )
  }
}

function list({ ordered, start, items }: Tokens.List): JSX.Element {
  const entries = items.map((item, at) => (
    <li key={at}>
      <Blocks tokens={item.tokens} />
    </li>
  ))
  return ordered ? <ol start={start === '' ? 1 : start}>{entries}</ol> : <ul>{entries}</ul>
}

function Spans({ tokens }: { tokens: readonly Token[] }): JSX.Element {
  return (
    <>
      {tokens.map((token, at) => (
        <Fragment key={at}>{span(token)}</Fragment>
      ))}
    </>
  )
}

function span(token: Token): JSX.Element | string {
  switch (token.type) {
    case 'strong':
      return (
        <strong>
          <Spans tokens={partsOf(token)} />
        </strong>
      )
    case 'em':
      return (
        <em>
          <Spans tokens={partsOf(token)} />
        </em>
      )
    case 'br':
      return <br />
    case 'codespan':
      return <code>{plainText(token)}</code>
    case 'link':
      return link(token as Tokens.Link)
    default:
      return 'tokens' in token && token.tokens !== undefined ? <Spans tokens={token.tokens} /> : plainText(token)
  }
}

/** Opens beside the desk, which must not be left during a call; other addresses than these are their words. */
function link({ href, tokens }: Tokens.Link): JSX.Element {
  if (!/^(?:https:\/\/|mailto:|tel:)/i.test(href)) return <Spans tokens={tokens} />
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      <Spans tokens={tokens} />
    </a>
  )
}

/** What a token holds; one that holds nothing is its own text. */
function partsOf(token: Token): readonly Token[] {
  if ('tokens' in token && token.tokens !== undefined) return token.tokens
  return [{ type: 'text', raw: token.raw, text: plainText(token) } as Tokens.Text]
}

function plainText(token: Token): string {
  if ('tokens' in token && token.tokens !== undefined) return token.tokens.map(plainText).join('')
  return 'text' in token ? String(token.text) : token.raw
}
