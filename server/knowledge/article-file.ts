/** Reads one article as its author wrote it: a Markdown file that begins with what is to be known of it, between two lines of `---`. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { Type, type Static } from 'typebox'
import { LineCounter, parseDocument } from 'yaml'
import { LANGUAGES } from '#server/contract/ids.ts'
import { ARTICLE_BODY_LENGTH_MAX, ARTICLE_TITLE_LENGTH_MAX } from '#server/contract/knowledge.ts'
import { locatorOf, pathOfError, sentenceOfError, type PolicyFault } from '../policy/faults.ts'
import { DateText, Name } from '../policy/forms.ts'
import type { WrittenArticle } from '../store/articles.ts'
import { findForeign, textOfMarkdown } from './markdown-text.ts'

const Words = (maxLength: number) => Type.String({ minLength: 1, maxLength })

const FrontMatter = Type.Object(
  {
    title: Words(ARTICLE_TITLE_LENGTH_MAX),
    /** As the policy names it; without, the article belongs to all services. */
    service: Type.Optional(Name()),
    /** Those it is suggested for. */
    matters: Type.Optional(Type.Array(Name(), { maxItems: 20, uniqueItems: true })),
    language: Type.Enum([...LANGUAGES]),
    keywords: Type.Optional(Type.Array(Words(60), { maxItems: 40, uniqueItems: true })),
    validFrom: DateText(),
    /** The last day. */
    validUntil: Type.Optional(DateText()),
    owner: Words(80),
    lastChecked: DateText(),
  },
  { additionalProperties: false },
)

export type ReadArticle =
  | { readonly isRight: true; readonly article: WrittenArticle }
  /** In the order of the text; at least one. */
  | { readonly isRight: false; readonly faults: readonly PolicyFault[] }

const isFrontMatter = new Ajv2020({ strict: true, allErrors: true, verbose: true }).compile<Static<typeof FrontMatter>>(
  FrontMatter,
)
const ID = /^(?=.{1,64}$)[a-z0-9]+(?:[.-][a-z0-9]+)*$/
/** A line of `---`, what is to be known, a line of `---`, and the rest. */
const PARTS = /^---\r?\n([\s\S]*?\r?\n)?---[ \t]*(?:\r?\n|$)([\s\S]*)$/

/** Reads `text`, whose file is called `<articleId>.md`. Gives the article, or all faults that could be told apart. Throws nothing. */
export function readArticle(articleId: string, text: string): ReadArticle {
  const ofWhole = (sentence: string) => refuse([{ line: 1, path: '', sentence }])
  if (!ID.test(articleId)) {
    return ofWhole('the name of the file must be lower-case letters and digits with hyphens or dots between')
  }
  const parts = PARTS.exec(text)
  if (parts === null) return ofWhole('must begin with what is to be known of the article, between two lines of ---')
  const [, front = '', body = ''] = parts
  const lines = new LineCounter()
  const parsed = parseDocument(front, { lineCounter: lines, prettyErrors: false })
  const ofYaml = [...parsed.errors, ...parsed.warnings].map(({ pos, message }) => {
    return { line: 1 + Math.max(1, lines.linePos(pos[0]).line), path: '', sentence: message }
  })
  if (ofYaml.length > 0) return refuse(ofYaml)
  const locator = locatorOf(parsed, lines)
  // The line of --- stands above it.
  const fault = (path: readonly (string | number)[], sentence: string) => {
    const found = locator.fault(path, sentence)
    return { ...found, line: found.line + 1 }
  }
  let content: unknown
  try {
    content = parsed.toJS()
  } catch (error) {
    return refuse([fault([], error instanceof Error ? error.message : String(error))])
  }
  if (!isFrontMatter(content)) {
    return refuse((isFrontMatter.errors ?? []).map((error) => fault(pathOfError(error), sentenceOfError(error))))
  }
  const faults = [...dayFaults(content, fault), ...bodyFaults(body, text)]
  return faults.length > 0 ? refuse(faults) : { isRight: true, article: articleOf(articleId, content, body) }
}

type Known = Static<typeof FrontMatter>

function dayFaults(known: Known, fault: (path: string[], sentence: string) => PolicyFault): PolicyFault[] {
  const faults: PolicyFault[] = []
  for (const key of ['validFrom', 'validUntil', 'lastChecked'] as const) {
    const day = known[key]
    if (day !== undefined && !isDay(day)) faults.push(fault([key], `there is no ${day}`))
  }
  if (known.validUntil !== undefined && known.validUntil < known.validFrom) {
    faults.push(fault(['validUntil'], 'is before validFrom'))
  }
  return faults
}

function bodyFaults(body: string, text: string): PolicyFault[] {
  const firstLine = text.slice(0, text.length - body.length).split('\n').length
  const fault = (line: number, sentence: string): PolicyFault => ({ line, path: '', sentence })
  if (body.trim() === '') return [fault(firstLine, 'there is no text below it')]
  const faults = findForeign(body).map(({ offset, what }) => {
    const line = firstLine + body.slice(0, offset).split('\n').length - 1
    return fault(line, `${what} cannot be shown on a screen: say it in words`)
  })
  if (body.trim().length <= ARTICLE_BODY_LENGTH_MAX) return faults
  return [...faults, fault(firstLine, `the text is longer than ${ARTICLE_BODY_LENGTH_MAX} letters: make two of it`)]
}

function isDay(day: string): boolean {
  try {
    Temporal.PlainDate.from(day)
    return true
  } catch {
    return false
  }
}

function articleOf(articleId: string, known: Known, text: string): WrittenArticle {
  const body = text.trim()
  return {
    articleId,
    title: known.title,
    serviceId: known.service ?? null,
    matterIds: known.matters ?? [],
    language: known.language,
    keywords: known.keywords ?? [],
    body,
    ...textOfMarkdown(body),
    validFrom: known.validFrom,
    validUntil: known.validUntil ?? null,
    owner: known.owner,
    lastChecked: known.lastChecked,
  }
}

function refuse(faults: readonly PolicyFault[]): ReadArticle {
  return { isRight: false, faults: faults.toSorted((a, b) => a.line - b.line) }
}
