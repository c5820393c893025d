/**
 * `npm run record-prompts -- --language da --out DIR [--voice NAME] [--only KEY,KEY] [--words FILE]`
 *
 * Says every prompt of a language with espeak-ng and packs it with opusenc, as `DIR/<language>/<key>.opus`, and writes
 * what there is into `DIR/manifest.json`. A stand-in until people have read the same texts. `--voice`: one of espeak-ng
 * instead of the language's own. `--only`: these alone. `--words`: a file with a text on each line that stands in no
 * catalogue, such as the city's matters. Ends with 0 where all was recorded, with 1 where a tool is missing or fails,
 * with 2 where the question is wrong.
 */
import { execFile, spawnSync } from 'node:child_process'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { LANGUAGES, type Language } from '#server/contract/ids.ts'
import { readCatalogue } from '../text/read-catalogue.ts'
import { ownKey, plain, promptsOf, type Prompt } from './prompts.ts'

const run = promisify(execFile)

/** Each tool, and the Debian package that brings it. */
const TOOLS = { 'espeak-ng': 'espeak-ng', opusenc: 'opus-tools' } as const

/** For speech at 24 kbit/s Opus is not told from more. A little slower than espeak-ng's own 175 words a minute. */
const KBIT_PER_S = '24'
const WORDS_PER_MINUTE = '150'

/** What is wrong, for whoever asked; `exitCode` as above. */
class Fault extends Error {
  readonly exitCode: 1 | 2
  constructor(exitCode: 1 | 2, words: string) {
    super(words)
    this.exitCode = exitCode
  }
}

type Wish = {
  readonly language: Language
  readonly outDir: string
  readonly voice: string
  readonly only: ReadonlySet<string> | null
  readonly wordsFile: string | null
}

function readWish(args: readonly string[]): Wish {
  const text = { type: 'string' } as const
  const options = { language: text, out: text, voice: text, only: text, words: text }
  let values: { [K in keyof typeof options]?: string | undefined }
  try {
    ;({ values } = parseArgs({ args: [...args], options }))
  } catch (error) {
    throw new Fault(2, error instanceof Error ? error.message : String(error))
  }
  const language = LANGUAGES.find((each) => each === values.language)
  if (language === undefined) throw new Fault(2, `--language is one of ${LANGUAGES.join(', ')}.`)
  if (values.out === undefined) throw new Fault(2, '--out is the folder that the recordings go to.')
  return {
    language,
    outDir: values.out,
    voice: values.voice ?? language,
    only: values.only === undefined ? null : new Set(values.only.split(',')),
    wordsFile: values.words ?? null,
  }
}

/** Throws, with the sentence that says what to install, where a tool cannot be started. */
function checkTools(): void {
  const missing = Object.entries(TOOLS).filter(([tool]) => spawnSync(tool, ['--version']).error !== undefined)
  const said = missing.map(([tool, name]) => `${tool} is not installed here (Debian package ${name}).`)
  if (said.length > 0) throw new Fault(1, `${said.join(' ')} Nothing was recorded.`)
}

async function wantedPrompts({ language, only, wordsFile }: Wish): Promise<Prompt[]> {
  const { messages, say } = await readCatalogue(language)
  const lines = wordsFile === null ? [] : (await readFile(wordsFile, 'utf8')).split('\n').map(plain)
  const own = lines.filter((words) => words !== '').map((words) => ({ key: ownKey(words), words }))
  const all = [...promptsOf(messages, say), ...own]
  const unknown = [...(only ?? [])].filter((wanted) => !all.some(({ key }) => key === wanted))
  if (unknown.length > 0) throw new Fault(2, `There is no prompt ${unknown.join(', ')}.`)
  return all.filter(({ key }) => only === null || only.has(key))
}

/** One recording. The words go in by standard input, so that none of them is taken for an option. */
async function record({ key, words }: Prompt, voice: string, dir: string): Promise<void> {
  const wav = join(dir, `${key}.part.wav`)
  try {
    const espeak = run('espeak-ng', ['-v', voice, '-s', WORDS_PER_MINUTE, '-w', wav, '--stdin'])
    espeak.child.stdin?.end(words)
    await espeak
    await run('opusenc', ['--quiet', '--bitrate', KBIT_PER_S, wav, join(dir, `${key}.opus`)])
  } catch (error) {
    throw new Fault(1, `${key} was not recorded: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    await rm(wav, { force: true })
  }
}

/** What is in the folders, whoever recorded it. */
async function writeManifest(outDir: string): Promise<void> {
  const manifest: Record<string, string[]> = {}
  for (const language of LANGUAGES) {
    const names = await readdir(join(outDir, language)).catch(() => [])
    const files = names.filter((name) => /\.(opus|wav)$/.test(name) && !name.endsWith('.part.wav')).toSorted()
    if (files.length > 0) manifest[language] = files
  }
  await writeFile(join(outDir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

async function recordAll(wish: Wish): Promise<number> {
  checkTools()
  const prompts = await wantedPrompts(wish)
  const dir = join(wish.outDir, wish.language)
  await mkdir(dir, { recursive: true })
  const left = [...prompts]
  const work = async (): Promise<void> => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) await record(next, wish.voice, dir)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  await writeManifest(wish.outDir)
  return prompts.length
}

try {
  const wish = readWish(process.argv.slice(2))
  const count = await recordAll(wish)
  process.stdout.write(`${count} prompts in ${wish.language} are in ${wish.outDir}.\n`)
} catch (error) {
  if (!(error instanceof Fault)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = error.exitCode
}
