/** `npm run migrate`: brings the database of DATABASE_URL up to date, one migration after the other. */
import { Kysely, PostgresDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import * as firstCall from './0001_first_call.ts'
import * as explainedRouting from './0002_routing_a_city_can_explain.ts'
import * as screens from './0003_screens_of_the_city.ts'
import * as closedHours from './0004_closed_hours_and_notices.ts'
import * as ratings from './0005_how_it_was.ts'
import * as machines from './0006_kiosks_as_machines.ts'
import * as staff from './0007_staff_at_the_screens.ts'
import * as screensOutOfUse from './0008_screens_out_of_use.ts'
import * as knowledge from './0009_knowledge.ts'
import * as wrapUps from './0010_after_the_call.ts'
import * as peopleInCalls from './0011_people_in_calls.ts'
import * as beforeAndOffer from './0012_before_and_offer.ts'
import * as besideACitizen from './0013_beside_a_citizen.ts'
import * as figures from './0014_figures.ts'
import * as promisedCallbacks from './0015_promised_callbacks.ts'
import * as againAtAKiosk from './0016_again_at_a_kiosk.ts'
import * as figuresOfMonths from './0017_figures_of_months.ts'
import * as reportsByMail from './0018_reports_by_mail.ts'
import * as messagesToAgents from './0019_messages_to_agents.ts'
import * as agentFiguresKept from './0020_agent_figures_kept.ts'
import * as warnings from './0021_warnings.ts'
import * as roster from './0022_roster.ts'
import * as howMailsWent from './0023_how_mails_went.ts'
import * as administrators from './0024_administrators.ts'
import * as cityAsText from './0025_city_as_text.ts'
import * as endingSignIns from './0026_sign_ins_that_end.ts'
import * as keysOfKiosks from './0027_keys_of_kiosks.ts'
import * as figuresOfHours from './0028_figures_of_hours_and_matters.ts'
import * as recentWork from './0029_recent_work_of_a_queue.ts'
import * as secondFactors from './0030_second_factors.ts'
import * as peopleOfTheCity from './0031_people_of_the_city.ts'
import * as jobRuns from './0032_job_runs.ts'
import * as whySignInsEnd from './0033_why_sign_ins_end.ts'
import * as ownersAndNotes from './0034_owners_and_notes.ts'

const migrations = {
  '0001_first_call': firstCall,
  '0002_routing_a_city_can_explain': explainedRouting,
  '0003_screens_of_the_city': screens,
  '0004_closed_hours_and_notices': closedHours,
  '0005_how_it_was': ratings,
  '0006_kiosks_as_machines': machines,
  '0007_staff_at_the_screens': staff,
  '0008_screens_out_of_use': screensOutOfUse,
  '0009_knowledge': knowledge,
  '0010_after_the_call': wrapUps,
  '0011_people_in_calls': peopleInCalls,
  '0012_before_and_offer': beforeAndOffer,
  '0013_beside_a_citizen': besideACitizen,
  '0014_figures': figures,
  '0015_promised_callbacks': promisedCallbacks,
  '0016_again_at_a_kiosk': againAtAKiosk,
  '0017_figures_of_months': figuresOfMonths,
  '0018_reports_by_mail': reportsByMail,
  '0019_messages_to_agents': messagesToAgents,
  '0020_agent_figures_kept': agentFiguresKept,
  '0021_warnings': warnings,
  '0022_roster': roster,
  '0023_how_mails_went': howMailsWent,
  '0024_administrators': administrators,
  '0025_city_as_text': cityAsText,
  '0026_sign_ins_that_end': endingSignIns,
  '0027_keys_of_kiosks': keysOfKiosks,
  '0028_figures_of_hours_and_matters': figuresOfHours,
  '0029_recent_work_of_a_queue': recentWork,
  '0030_second_factors': secondFactors,
  '0031_people_of_the_city': peopleOfTheCity,
  '0032_job_runs': jobRuns,
  '0033_why_sign_ins_end': whySignInsEnd,
  '0034_owners_and_notes': ownersAndNotes,
}

/** Runs what has not run yet; returns the names of what it ran. Throws where one fails: it is rolled back. */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: databaseUrl }) }),
  })
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } })
    const { error, results } = await migrator.migrateToLatest()
    if (error !== undefined) throw error
    return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName)
  } finally {
    await db.destroy()
  }
}

if (import.meta.main) {
  const databaseUrl = process.env['DATABASE_URL']
  if (databaseUrl === undefined) {
    process.stderr.write('DATABASE_URL must say which database to migrate.\n')
    process.exitCode = 1
  } else {
    const ran = await migrate(databaseUrl)
    process.stdout.write(ran.length > 0 ? `Migrated: ${ran.join(', ')}\n` : 'The database is up to date.\n')
  }
}
