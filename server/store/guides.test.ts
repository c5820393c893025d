/** Guides as a city writes them: what is read, and what is named because it cannot be. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { readGuides } from './guides.ts'

t.test('the guides that come with the project are whole', async (t) => {
  const { guides, faults } = readGuides(join(import.meta.dirname, '../../guides'))
  t.same(faults, [])
  const languages = (id: string) => guides.filter(({ guideId }) => guideId === id).map(({ language }) => language)
  for (const id of ['passport', 'mitid-new-phone']) t.same(languages(id), ['da', 'en', 'ar'])
  t.ok(guides.every(({ steps }) => steps.length === 3 && steps.every(({ picture }) => picture !== null)))
  t.match(guides.find(({ guideId, language }) => guideId === 'passport' && language === 'da')?.steps[0], {
    title: 'Bestil tid',
    body: /^Gå ind på \*\*borger\.dk\/pas\*\*/,
    picture: { urlPath: '/guides/passport/step-1.svg' },
  })
})

t.test('one that cannot be read is named, and keeps nobody from the others', async (t) => {
  const dir = t.testdir()
  const write = (id: string, text: string) => {
    mkdirSync(join(dir, id), { recursive: true })
    writeFileSync(join(dir, id, 'da.md'), text)
  }
  write('whole', '# Hel\n## Ét\n\nGør det.\n\n## To\n')
  write('untitled', '## Ét\nGør det.')
  write('no-steps', '# Tom\nIngen trin.')
  write('no-drawing', '# Uden\n## Ét\n![Noget](gone.svg)')
  write('elsewhere', '# Andetsteds\n## Ét\n![Noget](../whole/da.md)')
  writeFileSync(join(dir, 'README.md'), 'not a guide')
  const { guides, faults } = readGuides(dir)
  t.match(guides, [{ guideId: 'whole', language: 'da', steps: [{ title: 'Ét', body: 'Gør det.' }, { picture: null }] }])
  t.same(faults.map((fault) => fault.slice(dir.length + 1).split('/')[0]).sort(), [
    'elsewhere',
    'no-drawing',
    'no-steps',
    'untitled',
  ])
  t.same(readGuides(join(dir, 'nowhere')), { guides: [], faults: [] })
})
