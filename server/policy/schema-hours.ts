/** The part of a policy document that says when somebody answers, and where. */
import { Type, type Static } from 'typebox'
import { Country, DateText, Label, MonthDay, Name, SiteName, Span, Weekdays } from './forms.ts'

const strict = { additionalProperties: false } as const

/** Names of calendars that must all be open. */
export const CalendarNames = (description: string) => Type.Array(Name(), { uniqueItems: true, description })

const Spans = (description: string) =>
  Type.Array(
    Span(
      'From and until, local time, as 08:00-18:00. 24:00 is the end of the day; an end before its beginning is next day.',
    ),
    { description },
  )

export const Calendar = Type.Object(
  {
    week: Type.Record(Weekdays(), Spans('Open spans of these weekdays, local time. An empty list: closed.'), {
      ...strict,
      minProperties: 1,
      description: 'Open spans by weekday, as mon-fri or sat. A weekday that is not named is closed.',
    }),
    holidays: Type.Enum(['closed', 'open'], {
      description: 'Whether the days of hours.holidays are closed, or days like any other.',
    }),
    closures: Type.Optional(
      Type.Array(
        Type.Object(
          {
            date: DateText('The first closed day.'),
            lastDate: Type.Optional(DateText('The last closed day, where it is more than one.')),
            name: Label('Why it is closed.'),
          },
          strict,
        ),
        { description: 'Days that are closed once. What began the evening before still ends in its own time.' },
      ),
    ),
    openings: Type.Optional(
      Type.Array(
        Type.Object(
          {
            date: DateText('The day.'),
            open: Type.Array(Span('From and until, local time, as 09:00-12:00.'), {
              minItems: 1,
              description: 'All that is open on that day, in place of the weekday; also where it is a holiday.',
            }),
            name: Label('Why it is open at other times.'),
          },
          strict,
        ),
        { description: 'Days with other hours once.' },
      ),
    ),
  },
  strict,
)
export type Calendar = Static<typeof Calendar>

export const HoursText = Type.Object(
  {
    holidays: Type.Optional(
      Type.Object(
        {
          country: Country('Whose public holidays count, by two letters. DK is Denmark.'),
          alsoClosed: Type.Optional(
            Type.Record(MonthDay(), Label('The name of the day.'), {
              ...strict,
              description:
                'Days of every year, month-day, that are closed like a holiday though the law does not say so.',
            }),
          ),
        },
        { ...strict, description: 'The holidays that calendars close on, where they do.' },
      ),
    ),
    calendars: Type.Record(Name(), Calendar, {
      ...strict,
      description: 'Opening hours by a name of their own, for services, languages, queues and sites to refer to.',
    }),
  },
  { ...strict, description: 'When somebody answers.' },
)
export type HoursText = Static<typeof HoursText>

export const Sites = Type.Record(
  SiteName(),
  Type.Object(
    {
      hours: CalendarNames('Calendars of the place. None: as the queues are.'),
      staffed: Type.Optional(
        CalendarNames(
          'When staff is there, across a desk. Without: never. Calls do not depend on it; screens show it.',
        ),
      ),
    },
    strict,
  ),
  { ...strict, description: 'Hours of the places where kiosks stand. A call needs its queue and its site to be open.' },
)
