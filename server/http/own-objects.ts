/** Of whose things a route may be asked, where the table says that the gate looks. */
import type { FastifyRequest } from 'fastify'
import type { Whose } from '#server/auth/rights.ts'
import type { State } from '#server/routing/state.ts'
import { findRemark } from '#server/store/article-remarks.ts'
import type { Database } from '#server/store/database.ts'
import { ownerNames, type Directory, type Person } from '#server/store/directory.ts'
import { wasInCall } from '#server/store/explanations.ts'

export type OwnObjectsParts = {
  readonly db: Database
  readonly directory: Pick<Directory, 'people' | 'owners'>
  readonly state: () => State
}

/** Says whether a person may have what a request asks for: `whose` it is, by its address, which has been checked. */
export function ownObjects({ db, directory, state }: OwnObjectsParts) {
  const isAtDesk = ({ agentId }: Person, callId: string): boolean => {
    const work = state().agents.get(agentId)?.work
    return work !== undefined && work.kind !== 'idle' && work.callId === callId
  }
  return async (whose: Whose, person: Person, request: FastifyRequest): Promise<boolean> => {
    const { callId = '', remarkId = '' } = request.params as Partial<Record<'callId' | 'remarkId', string>>
    switch (whose) {
      case 'call-at-desk':
        return isAtDesk(person, callId)
      case 'call-been-in':
        return isAtDesk(person, callId) || (await wasInCall(db, callId, person.agentId))
      case 'own-remark':
        return ownerNames(directory, person.agentId).includes((await findRemark(db, remarkId))?.articleOwner ?? '')
      case 'own-figures':
        return agentsAsked(request).every((agentId) => agentId === person.agentId)
      case 'figures-of-centre':
        return agentsAsked(request).every((agentId) => directory.people.get(agentId)?.centreId === person.centreId)
      default:
        // Nobody may have what nobody can look for.
        return false
    }
  }
}

function agentsAsked(request: FastifyRequest): readonly string[] {
  const { agent } = request.query as { readonly agent?: string }
  return agent?.split(',') ?? []
}
