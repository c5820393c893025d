/** What a call sounds and looks like at this end, from the browser's own figures, once a second. */

export type QualitySample = {
  /** Ms since epoch. */
  readonly at: number
  readonly roundTripTimeMs: number | undefined
  /** What the browser believes it can send, in bit/s. */
  readonly availableBitrate: number | undefined
  readonly video:
    | {
        readonly framesPerSecond: number
        readonly framesDecoded: number
        readonly frameWidth: number
        readonly frameHeight: number
        readonly packetsReceived: number
        readonly packetsLost: number
        readonly freezeCount: number
        readonly freezesMs: number
        readonly jitterBufferMs: number
      }
    | undefined
  readonly audio:
    | {
        readonly packetsReceived: number
        readonly packetsLost: number
        /** Samples the browser made up because the real ones did not come; of all it played. */
        readonly concealedSamples: number
        readonly samples: number
        readonly audioLevel: number
        readonly audioEnergy: number
        readonly jitterBufferMs: number
        /** What all samples together waited there, and how many they were. */
        readonly jitterBufferTotalMs: number
        readonly jitterBufferCount: number
      }
    | undefined
  /** Of the sound sent from here, what the SFU did not get lately; undefined while it has not said so. */
  readonly uplinkLossShare: number | undefined
  readonly sending:
    { readonly framesPerSecond: number; readonly frameHeight: number; readonly limitedBy: string } | undefined
}

/** The figures of the two connections of a session; undefined while there is none. */
export type StatsSource = {
  receiveStats(): Promise<RTCStatsReport | undefined>
  sendStats(): Promise<RTCStatsReport | undefined>
}

type StatsRecord = Readonly<Record<string, unknown>>

const QUALITY_EVERY_MS = 1_000

/** Samples the session once a second. Returns the function that stops it. */
export function watchQuality(source: StatsSource, onSample: (sample: QualitySample) => void): () => void {
  let isStopped = false
  let isReading = false
  const timer = setInterval(() => {
    if (isReading) return
    isReading = true
    void readQuality(source)
      .then((sample) => {
        if (!isStopped) onSample(sample)
      })
      // A connection that ends while it is read has no figures; the next look finds the new one.
      .catch(() => undefined)
      .finally(() => (isReading = false))
  }, QUALITY_EVERY_MS)
  return () => {
    isStopped = true
    clearInterval(timer)
  }
}

/** One sample now. Where several participants are received, the figures of kinds are added up, levels are the highest. */
export async function readQuality(source: StatsSource): Promise<QualitySample> {
  const [receive, send] = await Promise.all([source.receiveStats(), source.sendStats()])
  const received = records(receive)
  const sent = records(send)
  const inbound = received.filter(({ type }) => type === 'inbound-rtp')
  const roundTrips = [...received, ...sent]
    .filter(({ type, state }) => type === 'candidate-pair' && state === 'succeeded')
    .map((pair) => number(pair, 'currentRoundTripTime') * 1000)
  return {
    at: Date.now(),
    // From this end to the other there are two legs; each end measures its own.
    roundTripTimeMs: roundTrips.length === 0 ? undefined : Math.max(...roundTrips),
    availableBitrate: availableBitrate(sent),
    video: videoFigures(inbound.filter(({ kind }) => kind === 'video')),
    audio: audioFigures(inbound.filter(({ kind }) => kind === 'audio')),
    uplinkLossShare: uplinkLossShare(
      sent.filter(({ type, kind }) => type === 'remote-inbound-rtp' && kind === 'audio'),
    ),
    sending: sendingFigures(sent.filter(({ type, kind }) => type === 'outbound-rtp' && kind === 'video')),
  }
}

function availableBitrate(sent: readonly StatsRecord[]): number | undefined {
  const told = sent.filter(({ type, availableOutgoingBitrate }) => {
    return type === 'candidate-pair' && typeof availableOutgoingBitrate === 'number'
  })
  return told.length === 0 ? undefined : most(told, 'availableOutgoingBitrate')
}

function uplinkLossShare(told: readonly StatsRecord[]): number | undefined {
  return told.length === 0 ? undefined : Math.min(1, Math.max(0, most(told, 'fractionLost')))
}

function records(report: RTCStatsReport | undefined): StatsRecord[] {
  const found: StatsRecord[] = []
  // The report is a map whose values are typed as anything; each figure is checked when it is read.
  report?.forEach((stats: StatsRecord) => found.push(stats))
  return found
}

function number(stats: StatsRecord, name: string): number {
  const value = stats[name]
  return typeof value === 'number' ? value : 0
}

const sum = (all: readonly StatsRecord[], name: string): number =>
  all.reduce((total, stats) => total + number(stats, name), 0)
const most = (all: readonly StatsRecord[], name: string): number =>
  all.reduce((highest, stats) => Math.max(highest, number(stats, name)), 0)

/** Mean time in the jitter buffer since the beginning, in ms. */
function jitterBufferMs(all: readonly StatsRecord[]): number {
  const emitted = sum(all, 'jitterBufferEmittedCount')
  return emitted === 0 ? 0 : (sum(all, 'jitterBufferDelay') / emitted) * 1000
}

function videoFigures(all: readonly StatsRecord[]): QualitySample['video'] {
  if (all.length === 0) return undefined
  return {
    framesPerSecond: most(all, 'framesPerSecond'),
    framesDecoded: sum(all, 'framesDecoded'),
    frameWidth: most(all, 'frameWidth'),
    frameHeight: most(all, 'frameHeight'),
    packetsReceived: sum(all, 'packetsReceived'),
    packetsLost: sum(all, 'packetsLost'),
    freezeCount: sum(all, 'freezeCount'),
    freezesMs: sum(all, 'totalFreezesDuration') * 1000,
    jitterBufferMs: jitterBufferMs(all),
  }
}

function audioFigures(all: readonly StatsRecord[]): QualitySample['audio'] {
  if (all.length === 0) return undefined
  return {
    packetsReceived: sum(all, 'packetsReceived'),
    packetsLost: sum(all, 'packetsLost'),
    concealedSamples: sum(all, 'concealedSamples'),
    samples: sum(all, 'totalSamplesReceived'),
    audioLevel: most(all, 'audioLevel'),
    audioEnergy: sum(all, 'totalAudioEnergy'),
    jitterBufferMs: jitterBufferMs(all),
    jitterBufferTotalMs: sum(all, 'jitterBufferDelay') * 1000,
    jitterBufferCount: sum(all, 'jitterBufferEmittedCount'),
  }
}

function sendingFigures(all: readonly StatsRecord[]): QualitySample['sending'] {
  if (all.length === 0) return undefined
  // A layer that is left out for want of room still has a size.
  const running = all.filter((each) => number(each, 'framesPerSecond') > 0)
  const largest = (running.length === 0 ? all : running).reduce((a, b) =>
    number(b, 'frameHeight') > number(a, 'frameHeight') ? b : a,
  )
  const limitedBy = largest['qualityLimitationReason']
  return {
    framesPerSecond: number(largest, 'framesPerSecond'),
    frameHeight: number(largest, 'frameHeight'),
    limitedBy: typeof limitedBy === 'string' ? limitedBy : 'none',
  }
}
