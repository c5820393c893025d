/** What the demo city calls its things has words in every language of the screens, in the script of each. */
import t from 'tap'
import { LANGUAGES, type Labels, type Language } from '../contract/ids.ts'
import { demoLabels } from './demo-labels.ts'

const SCRIPTS: Readonly<Partial<Record<Language, RegExp>>> = {
  ar: /\p{Script=Arabic}/u,
  ur: /\p{Script=Arabic}/u,
  fa: /\p{Script=Arabic}/u,
  uk: /\p{Script=Cyrillic}/u,
}

for (const [name, labels] of Object.entries<Labels>(demoLabels)) {
  t.test(name, async (t) => {
    for (const language of LANGUAGES) {
      const words = labels[language] ?? ''
      t.match(words, SCRIPTS[language] ?? /\p{Script=Latin}/u, language)
      if (language !== 'da') t.notMatch(words, /[æøå]/i, `${language} is not Danish`)
    }
  })
}
