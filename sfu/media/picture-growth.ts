/**
 * How a picture that is sent in several sizes begins at whoever receives it, and each time again after nothing came: one size
 * below the largest, soon at its full rate, and then as large as it may be.
 */
import type { types } from 'mediasoup'

/**
 * After the first picture, in ms. The small one is whole sooner; one that began large and was taken back by its sender for
 * want of room stood still for three seconds. Raised, faces are soft for longer; lowered, the large one comes before both ends
 * have measured the way.
 */
export const FULL_SIZE_MS = 1_500

/**
 * mediasoup lets through as many pictures as it knows the cost of: with the first one that is every fourth, and it looks again
 * only after a second. So it is made to look once some have come. Lowered, it knows too little; raised, it is jerky longer.
 * In ms after each change of size.
 */
export const FULL_RATE_MS = 250

/** What is asked of a consumer here. */
export type LayeredConsumer = Pick<types.Consumer, 'closed' | 'setPreferredLayers'> & {
  on(event: 'layerschange', listener: (layers: types.ConsumerLayers | undefined) => void): unknown
}
export type LayeredProducer = { readonly type: types.ProducerType; readonly rtpParameters: types.RtpParameters }

/** The number of the largest size that is sent; 0 where there is but one. */
function largestOf({ type, rtpParameters }: LayeredProducer): number {
  return type === 'simulcast' ? (rtpParameters.encodings ?? []).length - 1 : 0
}

/** The size to begin with, for mediasoup's `consume`; nothing where there is but one. */
export function firstLayers(producer: LayeredProducer): { preferredLayers?: types.ConsumerLayers } {
  const largest = largestOf(producer)
  return largest === 0 ? {} : { preferredLayers: { spatialLayer: largest - 1, temporalLayer: 0 } }
}

/** Lets the picture of a consumer that was made with {@link firstLayers} grow, for as long as it is open. */
export function letPictureGrow(consumer: LayeredConsumer, producer: LayeredProducer): void {
  const largest = largestOf(producer)
  if (largest === 0) return
  let wanted = largest - 1
  let current: number | undefined
  let timers: NodeJS.Timeout[] = []
  // It is a wish: where it fails the picture stays as it is.
  const prefer = (layers: types.ConsumerLayers): void => {
    if (!consumer.closed) void consumer.setPreferredLayers(layers).catch(() => undefined)
  }
  const lookAgain = (): void => {
    // The same wish again is none.
    prefer({ spatialLayer: wanted, temporalLayer: 0 })
    prefer({ spatialLayer: wanted })
  }
  const grow = (): void => {
    wanted = largest
    lookAgain()
  }
  consumer.on('layerschange', (layers) => {
    const before = current
    current = layers?.spatialLayer
    if (current === before) return
    if (current === undefined) {
      for (const timer of timers) clearTimeout(timer)
      timers = []
      wanted = largest - 1
      prefer({ spatialLayer: wanted, temporalLayer: 0 })
      return
    }
    if (before === undefined) timers.push(setTimeout(grow, FULL_SIZE_MS).unref())
    timers.push(setTimeout(lookAgain, FULL_RATE_MS).unref())
  })
}
