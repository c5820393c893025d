/**
 * What each audience may see. A view is sent whole, but for the supervisors', with a version that only grows: a page
 * takes the newest and forgets the rest, so nothing depends on every message having arrived.
 */
export * from './agent-views.ts'
export * from './call-words.ts'
export * from './caller-views.ts'
export * from './place-views.ts'
export * from './notices.ts'
export * from './supervisor-views.ts'
export * from './warnings.ts'
