/** Mistakes in what supervisors do, [R42] to [R46]: see `bugs.ts`. */
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
  {
    id: 'R44: whoever takes a call need not speak with the citizen',
    file: 'take.ts',
    before: "if (!hasAll(agent.attributes, firmNeeds(draft.policyOf(call), call))) return 'not-able'",
    after: '',
  },
  {
    id: 'R44: signing is passed over as a skill is',
    file: 'requirements.ts',
    before: "attributes[need.attribute] !== 'skill' || isOfMode(need)",
    after: "attributes[need.attribute] === 'language'",
  },
  {
    id: 'R44: a call that rings at another is taken from them',
    file: 'take.ts',
    before: "return isMovable(call) && call.presence.kind === 'here' && call.lostAt === null",
    after:
      "return isMovable({ ...call, status: 'waiting' } as Call) && call.presence.kind === 'here' && call.lostAt === null",
  },
  {
    id: 'R44: what rings at them already rings on',
    file: 'take.ts',
    before: "  else if (work.kind === 'offered') takeOfferBack(draft, agent, 'took-another')\n",
    after: '',
  },
  {
    id: 'R44: a call that was taken by hand goes back as soon as the citizen says something',
    file: 'call.ts',
    before: 'const needs = isByHand ? firmNeeds(policy, refined) : refined.needs',
    after: 'const { needs } = refined',
  },
  {
    id: 'R44: whoever sits beside a citizen takes another call',
    file: 'take.ts',
    before: "agent.work.kind === 'in-call' || isBeside(agent)",
    after: "agent.work.kind === 'in-call'",
  },
  {
    id: 'R45: a skill for the day is forgotten when somebody signs in again',
    file: 'agent.ts',
    before: 'const attributes = withDaySkills(ownAttributes, daySkills)',
    after: 'const attributes = ownAttributes',
  },
  {
    id: 'R45: whoever signs out and in again has lost what was given for the day',
    file: 'agent.ts',
    before: '  keepDaySkills(draft, agent)\n',
    after: '',
  },
  {
    id: 'R45: what was given for the day is given for good',
    file: 'index-of.ts',
    before: '  for (const { until } of agent.daySkills) at = Math.min(at, until)\n',
    after: '',
  },
  {
    id: 'R45: what was taken for the day is known at no level, and so is there',
    file: 'day-skills-kept.ts',
    before: 'if (level === 0) delete attributes[attribute]\n    else ',
    after: '',
  },
  {
    id: 'R45: a language is given for the day',
    file: 'day-skills.ts',
    before: "draft.policy.attributes[attribute] !== 'skill'",
    after: 'draft.policy.attributes[attribute] === undefined',
  },
  {
    id: 'R45: a call is kept for somebody who cannot take it any more',
    file: 'day-skills.ts',
    before: '  endPreferencesFor(draft, agent.id, ({ needs }) => !hasAll(attributes, needs))\n',
    after: '',
  },
  {
    id: 'R45: whoever waits is not offered to who can have them now',
    file: 'day-skills.ts',
    before: 'const poolKey = poolKeyOf(agent.centreId, attributes)',
    after: 'const { poolKey } = agent',
  },
  {
    id: 'R46: a site that is closed lets people in',
    file: 'entry.ts',
    before: 'const isClosed = call.besideAgentId === null && ',
    after: 'const isClosed = call.besideAgentId !== null && ',
  },
  {
    id: 'R46: a site that was closed until a moment stays closed',
    file: 'sites.ts',
    before: 'closed === undefined || (closed.until !== null && closed.until <= at) ? undefined : closed',
    after: 'closed',
  },
  {
    id: 'R46: a place for the opening is given before the calendars are open',
    file: 'sites.ts',
    before: 'then.isOpen ? closed.until : then.opensAt',
    after: 'closed.until',
  },
  {
    id: 'R46: a snapshot forgets which sites are closed',
    file: 'snapshot.ts',
    before: 'closedSites: [...state.closedSites]',
    after: 'closedSites: []',
  },
  {
    id: 'R46: closing one site opens another',
    file: 'sites.ts',
    before: 'if (closedSiteAt(draft.closedSites, id, draft.at) === undefined) draft',
    after: 'draft',
  },
]
