/** Every text that a screen says is in the list or has a reason not to be, and what is shown finds its recordings. */
import t from 'tap'
import { readCatalogue } from '../text/read-catalogue.ts'
import { indexOf, ownKey, placeholdersOf, promptsOf } from './prompts.ts'

/** Values without number: a text with one of them is said by the browser's voice, or not at all. */
const UNBOUNDED = [
  'name',
  'letters',
  'clock',
  'when',
  'day',
  'seconds',
  'km',
  'address',
  'site',
  'place',
  'names',
  'what',
]

t.test('the list', async (t) => {
  const { messages, say } = await readCatalogue('da')
  const prompts = promptsOf(messages, say)
  const keys = new Set(prompts.map(({ key }) => key))
  const isListed = (id: string) => prompts.some(({ key }) => key === id || key.startsWith(`${id}.`))

  t.test('has every text that a citizen meets', async (t) => {
    for (const [id, message] of Object.entries(messages)) {
      const isExempt =
        placeholdersOf(message).some((name) => UNBOUNDED.includes(name)) ||
        (id.startsWith('employee.') && id !== 'employee.door') ||
        id.startsWith('kiosk.not-set-up') ||
        // The language as it is called inside a sentence, of which there is no list.
        id === 'joining.language' ||
        // A guide has as many steps as it needs, and what an agent shows they say themselves.
        id === 'display.step'
      t.equal(isListed(id), !isExempt, `${id} with ${placeholdersOf(message).join(', ') || 'no values'}`)
    }
  })

  t.test('has each value that is usual, and no key twice', async (t) => {
    t.equal(keys.size, prompts.length)
    for (let place = 1; place <= 20; place += 1) t.ok(keys.has(`waiting.position.${place}`))
    t.ok(keys.has('wait.range.5-10'))
    t.ok(keys.has('wait.about.60'))
    t.match(
      prompts.find(({ key }) => key === 'waiting.position.1'),
      { words: 'Du er den næste' },
    )
    t.match(
      prompts.find(({ key }) => key === 'next.speaks.tr'),
      { words: 'En medarbejder, der taler Türkçe, kommer frem på skærmen.' },
    )
    t.ok(prompts.length < 900, `${prompts.length} can be recorded`)
  })

  t.test('is the same list in English', async (t) => {
    const english = await readCatalogue('en')
    t.same(
      promptsOf(english.messages, english.say)
        .map(({ key }) => key)
        .toSorted(),
      [...keys].toSorted(),
    )
  })

  t.test('names no file that a folder cannot hold', async (t) => {
    t.same(
      [...keys].filter((key) => !/^[a-z0-9.-]+$/.test(key)),
      [],
    )
  })
})

t.test('what is shown finds its recordings', async (t) => {
  const find = indexOf([
    { key: 'idle.language', words: 'Skærmens sprog' },
    { key: 'language.da', words: 'Dansk' },
    { key: 'idle.what', words: 'Tal med kommunen. Gratis.' },
  ])
  const fromList = (key: string) => !key.startsWith('own.')
  t.same(find('Tal med  kommunen. Gratis.', fromList), ['idle.what'])
  t.same(find('Skærmens sprog: Dansk', fromList), ['idle.language', 'language.da'], 'in two, where two are shown')
  t.equal(find('Skærmens sprog: Klingon', fromList), null, 'half of it is not said')
  t.equal(
    find('Skærmens sprog', () => false),
    null,
    'nothing where nothing was recorded',
  )
  t.same(
    find('Pas og kørekort', (key) => key === ownKey('Pas og kørekort')),
    [ownKey('Pas og kørekort')],
  )
  t.equal(ownKey('Pas og kørekort'), ownKey('Pas og kørekort'))
  t.match(ownKey('a'), /^own\.e40c292c$/, 'as FNV-1a says')
})
