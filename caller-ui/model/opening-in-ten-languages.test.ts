/** When the line opens, in each of the ten languages: the day's own word, Western digits, and Copenhagen's clock. */
import t from 'tap'
import { LANGUAGES, type Language } from '#server/contract/ids.ts'
import { openingTime } from './opening-time.ts'

const at = (text: string) => Date.parse(text)
const FRIDAY = at('2026-11-27T17:00:00Z')

/** A Monday, half past one; and the Friday after, of which the weekday alone would not be clear. */
const said: Readonly<Record<Language, { readonly monday: string; readonly clock: string; readonly date: RegExp }>> = {
  da: { monday: 'mandag', clock: '13.30', date: /^fredag.* 4\. december$/ },
  en: { monday: 'Monday', clock: '1:30 pm', date: /^Friday.? 4 December$/ },
  ar: { monday: 'الاثنين', clock: '13:30', date: /^الجمعة، 4 ديسمبر$/ },
  tr: { monday: 'Pazartesi', clock: '13:30', date: /^4 Aralık Cuma$/ },
  pl: { monday: 'poniedziałek', clock: '13:30', date: /^piątek, 4 grudnia$/ },
  uk: { monday: 'понеділок', clock: '13:30', date: /^п.ятниця, 4 грудня$/ },
  ur: { monday: 'پیر', clock: '13:30', date: /^جمعہ، 4 دسمبر$/ },
  so: { monday: 'Isniin', clock: '13:30', date: /^Jimco, 4 Diseembar$/ },
  fa: { monday: 'دوشنبه', clock: '13:30', date: /^جمعه،? 4 دسامبر$/ },
  ro: { monday: 'luni', clock: '13:30', date: /^vineri, 4 decembrie$/ },
}

for (const language of LANGUAGES) {
  t.test(`when the line opens, in ${language}`, async (t) => {
    const { monday, clock, date } = said[language]
    const weekday = openingTime(at('2026-11-30T12:30:00Z'), FRIDAY, language)
    t.same(weekday, { kind: 'weekday', day: monday, clock })
    t.match(openingTime(at('2026-12-04T12:30:00Z'), FRIDAY, language), { kind: 'date', day: date, clock })
    t.match(openingTime(at('2026-11-28T12:30:00Z'), FRIDAY, language), { kind: 'tomorrow', clock })
    // Past midnight in Copenhagen, while it is Friday still by Greenwich.
    const late = at('2026-11-27T23:30:00Z')
    t.match(openingTime(at('2026-11-28T12:30:00Z'), late, language), { kind: 'today', clock })
    // In summer the clocks are two hours ahead.
    const summer = openingTime(at('2026-07-06T11:30:00Z'), at('2026-07-03T11:00:00Z'), language)
    t.same(summer, { kind: 'weekday', day: monday, clock })
  })
}

t.test('the whole hour', async (t) => {
  const clockIn = (language: Language) => openingTime(at('2026-11-28T07:00:00Z'), FRIDAY, language).clock
  const others = LANGUAGES.filter((language) => language !== 'da' && language !== 'en')
  t.same([clockIn('da'), clockIn('en')], ['8', '8 am'])
  for (const language of others) t.equal(clockIn(language), '8:00', language)
})

t.test('every month and weekday of a year has a Somali name', async (t) => {
  const names = new Set<string>()
  for (let day = 0; day < 365; day += 1) {
    const opening = openingTime(at('2027-01-10T09:00:00Z') + day * 86_400_000, at('2026-12-30T09:00:00Z'), 'so')
    if (opening.kind !== 'date') throw new Error('too soon')
    for (const name of opening.day.split(/[ ,\d]+/)) names.add(name)
  }
  t.equal(names.size, 7 + 12)
  t.notOk(names.has(''))
})
