/** Colours come from the two palettes; a file that needs some of its own has them for high contrast as well. */
import { globSync, readFileSync } from 'node:fs'
import t from 'tap'

const COLOUR = /#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch)a?\(|:\s*(white|black)\b/i
const PALETTES: ReadonlySet<string> = new Set(['components/look.css', 'components/contrast.css'])
/** A QR code is dark on light whatever the scheme: some phones read no other. */
const IN_EVERY_SCHEME = /\.qr-(light|dark)\b/

const dir = new URL('..', import.meta.url).pathname
const files = globSync('**/*.css', { cwd: dir, exclude: (name) => /node_modules|dist/.test(name) })

/** The rules of `css`, whatever they are nested in: their selector and what is declared there. */
const rulesOf = (css: string) =>
  [...css.replaceAll(/\/\*.*?\*\//gs, '').matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector = '', body = '']) => ({
    selector: selector.trim(),
    declared: body.split(';').map((line) => line.trim()),
  }))

t.test('every colour has a name, and every name a colour in high contrast', async (t) => {
  t.ok(files.length > 10, `${files.length} files`)
  for (const file of files) {
    if (PALETTES.has(file)) continue
    const rules = rulesOf(readFileSync(new URL(file, `file://${dir}`), 'utf8'))
    const own = rules.filter(({ selector }) => !IN_EVERY_SCHEME.test(selector))
    const bare = own.flatMap(({ declared }) => declared.filter((line) => COLOUR.test(line) && !line.startsWith('--')))
    t.same(bare, [], `${file}: no colour without a name`)
    const named = (isHigh: boolean) =>
      own
        .filter(({ selector }) => selector.includes("[data-contrast='high']") === isHigh)
        .flatMap(({ declared }) => declared.filter((line) => line.startsWith('--') && COLOUR.test(line)))
        .map((line) => line.slice(0, line.indexOf(':')))
    const high = new Set(named(true))
    t.same(
      named(false).filter((name) => !high.has(name)),
      [],
      `${file}: each has one for high contrast`,
    )
  }
})
