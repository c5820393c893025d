/** Every job that deletes what is kept by days, on one clock: what `server/privacy/data-map.ts` promises is kept here. */
import { cityDateOf, startOfCityDate } from './figures/calendar.ts'
import { agentFiguresRetention } from './jobs/agent-figures-retention.ts'
import type { Job } from './jobs/background.ts'
import { changeRetention } from './jobs/change-retention.ts'
import { earlierTicketRetention } from './jobs/earlier-ticket-retention.ts'
import { kioskKeyRetention } from './jobs/kiosk-key-retention.ts'
import { messageRetention } from './jobs/message-retention.ts'
import { noteRetention } from './jobs/note-retention.ts'
import { remarkRetention } from './jobs/remark-retention.ts'
import { rosterRetention } from './jobs/roster-retention.ts'
import { smallRetention } from './jobs/small-retention.ts'
import { warningRetention } from './jobs/warning-retention.ts'
import { dropAgentFigures } from './store/agent-figures.ts'
import { dropOldRemarks } from './store/article-remarks.ts'
import { readRetention } from './store/city.ts'
import { dropOldChanges } from './store/city-changes.ts'
import type { Database } from './store/database.ts'
import { dropEarlierTickets } from './store/earlier-calls.ts'
import { dropOldKeyActs } from './store/kiosk-keys.ts'
import { dropOldRoster } from './store/roster.ts'
import { dropOldNotices, dropOldOrders, dropOldSignIns } from './store/small-retention.ts'
import { dropOldMessages } from './store/staff-messages.ts'
import { dropOldWarnings } from './store/warnings.ts'
import { deleteNotes } from './store/wrap-ups.ts'

const DAY_MS = 24 * 60 * 60 * 1_000

export type RetentionParts = {
  readonly db: Database
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly notesKeptDays: () => number | Promise<number>
  readonly agentFiguresDays: number
  /** How long a sign-in lasts at most. */
  readonly signInMs: number
}

/** The jobs. Each may be run at any time, and twice. */
export function retentionJobs({ db, now, notesKeptDays, agentFiguresDays, signInMs }: RetentionParts): Job[] {
  /** The midnight of the city so many days ago. */
  const keptSince = (days: number) =>
    startOfCityDate(Temporal.PlainDate.from(cityDateOf(now())).subtract({ days }).toString())
  return [
    noteRetention({ notesKeptDays, now, deleteNotes: (before) => deleteNotes(db, before) }),
    remarkRetention(now, (at) => dropOldRemarks(db, at)),
    earlierTicketRetention(now, (at) => dropEarlierTickets(db, at)),
    messageRetention(now, (at) => dropOldMessages(db, at)),
    warningRetention(
      now,
      (before) => dropOldWarnings(db, before),
      async () => (await readRetention(db)).warningsDays * DAY_MS,
    ),
    changeRetention({
      keptDays: async () => (await readRetention(db)).changesDays,
      now,
      dropOld: (before) => dropOldChanges(db, before),
    }),
    agentFiguresRetention(() => dropAgentFigures(db, keptSince(agentFiguresDays))),
    rosterRetention(async () => await dropOldRoster(db, keptSince((await readRetention(db)).rosterDays))),
    kioskKeyRetention(now, (before) => dropOldKeyActs(db, before)),
    ...smallRetention({
      now,
      // Twice as long: whoever talks as theirs ends keeps it until the call is over.
      signInMsMax: Math.max(DAY_MS, 2 * signInMs),
      dropSignIns: (before) => dropOldSignIns(db, before),
      dropNotices: (before) => dropOldNotices(db, before),
      dropOrders: (before) => dropOldOrders(db, before),
    }),
  ]
}
