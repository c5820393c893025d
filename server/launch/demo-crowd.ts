/** More people for the demo city, as many as a load run or a test asks for: all alike, so that any agent can take any call. */
import { hashPassword } from '../auth/passwords.ts'
import { hashToken } from '../auth/tokens.ts'
import type { Database } from '../store/database.ts'
import { centres, sites } from './demo-city.ts'
import { demoPassword, deviceKeyOf, kioskAccess, type DemoAccess } from './seed-demo.ts'

export type Crowd = { readonly kioskCount: number; readonly agentCount: number }

/** Every kiosk asks for this service first, and every agent can give it. */
const SERVICE = 'citizen'
const LANGUAGE = 'da'
const LEVEL = 4

/** The kiosks and accounts of a crowd, which follow from the secret alone. */
export function crowdAccess(secret: string, crowd: Crowd): DemoAccess {
  const password = demoPassword(secret)
  return {
    kiosks: numbered(crowd.kioskCount).map((number) => kioskAccess(secret, `kiosk-crowd-${number}`)),
    accounts: numbered(crowd.agentCount).map((number) => {
      return { username: `crowd-${number}`, password, role: 'agent', name: `Vikar ${number}` }
    }),
    staff: [],
  }
}

/** Puts a crowd into a database that holds the demo city. Throws where one of them is there already. */
export async function addCrowd(db: Database, secret: string, crowd: Crowd): Promise<void> {
  const { kiosks, accounts } = crowdAccess(secret, crowd)
  const passwordHash = await hashPassword(demoPassword(secret))
  const kioskRows = kiosks.map(({ kioskId }, i) => ({
    kiosk_id: kioskId,
    site_id: sites[i % sites.length]?.[0] ?? '',
    service_id: SERVICE,
    language: LANGUAGE,
    device_key_hash: hashToken(deviceKeyOf(secret, kioskId)),
  }))
  const agentRows = accounts.map(({ username, name, role }, i) => ({
    agent_id: username,
    username,
    password_hash: passwordHash,
    name,
    first_name: name,
    role,
    centre_id: centres[i % centres.length]?.[0] ?? '',
    attributes: JSON.stringify({ [SERVICE]: LEVEL, [LANGUAGE]: LEVEL }),
  }))
  await db.transaction().execute(async (trx) => {
    if (kioskRows.length > 0) await trx.insertInto('kiosks').values(kioskRows).execute()
    if (agentRows.length > 0) await trx.insertInto('agents').values(agentRows).execute()
  })
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, i) => String(i + 1).padStart(4, '0'))
}
