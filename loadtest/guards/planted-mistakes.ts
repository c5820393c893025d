/**
 * Guards that somebody could take out by mistake, one after the other: `npm run bench -- guards` does so in a copy of the tree, and
 * the test that is named has to fail. Where it does not, nothing would tell that the guard is gone. `before` stands in `file`
 * exactly once (`loadtest/test/guards.test.ts` looks), and what stands in its place is still a program: a file that cannot be
 * read fails every test and proves nothing.
 */
import { MISTAKES_AT_CONNECTIONS } from './mistakes-at-connections.ts'
import { MISTAKES_AT_DATA } from './mistakes-at-data.ts'
import { MISTAKES_AT_RIGHTS } from './mistakes-at-rights.ts'
import { MISTAKES_AT_SIGN_INS } from './mistakes-at-sign-ins.ts'

export type PlantedMistake = {
  readonly id: string
  /** What nobody looks at any more, in plain words. */
  readonly removes: string
  /** From the root of the tree. */
  readonly file: string
  readonly before: string
  readonly after: string
  /** What has to fail: a test in that file, by a piece of its name. */
  readonly caughtBy: { readonly file: string; readonly test: string }
}

export const PLANTED_MISTAKES: readonly PlantedMistake[] = [
  ...MISTAKES_AT_CONNECTIONS,
  ...MISTAKES_AT_RIGHTS,
  ...MISTAKES_AT_SIGN_INS,
  ...MISTAKES_AT_DATA,
]
