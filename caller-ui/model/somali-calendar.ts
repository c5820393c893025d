/** Days and months in Somali, which browsers do not know. Pure. */

/** From Sunday, as `Date` counts them. */
const WEEKDAYS = ['Axad', 'Isniin', 'Talaado', 'Arbaco', 'Khamiis', 'Jimco', 'Sabti'] as const

const MONTHS = [
  'Jannaayo',
  'Febraayo',
  'Maarso',
  'Abriil',
  'Maajo',
  'Juun',
  'Luuliyo',
  'Ogosto',
  'Sebteembar',
  'Oktoobar',
  'Nofeembar',
  'Diseembar',
] as const

/** «Jimco»: the weekday of a day of the calendar. `month` and `day` count from 1. */
export const somaliWeekday = (year: number, month: number, day: number): string =>
  WEEKDAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? ''

/** «4 Diseembar». `month` and `day` count from 1. */
export const somaliDate = (month: number, day: number): string => `${day} ${MONTHS[month - 1] ?? ''}`
