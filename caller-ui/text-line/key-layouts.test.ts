import t from 'tap'
import { LANGUAGES } from '#server/contract/ids.ts'
import { ENTER, ERASE, SHIFT, SPACE, layoutOf } from './key-layouts.ts'

/** Letters without which nobody can write the language. */
const needed = {
  da: 'æøåÆØÅ',
  en: 'qwertyzQZ',
  ar: 'ابتثجحخدذرزسشصضطظعغفقكلمنهويءئؤة؟،',
  tr: 'ığüşöçİĞÜŞÖÇ',
  pl: 'ąćęłńóśźżĄĆĘŁŃÓŚŹŻ',
  uk: 'іїєґщьІЇЄҐ',
  ur: 'ٹڈڑںھہیےپچگکژآئؤ؟،۔',
  so: 'abcdxqDX',
  fa: 'پچژگکیآءئ؟،',
  ro: 'ăâîșțĂÂÎȘȚ',
} as const

for (const language of LANGUAGES) {
  t.test(`the keyboard for ${language} has what its writers need, on keys wide enough`, async (t) => {
    const layout = await layoutOf(language)
    const rows = [...layout.default, ...layout.shift].map((row) => row.split(' '))
    const keys = new Set(rows.flat())
    t.same(
      [...needed[language]].filter((letter) => !keys.has(letter)),
      [],
    )
    t.ok([SHIFT, SPACE, ERASE, ENTER].every((key) => layout.default.at(-1)?.split(' ').includes(key)))
    t.ok(rows.every((row) => row.length <= 14 && row.every((key) => key !== '')))
    t.equal(layout.default.length, layout.shift.length)
  })
}
