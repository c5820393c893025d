/** Notices the first picture shown or sound played since a given moment. */

/** How often it looks, in ms; after a while less often. */
const LOOK_MS = 40
const LOOK_SELDOM_MS = 250
const OFTEN_FOR_MS = 5_000

type Counts = ReadonlyMap<string, number>

/** Pictures decoded or sound played out, for each stream that is received. */
async function countsOf(receivers: readonly RTCRtpReceiver[]): Promise<Counts> {
  const counts = new Map<string, number>()
  for (const receiver of receivers) {
    const report = await receiver.getStats()
    report.forEach((stats: Readonly<Record<string, unknown>>) => {
      if (stats['type'] !== 'inbound-rtp') return
      // Sound counts when it came over the net: what a browser plays before is silence of its own making.
      const isPlayed = stats['kind'] === 'video' || Number(stats['packetsReceived'] ?? 0) > 0
      const played = stats['kind'] === 'video' ? stats['framesDecoded'] : stats['jitterBufferEmittedCount']
      counts.set(String(stats['id']), isPlayed && typeof played === 'number' ? played : 0)
    })
  }
  return counts
}

/** Where nobody sends sound or picture for so long, they write: the text is what flows. In ms. */
const ONLY_TEXT_MS = 1_000

type Circumstances = {
  /** Nobody waits any more. */
  readonly isOver: () => boolean
  /** The text is open and nobody sends anything else. */
  readonly isOnlyText: () => boolean
}

/**
 * Resolves true as soon as more is shown or played than when it was called, or the others do nothing but write; false
 * once it is over. `receivers` is asked anew each time, because connections may be made anew meanwhile.
 */
export async function firstMedia(
  receivers: () => readonly RTCRtpReceiver[],
  { isOver, isOnlyText }: Circumstances,
): Promise<boolean> {
  const begunAt = performance.now()
  let before: Counts | undefined
  let onlyTextSince: number | undefined
  while (!isOver()) {
    // A connection that closes under the question has no figures; the next look asks the new one.
    const counts = await countsOf(receivers()).catch((): Counts => new Map())
    if (before === undefined) before = counts
    for (const [id, count] of counts) if (count > (before.get(id) ?? 0)) return !isOver()
    onlyTextSince = isOnlyText() ? (onlyTextSince ?? performance.now()) : undefined
    if (onlyTextSince !== undefined && performance.now() - onlyTextSince > ONLY_TEXT_MS) return !isOver()
    const waitMs = performance.now() - begunAt < OFTEN_FOR_MS ? LOOK_MS : LOOK_SELDOM_MS
    await new Promise((resolve) => setTimeout(resolve, waitMs))
  }
  return false
}
