import t from 'tap'
import { seatsOf } from './seats.ts'

const people = (others: string[]) => ({
  agentFirstName: 'Amal',
  agentParticipantId: 'agent-amal',
  others: others.map((name) => ({ participantId: `agent-${name}`, firstName: name, role: 'interpreter' as const })),
})
const streams = (...names: string[]) => names.map((name) => ({ participantId: `agent-${name}` }))
const seen = (others: string[], ...names: string[]) =>
  seatsOf(people(others), streams(...names)).map(({ firstName, remote }) => [firstName, remote?.participantId ?? null])

t.test('whoever has the call is first, and each has their own picture', async (t) => {
  t.same(seen([], 'amal'), [['Amal', 'agent-amal']])
  t.same(seen(['yusuf'], 'yusuf', 'amal'), [
    ['Amal', 'agent-amal'],
    ['yusuf', 'agent-yusuf'],
  ])
})

t.test('somebody whose picture has not come has a seat, and nobody else’s picture', async (t) => {
  t.same(seen(['yusuf'], 'yusuf'), [
    ['Amal', null],
    ['yusuf', 'agent-yusuf'],
  ])
  t.same(seen([]), [['Amal', null]])
})

t.test('a picture ahead of the view stands for whoever has the call, as long as theirs is not there', async (t) => {
  t.same(seen([], 'cecilie'), [['Amal', 'agent-cecilie']])
  t.same(seen([], 'cecilie', 'amal'), [['Amal', 'agent-amal']])
})
