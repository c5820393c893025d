/** Every text of every language is drawn with a font that comes with the page: a kiosk may have no other. */
import type { CDPSession, Page } from 'puppeteer'
import t from 'tap'
import { LANGUAGES, type Language } from '#server/contract/ids.ts'
import { openKiosks } from './kiosk-page.ts'
import { textsOf } from './states/words.ts'

/** Which font its own letters are to have. */
const FONTS: Readonly<Record<Language, string>> = {
  da: 'IBM Plex Sans',
  en: 'IBM Plex Sans',
  ar: 'IBM Plex Sans Arabic',
  tr: 'IBM Plex Sans',
  pl: 'IBM Plex Sans',
  uk: 'IBM Plex Sans',
  ur: 'Noto Nastaliq Urdu',
  so: 'IBM Plex Sans',
  fa: 'IBM Plex Sans Arabic',
  ro: 'IBM Plex Sans',
}

type Drawn = { readonly familyName: string; readonly isCustomFont: boolean; readonly glyphCount: number }

/** What the element `id` is drawn with, all that is in it together. */
async function drawnWith(client: CDPSession, id: string): Promise<Drawn[]> {
  const { root } = await client.send('DOM.getDocument', { depth: 0 })
  const { nodeId } = await client.send('DOM.querySelector', { nodeId: root.nodeId, selector: `#${id}` })
  const { fonts } = await client.send('CSS.getPlatformFontsForNode', { nodeId })
  return fonts
}

/** Writes `texts` onto the page, in usual and in bold letters, and waits for their fonts. */
async function write(page: Page, texts: readonly string[]): Promise<void> {
  await page.evaluate(async (texts) => {
    document.getElementById('all-texts')?.remove()
    const all = document.createElement('div')
    all.id = 'all-texts'
    for (const text of texts) {
      for (const weight of ['400', '600']) {
        const paragraph = document.createElement('p')
        paragraph.style.fontWeight = weight
        paragraph.textContent = text
        all.append(paragraph)
      }
    }
    document.body.append(all)
    // Laid out once, so that every font that is wanted is on its way.
    void all.offsetHeight
    await document.fonts.ready
  }, texts)
}

t.test('fonts', async (t) => {
  const kiosk = await openKiosks(t)
  const { server, page } = await kiosk(t)
  const client = await page.createCDPSession()
  await client.send('DOM.enable')
  await client.send('CSS.enable')
  for (const language of LANGUAGES) {
    await t.test(language, async (t) => {
      server.defaultLanguage = language
      server.show(null)
      await page.waitForFunction((wanted) => document.documentElement.lang === wanted, {}, language)
      await write(page, await textsOf(language))
      const drawn = await drawnWith(client, 'all-texts')
      const others = drawn.filter(({ isCustomFont }) => !isCustomFont)
      t.same(others, [], 'no letter is borrowed from the machine')
      const own = drawn.toSorted((a, b) => b.glyphCount - a.glyphCount)[0]
      t.ok(own?.familyName.startsWith(FONTS[language]), `${own?.glyphCount} letters of ${own?.familyName}`)
    })
  }

  await t.test('a letter that no font of ours has is seen', async (t) => {
    await write(page, ['漢字'])
    const others = (await drawnWith(client, 'all-texts')).filter(({ isCustomFont }) => !isCustomFont)
    t.ok(others.length > 0)
  })
})
