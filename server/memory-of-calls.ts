/** What is known of calls that run and kept nowhere else, and how it ends with them. */
import type { Audience } from './host/ports.ts'
import { HeldCalls } from './media/held-calls.ts'
import { SupervisedCalls } from './media/supervised-calls.ts'
import type { SfuMedia } from './media/sfu-media.ts'
import type { State } from './routing/state.ts'
import type { Audiences } from './socket/audiences.ts'
import type { StaffAtKiosks } from './socket/caller-staff.ts'
import { Captions } from './socket/captions.ts'
import { Hearing } from './socket/hearing.ts'
import { JoinNotes } from './socket/join-notes.ts'
import { ShownInCalls } from './socket/shown-in-calls.ts'
import { ShownWindows } from './socket/shown-windows.ts'
import type { StaffCalls } from './socket/staff-calls.ts'
import { Stills } from './socket/stills.ts'
import type { TodayFigures } from './store/today-figures.ts'

export type MemoryOfCalls = {
  readonly hearing: Hearing
  readonly shownInCalls: ShownInCalls
  readonly captions: Captions
  readonly shownWindows: ShownWindows
  readonly heldCalls: HeldCalls
  readonly supervisedCalls: SupervisedCalls
  readonly joinNotes: JoinNotes
  readonly stills: Stills
}

/** Empty, as a server begins. */
export function memoryOfCalls(media: Pick<SfuMedia, 'showScreen' | 'hold' | 'supervise'>): MemoryOfCalls {
  const shownInCalls = new ShownInCalls(() => performance.now())
  const shownWindows = new ShownWindows(shownInCalls, media.showScreen)
  const heldCalls = new HeldCalls(media.hold)
  const supervisedCalls = new SupervisedCalls(media.supervise)
  const ofMoment = { hearing: new Hearing(), joinNotes: new JoinNotes(), stills: new Stills() }
  const captions = new Captions(() => performance.now())
  return { ...ofMoment, shownInCalls, captions, shownWindows, heldCalls, supervisedCalls }
}

/** Who hears of each step: what belongs to calls that ended goes first, so that no view shows it any more. */
export function audienceOf(
  to: MemoryOfCalls & {
    readonly audiences: Audiences
    readonly staff: StaffAtKiosks
    readonly staffCalls: StaffCalls
    readonly today: TodayFigures
    readonly state: () => State
  },
): Audience {
  const { audiences, staff, staffCalls, hearing, shownInCalls, captions, shownWindows, joinNotes, stills, today } = to
  return {
    changed(change) {
      const endedIds = change.ended.map(({ callId }) => callId)
      const callOf = (callId: string) => to.state().calls.get(callId)
      const concernedIds = [...change.calls, ...endedIds]
      to.heldCalls.follow(concernedIds, callOf)
      to.supervisedCalls.follow(concernedIds, callOf)
      shownWindows.endWhereOver(concernedIds, callOf)
      staffCalls.end(endedIds)
      hearing.forget(endedIds)
      stills.forget(endedIds)
      shownInCalls.forget(endedIds)
      captions.forget(endedIds)
      joinNotes.forget(endedIds)
      for (const { kioskId } of change.ended) staff.callOver(kioskId)
      audiences.changed(change)
      today.refresh()
    },
  }
}
