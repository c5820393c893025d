/** Employees of the city's places, and what is kept of the calls they make together with a citizen. */
import type { StaffNote } from '#server/contract/caller-staff.ts'
import type { Database } from './database.ts'

export type StaffMember = {
  readonly staffId: string
  readonly name: string
  readonly firstName: string
  /** The site or the centre they work at. */
  readonly placeName: string
}

export type StaffWithSecret = StaffMember & { readonly pinHash: string }

/** How an employee says who they are: by number, or by the hash of a badge. */
export type StaffKey = { readonly number: string } | { readonly badgeHash: Buffer }

/**
 * The employee of a number or a badge, or undefined where there is none who may sign in. Read anew each time: whoever has
 * left the city's service today is kept out today.
 */
export async function findStaff(db: Database, key: StaffKey): Promise<StaffWithSecret | undefined> {
  const all = selectStaff(db).where('is_active', '=', true).where('staff.retired_at', 'is', null)
  const row = await (
    'number' in key ? all.where('staff_number', '=', key.number) : all.where('badge_hash', '=', key.badgeHash)
  ).executeTakeFirst()
  return row === undefined ? undefined : { ...memberOf(row), pinHash: row.pin_hash }
}

function selectStaff(db: Database) {
  return db
    .selectFrom('staff')
    .leftJoin('sites', 'sites.site_id', 'staff.site_id')
    .leftJoin('centres', 'centres.centre_id', 'staff.centre_id')
    .select(['staff_id', 'staff.name', 'first_name', 'pin_hash'])
    .select(['sites.name as site_name', 'centres.name as centre_name'])
}

type Row = Awaited<ReturnType<ReturnType<typeof selectStaff>['execute']>>[number]

function memberOf({ staff_id: staffId, name, first_name: firstName, site_name, centre_name }: Row): StaffMember {
  return { staffId, name, firstName, placeName: site_name ?? centre_name ?? '–' }
}

/** A call that an employee makes together with a citizen. */
export type StaffCall = {
  readonly callId: string
  readonly staff: StaffMember
  readonly note: StaffNote | null
  readonly hasLeft: boolean
}

/** Those that have not ended, and lets go of the notes of all others: for the start of the server. */
export async function openStaffCalls(db: Database): Promise<StaffCall[]> {
  const rows = await db
    .selectFrom('calls')
    .leftJoin('call_notes', 'call_notes.call_id', 'calls.call_id')
    .select(['calls.call_id', 'staff_id', 'staff_left_at', 'note'])
    .where('staff_id', 'is not', null)
    .where('ended_at', 'is', null)
    .execute()
  const open = rows.map(({ call_id: callId }) => callId)
  await (open.length === 0
    ? db.deleteFrom('call_notes').execute()
    : db.deleteFrom('call_notes').where('call_id', 'not in', open).execute())
  const people = new Map((await selectStaff(db).execute()).map((row) => [row.staff_id, memberOf(row)]))
  return rows.flatMap(({ call_id: callId, staff_id: staffId, staff_left_at: leftAt, note }) => {
    const staff = people.get(staffId ?? '')
    // The note was checked when it came in.
    return staff === undefined ? [] : [{ callId, staff, note: note as StaffNote | null, hasLeft: leftAt !== null }]
  })
}

/** Keeps what is said for the specialist, before the call is in line: once it rings, the note is there. */
export async function keepNote(db: Database, callId: string, note: StaffNote): Promise<void> {
  const row = { call_id: callId, note: JSON.stringify(note) }
  await db
    .insertInto('call_notes')
    .values(row)
    .onConflict((known) => known.column('call_id').doNothing())
    .execute()
}

/** The calls are over: nothing of what was said for the specialist stays. */
export async function dropNotes(db: Database, callIds: readonly string[]): Promise<void> {
  await db.deleteFrom('call_notes').where('call_id', 'in', callIds).execute()
}

/** The employee has left the call. Only the first time counts. */
export async function keepStaffLeft(db: Database, callId: string): Promise<void> {
  await db
    .updateTable('calls')
    .set({ staff_left_at: new Date() })
    .where('call_id', '=', callId)
    .where('staff_left_at', 'is', null)
    .execute()
}
