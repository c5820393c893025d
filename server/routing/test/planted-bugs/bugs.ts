/**
 * Mistakes somebody could make in the engine, one line each. The simulation must find every one of them: where it does
 * not, its checks are too weak, whatever the rule tests say. `before` stands in `file` exactly once, below `below`
 * where that is given.
 */
import { SUPERVISOR_BUGS } from './supervisor-bugs.ts'
export type PlantedBug = {
  readonly id: string
  readonly file: string
  readonly below?: string
  readonly before: string
  readonly after: string
}

export const PLANTED_BUGS: readonly PlantedBug[] = [
  {
    id: 'R8: a requeued call loses its place',
    file: 'call.ts',
    below: 'export function requeue(',
    before: "{ ...factsOf(call), status: 'waiting' }",
    after: "{ ...factsOf(call), placeAt: draft.at, status: 'waiting' }",
  },
  {
    id: 'R6: an agent who does not answer is not away',
    file: 'offer.ts',
    below: 'export function expireOffer(',
    before: 'if (agent !== undefined) setAway(',
    after: 'if (agent === undefined) setAway(',
  },
  {
    id: 'R21: ties between lines go by id',
    file: 'order.ts',
    before: 'if (placeA.ordinal !== placeB.ordinal) return placeA.ordinal < placeB.ordinal',
    after: 'if (placeA.id !== placeB.id) return placeA.id < placeB.id',
  },
  {
    id: 'R21: the slope of a class is ignored',
    file: 'order.ts',
    before: 'callClass.slope * (at - placeAt)',
    after: '(at - placeAt)',
  },
  {
    id: 'R21: those who go first do not',
    file: 'order.ts',
    before: 'if (classA.isFirst !== classB.isFirst) return classA.isFirst',
    after: '',
  },
  {
    id: 'R20: a language is dropped where a callback was to be offered',
    file: 'requirements.ts',
    before: "if (expiry.onExpiry === 'relax') {",
    after: "if (expiry.onExpiry === 'relax' || expiry.branch === 'callback') {",
  },
  {
    id: 'R19: of several steps the last is waited for',
    file: 'requirements.ts',
    before: 'if (stepEndsAt === null || at < stepEndsAt) stepEndsAt = at',
    after: 'stepEndsAt = at',
  },
  {
    id: 'R20: an interpreter who is away counts as at work',
    file: 'requirements.ts',
    before: 'if (pool.workingCount > 0 &&',
    after: 'if (pool.signedInCount > 0 &&',
  },
  {
    id: 'R18: the grace time does not start anew with the server',
    file: 'step.ts',
    before: 'draft.putAgent({ ...agent, lostAt: draft.at })\n}',
    after: 'draft.putAgent({ ...agent, lostAt: agent.lostAt ?? draft.at })\n}',
  },
  {
    id: 'R6: the offer of a lost kiosk has no deadline',
    file: 'index-of.ts',
    before: "if (call.status === 'offered') at",
    after: "if (call.lostAt === null && call.status === 'offered') at",
  },
  {
    id: 'R29: a ticket that was called occupies the kiosk it left',
    file: 'index-of.ts',
    before: "(call.status === 'waiting' && call.presence.kind !== 'here') ?",
    after: "(call.status === 'waiting' && call.presence.kind === 'away') ?",
  },
  {
    id: 'R25: agents are lent while the rule is closed',
    file: 'order.ts',
    before: 'if (isRule && draft.openLending.includes(rule.id))',
    after: 'if (isRule)',
  },
  {
    id: 'R2: one more than callersMax is let in',
    file: 'entry.ts',
    before: 'callersCount >= queue.callersMax',
    after: 'callersCount > queue.callersMax',
  },
  {
    id: 'R35: the wait for the next opening begins at night',
    file: 'arrive.ts',
    before: 'keepForOpening(draft, newCall(draft, event, classId, opensAt), event, opensAt)',
    after: 'keepForOpening(draft, call, event, opensAt)',
  },
  {
    id: 'R35: the night takes the whole line',
    file: 'entry.ts',
    before: 'callersCount < callersMax / 2',
    after: 'callersCount < callersMax',
  },
  {
    id: 'R36: wrap-up may be made longer without end',
    file: 'agent.ts',
    before: 'Math.min(work.endsAt + wrapUpMs, work.since + wrapUpMsMax)',
    after: 'work.endsAt + wrapUpMs',
  },
  {
    id: 'R12: a lost connection is booked as impatience',
    file: 'call.ts',
    before: "reason === 'caller-hung-up' && call.status !== 'connected' ?",
    after: "reason !== 'agent-hung-up' && call.status !== 'connected' ?",
  },
  {
    id: 'R26: a join goes where its own time puts it',
    file: 'order.ts',
    before: 'line.isJoin ? olderOf(head, firstOfClass.get(line.classId)) : head',
    after: 'head',
  },
  {
    id: 'R23: a call is kept for an agent who went away',
    file: 'step.ts',
    before: 'return void endPreferencesFor(draft, agent.id)',
    after: 'return undefined',
  },
  {
    id: 'R23: the most skilled are asked first',
    file: 'assign.ts',
    before: 'return a.levelSum < b.levelSum',
    after: 'return a.levelSum > b.levelSum',
  },
  {
    id: 'R24: a pause after a call is not kept',
    file: 'agent-state.ts',
    before: 'return isFree(agent) && agent.restsUntil === null',
    after: 'return isFree(agent)',
  },
  {
    id: 'R24: unsafe waits for the pause of the agent it is kept for',
    file: 'assign.ts',
    before: 'return classOfLine(draft, line).isFirst ? isFree(agent) : isReady(agent)',
    after: 'return isReady(agent)',
  },
  {
    id: 'R25 R18: a snapshot forgets which lending is open',
    file: 'snapshot.ts',
    below: 'export function fromSnapshot(',
    before: '    openLending,\n',
    after: '    openLending: openLending.slice(1),\n',
  },
  {
    id: 'R5: any acceptance takes the offer that is there',
    file: 'offer.ts',
    below: 'export function acceptOffer(',
    before: "if (work.kind !== 'offered' || work.offerId !== event.offerId) return 'offer-gone'",
    after: "if (work.kind !== 'offered') return 'offer-gone'",
  },
  {
    id: 'R29: a ticket that lapsed never ends',
    file: 'index-of.ts',
    before: "if (presence.kind === 'called' || presence.kind === 'lapsed')",
    after: "if (presence.kind === 'called')",
  },
  {
    id: 'R22: a site is helped without bound',
    file: 'arrive.ts',
    before: 'Math.min(draft.policy.siteCorrectionMsMax, ',
    after: 'Math.min(Infinity, ',
  },
  {
    id: 'R30: a ticket is called one too late',
    file: 'ticket.ts',
    before: 'line.lost.countBefore(entry) > draft.policy.ticketNearCount',
    after: 'line.lost.countBefore(entry) >= draft.policy.ticketNearCount',
  },
  {
    id: 'R28: whoever comes to a line another way is forgotten at closing',
    file: 'requirements.ts',
    before: 'preferred, servedUntil, lineKey }',
    after: 'preferred, lineKey }',
  },
  {
    id: 'R16: a lost kiosk is offered',
    file: 'index-of.ts',
    before: "return call.lostAt === null ? 'here' : 'lost'",
    after: "return 'here'",
  },
  {
    id: 'R32: lines keep what the former policy asked for',
    file: 'policy-change.ts',
    below: 'export function loadPolicy(',
    before: 'inLine<Call>(draft, { ...call, policyVersion })',
    after: '{ ...call, policyVersion }',
  },
  {
    id: 'R3: an offer on loan is withdrawn by a change that changed nothing',
    file: 'call.ts',
    before: 'queueId === call.queueId || ',
    after: '',
  },
  {
    id: 'R28: a call that moves to a closed line keeps the end of the other',
    file: 'entry.ts',
    before: ' || call.servedUntil > until',
    after: '',
  },
  {
    id: 'R20: whether an interpreter is still at work is not looked at again',
    file: 'requirements.ts',
    before: "if (expiry.branch === 'interpreter') endStep(",
    after: "if (expiry.branch === 'interpreter' && !isInterpreted) endStep(",
  },
  {
    id: 'R19: calls of one line ask for different things',
    file: 'requirements.ts',
    before: '|${dropped}|',
    after: '|${stepsOpenedCount}|',
  },
  {
    id: 'R30: tickets are called before the offers that bring them near',
    file: 'step.ts',
    before: '  offerWaitingCalls(draft, isExplained)\n',
    after:
      '  callNearTickets(draft)\n  draft.changedAwayLines.length = 0\n  offerWaitingCalls(draft, isExplained)\n  draft.changedAwayLines.length = 0\n',
  },
  {
    id: 'R33: a hold does not end when whoever began it leaves',
    file: 'offer.ts',
    before: 'const call = withoutHoldOf(draft, before, agentId)',
    after: 'const call = before',
  },
  {
    id: 'R33: holding again begins anew',
    file: 'hold.ts',
    before: 'if (call.hold !== null) return undefined\n  const',
    after: 'const',
  },
  {
    id: 'R34: whoever hands over stays in the call',
    file: 'offer.ts',
    before: 'if (refusal === undefined) handOver(draft, join)',
    after: '',
  },
  {
    id: 'R34: whoever asks somebody in beside them leaves',
    file: 'join.ts',
    before: 'event.isTransfer === true ? event.agentId : null',
    after: 'event.agentId',
  },
  {
    id: 'R37: whoever knows what a queue asks for is asked, of whatever centre',
    file: 'order.ts',
    before: "return target.kind === 'queue' ? target.queueId : undefined",
    after: 'return undefined',
  },
  {
    id: 'R37: whoever is to go on alone need not speak with the citizen',
    file: 'join.ts',
    before: "const isAlone = isTransfer || target.kind === 'centre'",
    after: "const isAlone = target.kind === 'centre'",
  },
  {
    id: 'R37: what gives way in a queue is asked for all the same',
    file: 'join.ts',
    before: "requirements.filter(({ expiry }) => expiry?.onExpiry !== 'relax')",
    after: 'requirements',
  },
  {
    id: 'R37: one who was named and declined is waited for',
    file: 'join.ts',
    before: "if (isNamed && why !== 'agent-lost' && why !== 'took-another')",
    after: "if (isNamed && why === 'agent-away')",
  },
  {
    id: 'R37: one who has gone away is waited for',
    file: 'step.ts',
    before: '  if (draft.joins.size > 0) endJoinsOfAbsent(draft)\n',
    after: '',
  },
  {
    id: 'R38: whoever asked is not told that nobody comes',
    file: 'join.ts',
    before: 'draft.putCall({ ...call, unmet: { joinId, askedById, target, needs, isTransfer, why } })',
    after: '',
  },
  {
    id: 'R39: whoever goes on with a call counts as having taken it from the line',
    file: 'offer.ts',
    before: 'offerId, acceptedAt, askedIn, joined: others',
    after: 'offerId, acceptedAt, joined: others',
  },
  {
    id: 'R39: whoever leaves a call to others has not handed it over',
    file: 'offer.ts',
    before: 'stepOut(draft, call, agent.id, call.agentId === agent.id)',
    after: 'stepOut(draft, call, agent.id, false)',
  },
  {
    id: 'R39: the time of those who were asked in is not lent',
    file: 'call.ts',
    before: 'agent !== undefined && isServedBy(draft, call.queueId, agent.centreId)',
    after: 'agent !== undefined && joined === undefined && isServedBy(draft, call.queueId, agent.centreId)',
  },
  {
    id: 'R41: whoever sits beside a citizen in a call is ready for others',
    file: 'step.ts',
    before: "if (isBeside(agent)) return 'agent-busy'\n      return void draft.putAgent",
    after: 'return void draft.putAgent',
  },
  {
    id: 'R41: whoever is ready stays so beside a citizen',
    file: 'agent.ts',
    before: "setAway(draft, { ...agent, besideCallId: callId }, 'with-citizen')",
    after: 'draft.putAgent({ ...agent, besideCallId: callId })',
  },
  {
    id: 'R41: the call beside a citizen is over, and the agent is held to it',
    file: 'call.ts',
    before: 'if (call.besideAgentId !== null) endBeside(draft, call.besideAgentId)',
    after: '',
  },
  {
    id: 'R41: whoever is asked already may open a call beside a citizen',
    file: 'arrive.ts',
    before: "beside.work.kind !== 'idle' || isBeside(beside)",
    after: 'isBeside(beside)',
  },
  {
    id: 'R40: a callback rings though nobody at work can take it',
    file: 'callback.ts',
    before: '  if (!isSomebody && isWaited) return null\n',
    after: '',
  },
  {
    id: 'R40: whoever promised is not asked first',
    file: 'callback.ts',
    before: '? { agentId: callback.promisedById, until: draft.at + draft.policy.callbackPreferredMs }',
    after: '? null',
  },
  {
    id: 'R40: what rang late counts as kept',
    file: 'callback.ts',
    before: 'return isRungInTime(callback, lateMs) && at <=',
    after: 'return at <=',
  },
  {
    id: 'R40: it rings once and is given up',
    file: 'callback.ts',
    before: 'const isLast = triesCount >= draft.policy.callbackTriesMax',
    after: 'const isLast = true',
  },
  {
    id: 'R40: what is only promised takes room in the line',
    file: 'index-of.ts',
    before: "call.status !== 'connected' && !isOnlyPromised(call)",
    after: "call.status !== 'connected'",
  },
  ...SUPERVISOR_BUGS,
]
