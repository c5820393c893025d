/**
 * `npm run knowledge`: the articles that agents look up.
 *   -- check FOLDER   whether all articles of a folder are right; needs no city
 *   -- load FOLDER    checks them against the city and makes them the articles there are, and says what that changes
 *   -- show           the articles that are loaded
 * Ends with 0 where it could do what was asked, with 1 where an article is wrong, with 2 where the question is.
 */
import { cityFaultsOf, readArticleFolder } from '../knowledge/article-folder.ts'
import { keepArticles, loadedArticles } from '../store/articles.ts'
import type { Database } from '../store/database.ts'
import { loadDirectory } from '../store/directory.ts'
import { answerCommand, inCity, type Answer } from './city-command.ts'

const USAGE = `npm run knowledge -- check FOLDER   whether the articles of a folder are right
npm run knowledge -- load FOLDER    checks them against the city and loads them: what is not among them is taken away
npm run knowledge -- show           the articles that are loaded`

const done = (out: string): Answer => ({ exitCode: 0, out, faults: '' })
const wrong = (faults: readonly string[]): Answer => {
  return { exitCode: 1, out: '', faults: faults.map((fault) => `${fault}\n`).join('') }
}

/** Whether the articles of `folder` are right, without a city. Throws what reading files throws. */
export function checkArticles(folder: string): Answer {
  const { articles, faults } = readArticleFolder(folder)
  return faults.length > 0 ? wrong(faults) : done(`${articles.length} articles are right.\n`)
}

/** Loads the articles of `folder`. Whole or not at all; a running server finds them at once. */
export async function loadArticles(db: Database, folder: string): Promise<Answer> {
  const { articles, faults } = readArticleFolder(folder)
  if (faults.length > 0) return wrong(faults)
  const ofCity = cityFaultsOf(articles, await loadDirectory(db))
  if (ofCity.length > 0) return wrong(ofCity)
  const { come, changed, gone } = await keepArticles(db, articles, Date.now())
  const lines = [
    ...come.map((articleId) => `new: ${articleId}\n`),
    ...changed.map((articleId) => `changed: ${articleId}\n`),
    ...gone.map((articleId) => `gone: ${articleId}\n`),
  ]
  return done(
    `${lines.length === 0 ? 'Nothing has changed.\n' : lines.join('')}${articles.length} articles are loaded.\n`,
  )
}

/** The loaded articles, one a line. */
export async function showArticles(db: Database): Promise<Answer> {
  const articles = await loadedArticles(db)
  const lines = articles
    .toSorted((a, b) => (a.articleId < b.articleId ? -1 : 1))
    .map(({ articleId, version, language, serviceId, validFrom, validUntil, owner, lastChecked, title }) =>
      [
        `${articleId} (version ${version}, ${language}, ${serviceId ?? 'all services'}): ${title}`,
        `  valid from ${validFrom}${validUntil === null ? '' : ` until ${validUntil}`}, checked ${lastChecked}, owner ${owner}\n`,
      ].join('\n'),
    )
  return done(lines.length === 0 ? 'There are no articles.\n' : lines.join(''))
}

async function answer([task, folder, ...rest]: readonly string[]): Promise<Answer> {
  if (task === 'check' && folder !== undefined && rest.length === 0) return checkArticles(folder)
  if (task === 'load' && folder !== undefined && rest.length === 0) {
    return await inCity((db) => loadArticles(db, folder))
  }
  if (task === 'show' && folder === undefined) return await inCity(showArticles)
  return { exitCode: 2, out: '', faults: `${USAGE}\n` }
}

if (import.meta.main) await answerCommand(answer)
