/** Supervisor page ↔ server, on the namespace `/supervisor`, with the cookie of a signed-in supervisor. */
import { Type } from 'typebox'
import type { EventTable, RequestTable } from '#sfu/contract/wire.ts'
import { AwayOrder, CallMove, QueueOrder, WaitingCalls } from './floor-actions.ts'
import { SiteClosing, SiteOpening } from './floor-sites.ts'
import { AgentSkills, SkillOrder, SkillsOf } from './floor-skills.ts'
import { MediaInvitation } from './caller-socket.ts'
import { AgentId, CallId, Instant } from './ids.ts'
import { kioskCareRequests, KioskOrder } from './kiosk-care.ts'
import { KioskMessage } from './kiosk-messages.ts'
import { NoticeId, NoticePost } from './notices.ts'
import { SignedOut } from './sign-ins.ts'
import { StaffMessage, StaffMessageSent } from './staff-messages.ts'
import { SupervisorPatch } from './supervisor-patch.ts'
import { Supervision } from './supervision.ts'
import { SupervisorView } from './views.ts'
import { PastWarnings, WarningsSeen } from './warnings.ts'

const strict = { additionalProperties: false } as const
const Nothing = Type.Object({}, strict)

export const SupervisorSnapshot = Type.Object(
  { version: Type.Integer({ minimum: 0 }), at: Instant, view: SupervisorView },
  strict,
)

export const supervisorRequests = {
  hello: { body: Nothing, reply: SupervisorSnapshot },
  /** Says something on the screens. Asking again with the same id changes nothing. */
  'notice.post': { body: NoticePost, reply: SupervisorSnapshot },
  /** Shown no more. Taking back what does not stand changes nothing. */
  'notice.take-back': { body: Type.Object({ noticeId: NoticeId }, strict), reply: SupervisorSnapshot },
  /** Says that one has seen it. Who was first stays. */
  'warning.acknowledge': { body: WarningsSeen, reply: SupervisorSnapshot },
  /** Those that were over within the last day, with who had seen them. Asked for, and not pushed. */
  'warning.past': { body: Nothing, reply: PastWarnings },
  ...kioskCareRequests,
  /** Takes a kiosk out of use or back. What is so already changes nothing. */
  'kiosk.order': { body: KioskOrder, reply: SupervisorSnapshot },
  /** Says something on one screen, in the place of what stood there alone. `notice.take-back` takes it down. */
  'kiosk.show-message': { body: KioskMessage, reply: SupervisorSnapshot },
  /** Everybody who waits. Asked for, and not pushed: it is long, and looked at now and then. */
  'calls.waiting': { body: Nothing, reply: WaitingCalls },
  /** Asking again with the same id changes nothing. A call that is being taken meanwhile is not moved: `wrong-state`. */
  'call.move': { body: CallMove, reply: WaitingCalls },
  /**
   * [R44] Rings at the supervisor's own desk from then on. Asking again changes nothing. `unknown-agent`: they have no desk open; `agent-away`: it
   * has no connection; `agent-busy`, `not-able`; `wrong-state`: it is being taken, or the citizen is not there.
   */
  'call.take': { body: Type.Object({ callId: CallId }, strict), reply: WaitingCalls },
  /** As if they had set themselves away: an offer on their screen goes back, a call of theirs goes on. */
  'agent.set-away': { body: AwayOrder, reply: SupervisorSnapshot },
  /** Everywhere. Not in a call or with an offer on the screen: `agent-busy`. */
  'agent.sign-out': { body: Type.Object({ agentId: AgentId }, strict), reply: SupervisorSnapshot },
  /** [R45] Asked for by whoever is about to change it. */
  'agent.skills': { body: SkillsOf, reply: AgentSkills },
  /** [R45] Until the city's day is over. `not-allowed`: it is no skill of the policy. What is so already changes nothing. */
  'agent.set-skill': { body: SkillOrder, reply: SupervisorSnapshot },
  /** [R46] Lets nobody new in at the screens of a place, and tells them why; whoever is inside is served. */
  'site.close': { body: SiteClosing, reply: SupervisorSnapshot },
  /** [R46] What is so already changes nothing. */
  'site.open': { body: SiteOpening, reply: SupervisorSnapshot },
  /** What is so already changes nothing. */
  'queue.order': { body: QueueOrder, reply: SupervisorSnapshot },
  /** Writes to one agent, or to everybody at work. Asking again with the same id sends nothing. */
  'message.send': { body: StaffMessage, reply: StaffMessageSent },
  /**
   * Listens to a running call, whispers or joins, or passes from one to another. Answered once the SFU does it; what is so already
   * changes nothing. It ends with the connection too: nobody listens without a page that shows it.
   */
  'call.supervise': { body: Supervision, reply: Nothing },
  'call.end-supervision': { body: Type.Object({ callId: CallId }, strict), reply: Nothing },
  /** The way into the media room, while one supervises the call. */
  'media.ticket': { body: Type.Object({ callId: CallId }, strict), reply: MediaInvitation },
} as const satisfies RequestTable

export const supervisorEvents = {
  /** The whole view, where most of it is other than before. */
  'view.changed': SupervisorSnapshot,
  /** What is other than in the view before. At most every {@link SUPERVISOR_VIEW_EVERY_MS}; only when something changed. */
  'view.patched': SupervisorPatch,
  /** The sign-in has ended, and why. */
  'signed-out': SignedOut,
} as const satisfies EventTable

/** Shorter is livelier, and costs the server a look at everything as often. */
export const SUPERVISOR_VIEW_EVERY_MS = 250
