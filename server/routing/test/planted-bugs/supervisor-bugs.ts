/** Mistakes in what supervisors do, [R42] and [R43]: see `bugs.ts`. */
import type { PlantedBug } from './bugs.ts'

export const SUPERVISOR_BUGS: readonly PlantedBug[] = [
  {
    id: 'R42: whoever ages faster is before the one who was moved to the front a moment later',
    file: 'move.ts',
    before: '[draft.at, draft.at + FRONT_HELD_MS]',
    after: '[draft.at]',
  },
  {
    id: 'R42: a call that was moved is still kept for one agent',
    file: 'move.ts',
    before: 'placeAt, preferred: null }',
    after: 'placeAt }',
  },
  {
    id: 'R42: a call that somebody is being asked to take is moved',
    file: 'move.ts',
    before: "call.status !== 'waiting' || isOnlyPromised(call)",
    after: "call.status === 'connected' || isOnlyPromised(call)",
  },
  {
    id: 'R43: a second supervisor takes the place of the first',
    file: 'supervision.ts',
    before: 'call.supervisor !== null && call.supervisor.id !== byId',
    after: 'call.supervisor === undefined',
  },
  {
    id: 'R43: what the city has not switched on may be done',
    file: 'supervision.ts',
    before: 'includes(kind) !== true',
    after: "includes('listen') !== true",
  },
  {
    id: 'R43: whoever supervised stays after a restart',
    file: 'step.ts',
    before: '{ ...lost, supervisor: null }',
    after: 'lost',
  },
  {
    id: 'R43: anybody ends the supervision of another',
    file: 'supervision.ts',
    before: 'call.supervisor?.id === byId',
    after: 'call.supervisor !== null',
  },
]
