/** The demo city's policy and its people, places and queues fit one another. */
import { readFileSync } from 'node:fs'
import t from 'tap'
import { readPolicy } from '../policy/document.ts'
import type { Requirement } from '../routing/policy.ts'
import { centres, languages, people, services, sites } from './demo-city.ts'

const hasSkill = (skills: readonly string[], attribute: string) => skills.includes(attribute)
const isInterpreted = ({ expiry }: Requirement) => expiry?.onExpiry === 'branch' && expiry.branch === 'interpreter'

t.test('copenhagen.yaml is about the demo city', async (t) => {
  const city = readPolicy(readFileSync(new URL('../policy/copenhagen.yaml', import.meta.url), 'utf8'))
  if (!city.isValid) throw new Error(JSON.stringify(city.faults))
  t.same(
    city.queues,
    services.flatMap(([serviceId]) =>
      languages.map((language) => ({ queueId: `${serviceId}.${language}`, serviceId, language })),
    ),
  )
  t.same(
    city.centres,
    centres.map(([centreId, name]) => ({ centreId, name })),
  )
  t.same(
    Object.keys(city.document.sites ?? {}),
    sites.map(([siteId]) => siteId),
  )
  for (const [username, , , , skills] of people) {
    for (const skill of skills) t.ok(city.policy.attributes[skill], `${skill} of ${username} is an attribute`)
  }
  for (const queue of Object.values(city.policy.queues)) {
    t.match(queue, { callersMax: 50, answerWithinMs: 60_000, shortAbandonMs: 5_000 })
    const [serviceId, language] = queue.id.split('.')
    t.same(new Set(queue.requirements.map(({ attribute }) => attribute)), new Set([serviceId, language]))
    const able = people.filter(([, , , centreId, skills]) => {
      const isHome = queue.homeCentreIds.includes(centreId)
      return isHome && queue.requirements.every((need) => isInterpreted(need) || hasSkill(skills, need.attribute))
    })
    t.ok(able.length > 0, `somebody at home takes ${queue.id}`)
    for (const { attribute } of queue.requirements.filter(isInterpreted)) {
      t.ok(
        people.some(([, , , , skills]) => hasSkill(skills, attribute)),
        `somebody interprets ${attribute}`,
      )
    }
  }
})
