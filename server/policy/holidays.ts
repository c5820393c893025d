/** Which days are holidays, by the law of a country and the decision of a city. */
import Holidays from 'date-holidays'
import type { HoursText } from './schema-hours.ts'

type HolidayText = NonNullable<HoursText['holidays']>

/** Whether a country's holidays are known, by its two letters. */
export function isKnownCountry(country: string): boolean {
  return Object.hasOwn(new Holidays().getCountries(), country)
}

/** The holidays of a year, names by date as `2027-03-26`: the public ones of the country and those the city adds. */
export function holidaysOfYear({ country, alsoClosed = {} }: HolidayText, year: number): Map<string, string> {
  const names = new Map<string, string>()
  for (const { date, name, type } of new Holidays(country).getHolidays(year)) {
    if (type === 'public') names.set(date.slice(0, 'yyyy-mm-dd'.length), name)
  }
  for (const [monthDay, name] of Object.entries(alsoClosed)) names.set(`${year}-${monthDay}`, name)
  return names
}
