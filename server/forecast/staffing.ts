/** How many agents a load needs for a target, by Erlang C and by Erlang A (`../routing/queueing/erlang.ts`). */
import { erlangA, erlangC } from '#server/routing/queueing/erlang.ts'

const HOUR_MS = 3_600_000
/** No queue of a city has more work than this many agents do; beyond it the question is a mistake. */
export const ERLANGS_MAX = 2_000

export type Target = {
  /** So many of all callers, 0 to 1, … */
  readonly levelShare: number
  /** … are answered within so long. */
  readonly withinMs: number
  /** Agents are in calls for no more than this share of their time, 0 to 1; 1 is no bound. */
  readonly occupancyMax: number
}

export type Work = { readonly callsPerHour: number; readonly handlingMs: number }

/** The fewest agents that meet a target, and what they give. */
export type Need = { readonly agentsCount: number; readonly levelShare: number; readonly occupancyShare: number }

const NOBODY: Need = { agentsCount: 0, levelShare: 1, occupancyShare: 0 }

/**
 * By Erlang C: everybody waits for ever, so it asks for too many. Throws RangeError for a load above {@link ERLANGS_MAX} and for what
 * `erlangC` refuses. Nobody is needed where no call comes.
 */
export function needByErlangC({ callsPerHour, handlingMs }: Work, target: Target): Need {
  const offered = offeredErlangs(callsPerHour, handlingMs)
  if (offered === 0) return NOBODY
  const { withinMs } = target
  return fewest(Math.floor(offered) + 1, target, (agentsCount) => {
    const found = erlangC({ arrivalsPerHour: callsPerHour, handlingMs, agentsCount, withinMs })
    return { agentsCount, levelShare: found.serviceLevelShare, occupancyShare: found.occupancyShare }
  })
}

/**
 * By Erlang A: people give up after `patienceMs` on average. Its service level is SL_neg: answered in time, of all who came. Throws as
 * {@link needByErlangC}.
 */
export function needByErlangA({ callsPerHour, handlingMs }: Work, patienceMs: number, target: Target): Need {
  const offered = offeredErlangs(callsPerHour, handlingMs)
  if (offered === 0) return NOBODY
  const { withinMs } = target
  return fewest(1, target, (agentsCount) => {
    const found = erlangA({ arrivalsPerHour: callsPerHour, handlingMs, agentsCount, withinMs, patienceMs })
    return { agentsCount, levelShare: found.serviceLevels.neg, occupancyShare: found.occupancyShare }
  })
}

function offeredErlangs(callsPerHour: number, handlingMs: number): number {
  const offered = (callsPerHour * handlingMs) / HOUR_MS
  if (!(offered >= 0 && offered <= ERLANGS_MAX)) throw new RangeError(`${offered} erlangs are not one queue's work`)
  return offered
}

/** The fewest from `least` on that meet the target: with each more the level rises and the occupancy falls, so it is found by halving. */
function fewest(least: number, { levelShare, occupancyMax }: Target, give: (agentsCount: number) => Need): Need {
  if (!(levelShare > 0 && levelShare < 1)) throw new RangeError(`levelShare must be between 0 and 1, not ${levelShare}`)
  if (!(occupancyMax > 0)) throw new RangeError(`occupancyMax must be above 0, not ${occupancyMax}`)
  const isMet = (need: Need) => need.levelShare >= levelShare && need.occupancyShare <= occupancyMax
  let enough = give(least)
  if (isMet(enough)) return enough
  let tooFew = least
  for (let step = 1; !isMet(enough); step *= 2) {
    tooFew = enough.agentsCount
    enough = give(tooFew + step)
  }
  while (enough.agentsCount - tooFew > 1) {
    const middle = give(Math.floor((enough.agentsCount + tooFew) / 2))
    if (isMet(middle)) enough = middle
    else tooFew = middle.agentsCount
  }
  return enough
}
