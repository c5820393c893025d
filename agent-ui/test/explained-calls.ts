/** Calls that a page may ask about, with all that happened to them: made up, in the contract's own types. */
import type { CallExplanation, ExplainedOffer, OfferReasonsView } from '#server/contract/explanation.ts'
import { CALL_ID, branded } from './people.ts'

/** Half past two in Copenhagen, in winter. */
const ARRIVED_AT = Date.parse('2026-11-24T13:30:00Z')
const OTHER_CALL_ID = '5d2c7f0e-6f0a-4c8e-9a51-3f2f7c1f9a11'

const JOIN_ID = '7a3e7f0e-6f0a-4c8e-9a51-3f2f7c1f9a12'

const person = (name: string) => ({ agentId: name.toLowerCase().replace(/[^a-z]+/g, '-'), name })

function reasons(chosen: string): OfferReasonsView {
  return branded({
    choice: 'least-skill-wasted',
    candidatesCount: 23,
    candidates: [
      { ...person(chosen), wastedLevels: 3, idleMs: 252_000, isLent: false },
      { ...person('Bent Lund'), wastedLevels: 7, idleMs: 640_000, isLent: false },
      { ...person('Fatima Ali'), wastedLevels: 3, idleMs: 12_000, isLent: true },
    ],
    filtered: [
      { rule: 'in-call', count: 31, agents: [person('Amal Yusuf'), person('Iben Toft')] },
      { rule: 'lacks:citizen', count: 2, agents: [person('Gry Bang'), person('Hans Friis')] },
      { rule: 'held-for-another', count: 1, agents: [] },
    ],
    scoreMs: 372_000,
    needs: ['citizen ≥ 3', 'da ≥ 1'],
    passedOver: [{ callId: OTHER_CALL_ID, classId: 'information', scoreMs: 61_000 }],
  })
}

function offer(n: number, name: string, changes: Partial<ExplainedOffer> = {}): ExplainedOffer {
  const waitedMs = n * 110_000
  return branded({
    offerId: `${CALL_ID}/${n}`,
    ...person(name),
    madeAt: ARRIVED_AT + waitedMs,
    waitedMs,
    policyVersion: '2026-12-01',
    isLent: false,
    isJoin: false,
    end: 'accepted',
    endedAt: ARRIVED_AT + waitedMs + 6_000,
    declineReason: null,
    withdrawnWhy: null,
    reasons: reasons(name),
    ...changes,
  })
}

/** Six minutes at a library, until the third one asked took it. */
export function explanation(changes: Partial<CallExplanation> = {}): CallExplanation {
  return branded({
    callId: CALL_ID,
    kioskId: 'norrebro-1',
    siteId: 'noerrebro-bibliotek',
    siteName: 'Nørrebro Bibliotek',
    queueId: 'citizen.da',
    classId: 'ordinary',
    mode: 'video',
    language: 'da',
    origin: 'citizen',
    arrivedAt: ARRIVED_AT,
    answeredAt: ARRIVED_AT + 372_000,
    endedAt: ARRIVED_AT + 800_000,
    outcome: 'answered',
    endReason: 'caller-hung-up',
    promise: { p50Ms: 240_000, p80Ms: 420_000, isKept: true },
    wait: {
      waitMs: 372_000,
      aheadCount: 4,
      ableAgentsCount: 2,
      siteCorrectionMs: 0,
      stepsOpenedCount: 0,
      offersExpiredCount: 1,
      offersDeclinedCount: 0,
      offersWithdrawnCount: 0,
      awayMs: 0,
      lostMs: 0,
    },
    offers: [
      offer(1, 'Erik Dahl', { end: 'expired' }),
      offer(2, 'Dorte Skov', { end: 'declined', declineReason: 'know-the-citizen', isLent: true, reasons: null }),
      offer(3, 'Sara Holm'),
    ],
    moments: [
      { at: ARRIVED_AT, type: 'call.arrived', detail: {} },
      { at: ARRIVED_AT, type: 'call.queued', detail: { aheadCount: '4', ableAgentsCount: '2', siteCorrectionMs: '0' } },
      { at: ARRIVED_AT + 90_000, type: 'step.opened', detail: { stepsOpenedCount: '1' } },
      { at: ARRIVED_AT + 95_000, type: 'branch.opened', detail: { branch: 'callback' } },
      { at: ARRIVED_AT + 140_000, type: 'kiosk.polished', detail: {} },
      { at: ARRIVED_AT + 372_000, type: 'media.flowed', detail: {} },
      { at: ARRIVED_AT + 380_000, type: 'join.asked', detail: { joinId: `${CALL_ID}:interpreter` } },
      { at: ARRIVED_AT + 400_000, type: 'join.ended', detail: { joinId: `${CALL_ID}:interpreter`, isMet: 'true' } },
      { at: ARRIVED_AT + 420_000, type: 'join.asked', detail: { joinId: JOIN_ID } },
      { at: ARRIVED_AT + 440_000, type: 'join.ended', detail: { joinId: JOIN_ID, isMet: 'false' } },
      { at: ARRIVED_AT + 800_000, type: 'caller.hung-up', detail: {} },
    ],
    ...changes,
  })
}
