/** What no schema can see: whether the parts of a city fit one another, and its policy fits the city. */
import type { CityFault, FaultCode } from '#server/contract/admin.ts'
import type { CityContent } from '#server/contract/city-document.ts'
import type { Locator, Path } from '#server/policy/faults.ts'
import type { CityDocument } from './document.ts'

type Add = (path: Path, sentence: string, code?: FaultCode, subject?: string) => void

/** Own keys only: an id as `constructor` is nobody's. */
const has = (part: object | undefined, id: string) => part !== undefined && Object.hasOwn(part, id)

/** Everything that does not fit, each at its line. */
export function cityFaults(city: CityDocument, locator: Locator): CityFault[] {
  const faults: CityFault[] = []
  const add: Add = (path, sentence, code, subject) =>
    faults.push({
      ...locator.fault(path, sentence),
      ...(code === undefined ? {} : { code }),
      ...(subject === undefined ? {} : { subject }),
    })
  checkReferences(city, add)
  checkPeople(city, add)
  checkStaff(city, add)
  checkOwners(city, add)
  checkPolicyFits(city, add)
  const { phones } = city
  const contacts = phones.filter(({ kind }) => kind === 'contact')
  if (contacts.length > 1) add(['phones'], 'there is more than one number of kind contact', 'one-contact')
  if (new Set(phones.map(({ number }) => number)).size < phones.length)
    add(['phones'], 'a number is there twice', 'number-twice')
  return faults
}

/** Whatever is named is there. */
function checkReferences(city: CityContent, add: Add): void {
  const { districts, services, sites, kiosks, matters } = city
  for (const [id, { district }] of Object.entries(sites)) {
    if (!has(districts, district))
      add(['sites', id, 'district'], `there is no district ${district}`, 'not-there', district)
  }
  for (const [id, { site, service }] of Object.entries(kiosks)) {
    if (!has(sites, site)) add(['kiosks', id, 'site'], `there is no site ${site}`, 'not-there', site)
    if (!has(services, service)) add(['kiosks', id, 'service'], `there is no service ${service}`, 'not-there', service)
  }
  for (const [id, { service }] of Object.entries(matters)) {
    if (!has(services, service)) add(['matters', id, 'service'], `there is no service ${service}`, 'not-there', service)
  }
}

function checkPeople({ people, centres, sites, policy }: CityDocument, add: Add): void {
  const idOfUsername = new Map<string, string>()
  for (const [id, { username, centre, besideSite, skills }] of Object.entries(people)) {
    const path = ['people', id]
    const other = idOfUsername.get(username)
    if (other !== undefined) add([...path, 'username'], `${other} has this user name`, 'taken', other)
    idOfUsername.set(username, id)
    if (!has(centres, centre)) add([...path, 'centre'], `there is no centre ${centre}`, 'not-there', centre)
    if (besideSite !== undefined && !has(sites, besideSite)) {
      add([...path, 'besideSite'], `there is no site ${besideSite}`, 'not-there', besideSite)
    }
    if (policy === undefined) continue
    for (const skill of Object.keys(skills)) {
      if (!has(policy.attributes, skill))
        add([...path, 'skills', skill], `the policy has no attribute ${skill}`, 'not-there', skill)
    }
  }
}

function checkStaff({ staff, centres, sites }: CityContent, add: Add): void {
  const idOfNumber = new Map<string, string>()
  for (const [id, { number, site, centre }] of Object.entries(staff)) {
    const path = ['staff', id]
    const other = idOfNumber.get(number)
    if (other !== undefined) add([...path, 'number'], `${other} has this number`, 'taken', other)
    idOfNumber.set(number, id)
    if ((site === undefined) === (centre === undefined))
      add(path, 'needs a site or a centre, and not both', 'site-or-centre')
    if (site !== undefined && !has(sites, site)) add([...path, 'site'], `there is no site ${site}`, 'not-there', site)
    if (centre !== undefined && !has(centres, centre))
      add([...path, 'centre'], `there is no centre ${centre}`, 'not-there', centre)
  }
}

/** An article that names a function has one. */
function checkOwners({ owners, people }: CityContent, add: Add): void {
  const idOfName = new Map<string, string>()
  for (const [id, owner] of Object.entries(owners)) {
    const other = idOfName.get(owner.name)
    if (other !== undefined) add(['owners', id, 'name'], `${other} has this name`, 'taken', other)
    idOfName.set(owner.name, id)
    owner.people.forEach((agentId, index) => {
      if (!has(people, agentId))
        add(['owners', id, 'people', index], `there is nobody called ${agentId}`, 'not-there', agentId)
    })
  }
}

/** A policy may be right in itself and name what the city has not. */
function checkPolicyFits({ policy, services, centres, sites }: CityDocument, add: Add): void {
  if (policy === undefined) return
  const parts = { services, centres, sites }
  for (const [name, known] of Object.entries(parts)) {
    for (const id of Object.keys(policy[name as keyof typeof parts] ?? {})) {
      if (!has(known, id)) add(['policy', name, id], `the city has no ${name.slice(0, -1)} ${id}`, 'not-there', id)
    }
  }
}
