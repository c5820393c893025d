/**
 * `npm run city`: a city as one YAML document.
 *   -- export             the document, without what is secret
 *   -- diff FILE          what a document changes, or what is wrong with it; changes nothing
 *   -- import FILE        does it, in one transaction, and keeps who did it (--version V: only if the configuration is still V;
 *                         --keep-waiting: those who wait keep the rules they came under). A running server follows at once.
 *   -- schema             the JSON Schema of a document, for editors
 * Ends with 0 where it could do what was asked, with 1 where the document is wrong or the configuration another one, with 2 where
 * the question is.
 */
import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import type { CityOutcome } from '../contract/admin.ts'
import { changeCity, checkWish, cityNow, CityRefusal } from '../city/city-desk.ts'
import { cityDifferenceLines } from '../city/differences.ts'
import { citySchemaText } from '../city/document.ts'
import type { Database } from '../store/database.ts'
import { answerCommand, inCity, type Answer } from './city-command.ts'

const USAGE = `npm run city -- export         the city as one YAML document
npm run city -- diff FILE      what a document changes, and the version it would change
npm run city -- import FILE    does it (--version V: only from there; --keep-waiting: not for those who wait)
npm run city -- schema         the JSON Schema of a document`

const done = (out: string): Answer => ({ exitCode: 0, out, faults: '' })
const wrong = (faults: string): Answer => ({ exitCode: 1, out: '', faults })
const misasked: Answer = { exitCode: 2, out: '', faults: `${USAGE}\n` }

/** The document of a city, as text. */
export async function exportCity(db: Database): Promise<Answer> {
  return done((await cityNow(db)).text)
}

/** What `file` changes. */
export async function diffCity(db: Database, file: string): Promise<Answer> {
  const outcome = await checkWish(db, { text: readFileSync(file, 'utf8') })
  if (outcome.faults.length > 0) return wrong(faultLines(file, outcome))
  return done(`${differenceLines(outcome)}Version ${outcome.version}.\n`)
}

export type ImportOptions = {
  /** The configuration that was looked at; the one there is, where it is not said. */
  readonly version?: string | undefined
  readonly isForWaiting: boolean
}

/** Makes the city what `file` says, whole or not at all. */
export async function importCity(db: Database, file: string, options: ImportOptions): Promise<Answer> {
  const wish = { text: readFileSync(file, 'utf8') }
  const version = options.version ?? (await checkWish(db, wish)).version
  const by = { id: null, name: userInfo().username, how: 'command' } as const
  try {
    const outcome = await changeCity(db, { version, wish, isForWaiting: options.isForWaiting }, by, Date.now())
    if (outcome.faults.length > 0) return wrong(faultLines(file, outcome))
    if (outcome.changeId === null) return done('The city is so already: nothing was changed.\n')
    return done(`${differenceLines(outcome)}Change ${outcome.changeId} is made. Version ${outcome.version}.\n`)
  } catch (error) {
    if (error instanceof CityRefusal) return wrong(`${error.message}\n`)
    throw error
  }
}

function differenceLines({ differences }: CityOutcome): string {
  if (differences.length === 0) return 'The city is so already.\n'
  return differences
    .flatMap(cityDifferenceLines)
    .map((line) => `${line}\n`)
    .join('')
}

function faultLines(file: string, { faults }: CityOutcome): string {
  return faults
    .map(({ line, path, sentence }) => `${file}:${line}: ${path === '' ? '' : `${path}: `}${sentence}\n`)
    .join('')
}

async function answer(words: readonly string[]): Promise<Answer> {
  const [task, ...rest] = words
  if (task === 'schema' && rest.length === 0) return done(citySchemaText())
  if (task === 'export' && rest.length === 0) return await inCity(exportCity)
  const [file] = rest
  if (file === undefined) return misasked
  if (task === 'diff' && rest.length === 1) return await inCity((db) => diffCity(db, file))
  if (task !== 'import') return misasked
  const options = rest.slice(1).filter((word) => word !== '--keep-waiting')
  const isForWaiting = options.length === rest.length - 1
  const version = options[0] === '--version' ? options[1] : undefined
  if (options.length !== (version === undefined ? 0 : 2)) return misasked
  return await inCity((db) => importCity(db, file, { version, isForWaiting }))
}

if (import.meta.main) await answerCommand(answer)
