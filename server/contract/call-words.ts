/** Words for sites, matters and the ends of calls, which every audience shares. */
import { Type, type Static } from 'typebox'
import { Labels, MatterId, ServiceId } from './ids.ts'
import { strict } from './shapes.ts'

export const SiteType = Type.Union([
  Type.Literal('library'),
  Type.Literal('culture-house'),
  Type.Literal('supermarket'),
  Type.Literal('airport'),
  Type.Literal('job-centre'),
  Type.Literal('social-centre'),
  Type.Literal('borgerservice-mini'),
  Type.Literal('borgerservice'),
])
export type SiteType = Static<typeof SiteType>

/**
 * How a call ended. Answered: both sides had picture or sound of the other. Full, closed, paused: never let in. Expired: the
 * ticket was called and nobody came. Failed: neither side's wish (network, machine, us).
 */
export const CallOutcome = Type.Union([
  Type.Literal('answered'),
  Type.Literal('abandoned'),
  Type.Literal('full'),
  Type.Literal('closed'),
  Type.Literal('paused'),
  Type.Literal('expired'),
  Type.Literal('failed'),
])
export type CallOutcome = Static<typeof CallOutcome>

export const EndReason = Type.Union([
  Type.Literal('caller-hung-up'),
  Type.Literal('agent-hung-up'),
  Type.Literal('caller-lost'),
  Type.Literal('queue-full'),
  Type.Literal('queue-closed'),
  /** [R46] A supervisor has closed the place. */
  Type.Literal('site-closed'),
  Type.Literal('queue-paused'),
  /** Still open, but nobody who comes now would be answered before closing. */
  Type.Literal('last-entry'),
  Type.Literal('ticket-lapsed'),
  Type.Literal('media-lost'),
])
export type EndReason = Static<typeof EndReason>

/** How the citizen found it. */
export const Face = Type.Union([Type.Literal('good'), Type.Literal('so-so'), Type.Literal('bad')])
export type Face = Static<typeof Face>

/** What is asked for in somebody who is looked for: a language spoken, a language of signs, or knowing something. */
export const AttributeKind = Type.Union([Type.Literal('language'), Type.Literal('signing'), Type.Literal('skill')])
export type AttributeKind = Static<typeof AttributeKind>

export const MatterView = Type.Object({ matterId: MatterId, serviceId: ServiceId, labels: Labels }, strict)
export type MatterView = Static<typeof MatterView>
