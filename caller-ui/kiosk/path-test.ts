/** Whether the way of a call is there, tried without a call. */
import type { PathTestInvitation } from '#server/contract/kiosk-report.ts'
import { tryWay, type WayFound } from '#sfu/client/try-way.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import type { CallerConnection } from '../session/caller-requests.ts'

/** `isFound` false: tickets were given, and nothing came through. */
export type PathFound = WayFound

/** Tries the way. Null where it could not be tried, or not to the end: the server refuses, or `signal` was raised. */
export async function testPath(connection: CallerConnection, signal: AbortSignal): Promise<PathFound | null> {
  let invitation: PathTestInvitation
  try {
    invitation = await connection.request('machine.test-path', {})
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
  try {
    return await tryWay(invitation, signal)
  } finally {
    connection.request('machine.path-tested', {}).catch((error: unknown) => {
      // The room ends by itself.
      if (!(error instanceof Refusal)) throw error
    })
  }
}
