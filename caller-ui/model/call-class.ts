/** The classes of calls that a citizen may choose on this page, where the city has them. Its policy says what each is worth. */
import type { ClassId } from '#server/contract/ids.ts'

export const ORDINARY = 'ordinary' as ClassId
export const UNSAFE = 'unsafe' as ClassId
export const UNWELL = 'unwell' as ClassId
/** Given by the server to a call with an employee of the place; nobody chooses it. */
export const STAFF = 'staff' as ClassId
export const MORE_TIME = 'more-time' as ClassId

/** Somebody is unsafe or unwell: they are asked for nothing that would take that away, and told of 112. */
export const isUrgent = (classId: ClassId): boolean => classId === UNSAFE || classId === UNWELL

const CHOSEN: ReadonlySet<ClassId> = new Set([UNSAFE, UNWELL, MORE_TIME])

/**
 * The class to be said again with every other wish, or null: in another line the call would get that line's own class,
 * and somebody who feels unsafe would lose theirs by saying what it is about.
 */
export const keptClass = (classId: ClassId, offered: readonly ClassId[]): ClassId | null =>
  CHOSEN.has(classId) && offered.includes(classId) ? classId : null
