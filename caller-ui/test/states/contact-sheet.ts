/**
 * `node caller-ui/test/states/contact-sheet.ts FOLDER`: all pictures that `SKRANKE_TEST_SHOTS=FOLDER` left there, on one page
 * (FOLDER/contact-sheet.html) and as pictures of that page, one for each orientation and language.
 */
import { readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { launchChromium } from '#loadtest/browser/chromium.ts'

type Shot = { readonly file: string; readonly group: string; readonly look: string; readonly state: string }

/** `portrait--da--usual--idle.png` and its like. */
function shotOf(file: string): Shot[] {
  const [orientation, language, look, ...state] = file.replace(/\.png$/, '').split('--')
  if (orientation === undefined || language === undefined || look === undefined || state.length === 0) return []
  return [{ file, group: `${orientation}, ${language}`, look, state: state.join('--').replaceAll('-', ' ') }]
}

function sectionOf(group: string, shots: readonly Shot[]): string {
  const figures = shots.map(
    ({ file, look, state }) =>
      `<figure><img src="${file}" alt="" loading="eager"><figcaption>${state} · ${look}</figcaption></figure>`,
  )
  return `<section class="${group.split(',')[0]}"><h2>${group}</h2>${figures.join('')}</section>`
}

const STYLE = `
  body { font: 13px system-ui, sans-serif; margin: 12px; background: #d9dde2 }
  section { display: flex; flex-wrap: wrap; gap: 10px; margin-block-end: 24px }
  h2 { inline-size: 100%; margin: 0 }
  figure { margin: 0; inline-size: 200px }
  .landscape figure { inline-size: 340px }
  img { display: block; inline-size: 100%; border: 1px solid #666 }
`

/** Makes the sheet of the pictures in `folder`; returns the files it wrote. */
async function makeSheet(folder: string): Promise<string[]> {
  const shots = readdirSync(folder)
    .filter((file) => file.includes('--') && file.endsWith('.png'))
    .flatMap(shotOf)
    .toSorted((a, b) => a.state.localeCompare(b.state))
  const groups = Map.groupBy(shots, ({ group }) => group)
  const sections = [...groups].map(([group, of]) => sectionOf(group, of))
  const page = `<!doctype html><meta charset="utf-8"><title>Skranke, every screen</title><style>${STYLE}</style>${sections.join('')}`
  const sheet = join(folder, 'contact-sheet.html')
  writeFileSync(sheet, page)
  const written = [sheet]
  const browser = await launchChromium()
  try {
    const tab = await browser.newPage()
    await tab.setViewport({ width: 2160, height: 1200 })
    await tab.goto(pathToFileURL(resolve(sheet)).href)
    for (const [i, section] of (await tab.$$('section')).entries()) {
      const name = [...groups.keys()][i]?.replace(', ', '-') ?? String(i)
      const path = join(folder, `contact-sheet-${name}.png`) as `${string}.png`
      await section.screenshot({ path })
      written.push(path)
    }
  } finally {
    await browser.close()
  }
  return written
}

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  process.stderr.write('Say which folder the pictures are in.\n')
  process.exitCode = 1
} else for (const path of await makeSheet(folder)) process.stdout.write(`${path}\n`)
