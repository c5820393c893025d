/** Reads a folder of articles: everything that is wrong with any of them at once, or all of them. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Directory } from '../store/directory.ts'
import type { WrittenArticle } from '../store/articles.ts'
import { readArticle } from './article-file.ts'

export type ReadFolder = {
  readonly articles: readonly WrittenArticle[]
  /** As `folder/file.md:3: owner is missing`; with one of these, nothing may be loaded. */
  readonly faults: readonly string[]
}

/** Reads every `.md` below `folder`. Throws what reading files throws. */
export function readArticleFolder(folder: string): ReadFolder {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .toSorted()
    .map((file) => join(folder, file))
  const faults: string[] = []
  const articles = new Map<string, WrittenArticle>()
  for (const file of files) {
    const articleId = basename(file, '.md')
    if (articles.has(articleId)) faults.push(`${file}:1: another file has this name, and the name is the article's id`)
    const read = readArticle(articleId, readFileSync(file, 'utf8'))
    if (read.isRight) articles.set(articleId, read.article)
    else {
      for (const { line, path, sentence } of read.faults) {
        faults.push(`${file}:${line}: ${path === '' ? '' : `${path}: `}${sentence}`)
      }
    }
  }
  if (files.length === 0) faults.push(`${folder}: there is no article in it (.md)`)
  return { articles: [...articles.values()], faults }
}

/** What of these articles does not fit this city, in sentences. */
export function cityFaultsOf(
  articles: readonly WrittenArticle[],
  { serviceIds, matters }: Pick<Directory, 'serviceIds' | 'matters'>,
): string[] {
  const matterIds = new Set(matters.map(({ matterId }) => matterId))
  return articles.flatMap(({ articleId, serviceId, matterIds: named }) => {
    const faults = named
      .filter((matterId) => !matterIds.has(matterId))
      .map((matterId) => `${articleId}.md: matters: the city has no matter ${matterId}`)
    if (serviceId !== null && !serviceIds.has(serviceId)) {
      faults.push(`${articleId}.md: service: the city has no service ${serviceId}`)
    }
    return faults
  })
}
