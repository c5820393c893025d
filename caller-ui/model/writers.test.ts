import t from 'tap'
import { writersAfter, type PeopleInCall } from './writers.ts'

const people = (agent: string, ...others: string[]): PeopleInCall => ({
  agentFirstName: agent,
  agentParticipantId: `agent-${agent}`,
  others: others.map((firstName) => ({ participantId: `agent-${firstName}`, firstName })),
})

t.test('everybody by their own name, also who came later, and who has left', async (t) => {
  const atFirst = writersAfter(new Map(), people('Amal'))
  t.same([...atFirst], [['agent-Amal', 'Amal']])
  const three = writersAfter(atFirst, people('Amal', 'Yusuf', 'Maja'))
  t.equal(three.get('agent-Yusuf'), 'Yusuf')
  const passedOn = writersAfter(three, people('Cecilie'))
  t.same([...passedOn.values()], ['Amal', 'Yusuf', 'Maja', 'Cecilie'])
  t.equal(atFirst.size, 1, 'what was known before is as it was')
})
