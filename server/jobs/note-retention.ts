/** Deletes the notes of calls whose time is over: what the policy promises, kept. */
import type { Job } from './background.ts'

/** Rarer, and a note outlives its day by more. */
const EVERY_MS = 60 * 60 * 1_000
const DAY_MS = 24 * 60 * 60 * 1_000

export type NoteRetentionParts = {
  readonly notesKeptDays: () => number | Promise<number>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Deletes those written before an instant and resolves with how many there were. */
  readonly deleteNotes: (before: number) => Promise<number>
}

/** The job that deletes notes older than the policy in force allows. */
export function noteRetention({ notesKeptDays, now, deleteNotes }: NoteRetentionParts): Job {
  const run = async () => await deleteNotes(now() - (await notesKeptDays()) * DAY_MS)
  return { name: 'note-retention', everyMs: EVERY_MS, run }
}
