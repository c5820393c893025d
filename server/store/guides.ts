/**
 * Guides that the city has prepared: a folder for each, with a Markdown file for each language and its drawings. Read once,
 * at the start; what cannot be read is named, and the others are there all the same.
 *
 *   # Title
 *   ## First step
 *   ![What is on the drawing](step-1.svg)
 *   What to do.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Ajv } from 'ajv'
import { Guide } from '#server/contract/guides.ts'
import { LANGUAGES } from '#server/contract/ids.ts'

export type Guides = { readonly guides: readonly Guide[]; readonly faults: readonly string[] }

const isGuide = new Ajv().compile<Guide>(Guide)

/** Every guide below `dir`, in the order of their ids and languages. A folder that is not there has none. */
export function readGuides(dir: string): Guides {
  const guides: Guide[] = []
  const faults: string[] = []
  const folders = existsSync(dir) ? readdirSync(dir, { withFileTypes: true }) : []
  for (const { name: guideId } of folders.filter((folder) => folder.isDirectory()).sort(byName)) {
    for (const language of LANGUAGES) {
      const file = join(dir, guideId, `${language}.md`)
      if (!existsSync(file)) continue
      const guide = { guideId, language, ...parsed(readFileSync(file, 'utf8'), guideId) }
      const missing = guide.steps.flatMap(({ picture }) => {
        const drawing = picture === null ? null : join(dir, guideId, basename(picture.urlPath))
        return drawing === null || existsSync(drawing) ? [] : [drawing]
      })
      if (isGuide(guide) && missing.length === 0) guides.push(guide)
      else faults.push(`${file}: ${missing[0] ?? new Ajv().errorsText(isGuide.errors)}`)
    }
  }
  return { guides, faults }
}

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)

const PICTURE = /^!\[([^\]]*)\]\(([^)]+)\)$/

function parsed(text: string, guideId: string) {
  const [head = '', ...parts] = text.split(/^## /m)
  const steps = parts.map((part) => {
    const [title = '', ...lines] = part.split(/\r?\n/)
    const found = lines.map((line) => PICTURE.exec(line.trim())).find((match) => match !== null)
    const [, alt, file] = found ?? []
    const body = lines.filter((line) => !PICTURE.test(line.trim())).join('\n')
    const picture = file === undefined ? null : { urlPath: `/guides/${guideId}/${file}`, alt }
    return { title: title.trim(), body: body.trim(), picture }
  })
  return { title: /^# (.+)$/m.exec(head)?.[1]?.trim() ?? '', steps }
}
