/** What happens by itself when its time has come: agents before calls, each in the order in which it fell due. */
import { endWrapUp, setAway } from './agent.ts'
import { endCall } from './call.ts'
import { endDaySkills } from './day-skills.ts'
import type { Draft } from './draft.ts'
import { endHold } from './hold.ts'
import { endUnmet } from './join.ts'
import { dropFromCall, expireJoinOffer, expireOffer } from './offer.ts'
import { endPreference, inLine } from './requirements.ts'
import type { Agent, Call, Join } from './state.ts'
import { keepPlace, passPresence } from './ticket.ts'

/** Everything whose time has come. */
export function passDeadlines(draft: Draft): void {
  // What is done here may let something else fall due, once or twice for each; a rule that never ends is a bug.
  let turnsLeft = 100 + 10 * (draft.agents.size + draft.calls.size + draft.joins.size)
  for (
    let due = draft.agentDeadlines.first;
    due !== undefined && due.rank <= draft.at;
    due = draft.agentDeadlines.first
  ) {
    const agent = draft.agents.get(due.id)
    if (agent !== undefined) passAgent(draft, agent)
    if ((turnsLeft -= 1) < 0) throw new Error(`the deadline of agent ${due.id} does not pass`)
  }
  for (
    let due = draft.callDeadlines.first;
    due !== undefined && due.rank <= draft.at;
    due = draft.callDeadlines.first
  ) {
    const call = draft.calls.get(due.id)
    const join = draft.joins.get(due.id)
    if (call !== undefined) passCall(draft, call)
    else if (join !== undefined) passJoin(draft, join)
    if ((turnsLeft -= 1) < 0) throw new Error(`the deadline of call ${due.id} does not pass`)
  }
}

function passAgent(draft: Draft, agent: Agent): void {
  if (agent.work.kind === 'wrap-up' && agent.work.endsAt <= draft.at) endWrapUp(draft, agent)
  const rested = draft.agents.get(agent.id)
  if (rested !== undefined && rested.restsUntil !== null && rested.restsUntil <= draft.at) {
    draft.putAgent({ ...rested, restsUntil: null })
  }
  endDaySkills(draft, agent.id)
  const current = draft.agents.get(agent.id)
  if (current === undefined || current.lostAt === null || current.lostAt + draft.policy.graceMs > draft.at) return
  loseAgentForGood(draft, current)
}

/** [R13] [R17] The grace time is over: a caller goes back in line, and the agent is away. */
function loseAgentForGood(draft: Draft, agent: Agent): void {
  if (agent.work.kind === 'in-call') dropFromCall(draft, agent, agent.work.callId)
  const current = draft.agents.get(agent.id)
  if (current !== undefined && current.awayReason === null) setAway(draft, current, 'connection-lost')
}

function passCall(draft: Draft, call: Call): void {
  if (call.lostAt !== null && call.lostAt + draft.policy.graceMs <= draft.at) loseForGood(draft, call)
  else if (call.status === 'offered') expireOffer(draft, call)
  else if (call.status === 'waiting') passWaiting(draft, call)
  else endHold(draft, call, 'expired')
}

/** [R34] Nobody was found to take the call over: whoever asked is there still. */
function passJoin(draft: Draft, join: Join): void {
  if (join.offer !== null) expireJoinOffer(draft, join)
  else endUnmet(draft, join, 'not-found')
}

/** [R16] Nobody comes back to a kiosk that is gone; a phone in a pocket is only asleep, and its ticket stands. */
function loseForGood(draft: Draft, call: Call): void {
  if (call.isOnOwnDevice && call.status !== 'connected') keepPlace(draft, call, false)
  else endCall(draft, call, 'caller-lost')
}

function passWaiting(draft: Draft, call: Extract<Call, { status: 'waiting' }>): void {
  if (call.preferred !== null && call.preferred.until <= draft.at) return endPreference(draft, call)
  if (call.stepEndsAt === null || call.stepEndsAt > draft.at) return passPresence(draft, call)
  const opened = inLine(draft, call)
  draft.putCall(opened)
  const { id: callId, stepsOpenedCount, branch } = opened
  if (stepsOpenedCount > call.stepsOpenedCount) draft.facts.push({ type: 'step.opened', callId, stepsOpenedCount })
  if (branch !== null && branch !== call.branch) draft.facts.push({ type: 'branch.opened', callId, branch })
}
