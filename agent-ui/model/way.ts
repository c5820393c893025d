/** What a trial of the way to the SFU comes to, as one word. */

export interface WayFigures {
  readonly isFound: boolean
  readonly roundTripMs: number | null
  readonly lossPercent: number | null
  readonly transport: 'udp' | 'tcp' | null
}

/** `detour`: only TCP gets through, and pictures will stand still more often. */
export type WayVerdict = 'good' | 'weak' | 'detour' | 'none'

/** From here on two people begin to talk over each other, with the citizen's own way added. */
const ROUND_TRIP_MS_WEAK = 200
/** More than repair makes good in time. */
const LOSS_PERCENT_WEAK = 3

export function judgeWay({ isFound, roundTripMs, lossPercent, transport }: WayFigures): WayVerdict {
  if (!isFound) return 'none'
  if (transport === 'tcp') return 'detour'
  const isWeak = (roundTripMs ?? 0) >= ROUND_TRIP_MS_WEAK || (lossPercent ?? 0) >= LOSS_PERCENT_WEAK
  return isWeak ? 'weak' : 'good'
}
