import { EventEmitter } from 'node:events'
import { mock } from 'node:test'
import type { types } from 'mediasoup'
import t from 'tap'
import {
  firstLayers,
  FULL_RATE_MS,
  FULL_SIZE_MS,
  letPictureGrow,
  type LayeredConsumer,
  type LayeredProducer,
} from '../media/picture-growth.ts'

/** Sent in so many sizes. */
const sentIn = (count: number): LayeredProducer => ({
  type: count > 1 ? 'simulcast' : 'simple',
  rtpParameters: { codecs: [], encodings: Array.from({ length: count }, () => ({})) },
})

/** Stands in for mediasoup's: keeps the wishes, and says which size goes out. */
class StandInConsumer extends EventEmitter {
  closed = false
  wishes: types.ConsumerLayers[] = []

  async setPreferredLayers(layers: types.ConsumerLayers): Promise<void> {
    this.wishes.push(layers)
  }

  goesOut(spatialLayer: number | undefined): void {
    this.emit('layerschange', spatialLayer === undefined ? undefined : { spatialLayer, temporalLayer: 0 })
  }

  /** The last wish, and forgets all. */
  newest(): types.ConsumerLayers | undefined {
    return this.wishes.splice(0).at(-1)
  }
}

t.test('a picture in several sizes begins below the largest and grows; after a gap it begins so again', (t) => {
  mock.timers.enable({ apis: ['setTimeout'] })
  t.teardown(() => mock.timers.reset())
  t.same(firstLayers(sentIn(2)), { preferredLayers: { spatialLayer: 0, temporalLayer: 0 } })
  t.same(firstLayers(sentIn(3)), { preferredLayers: { spatialLayer: 1, temporalLayer: 0 } })
  const consumer = new StandInConsumer()
  letPictureGrow(consumer satisfies LayeredConsumer, sentIn(2))
  mock.timers.tick(FULL_SIZE_MS)
  t.same(consumer.wishes, [], 'nothing has come yet')

  consumer.goesOut(0)
  mock.timers.tick(FULL_RATE_MS)
  t.same(consumer.newest(), { spatialLayer: 0 }, 'every picture')
  mock.timers.tick(FULL_SIZE_MS - FULL_RATE_MS)
  t.same(consumer.newest(), { spatialLayer: 1 }, 'the largest')
  consumer.goesOut(1)
  mock.timers.tick(FULL_RATE_MS)
  t.same(consumer.newest(), { spatialLayer: 1 }, 'every picture of it')
  consumer.goesOut(1)
  mock.timers.tick(FULL_SIZE_MS)
  t.same(consumer.wishes, [], 'and then it is left alone')

  consumer.goesOut(undefined)
  t.same(consumer.newest(), { spatialLayer: 0, temporalLayer: 0 })
  consumer.goesOut(0)
  consumer.goesOut(undefined)
  consumer.newest()
  mock.timers.tick(FULL_SIZE_MS)
  t.same(consumer.wishes, [], 'what waited for a picture that is gone is off')
  consumer.goesOut(0)
  consumer.closed = true
  mock.timers.tick(FULL_SIZE_MS)
  t.same(consumer.wishes, [], 'closed')
  t.end()
})

t.test('what is sent in one size, and sound, is left alone', (t) => {
  const consumer = new StandInConsumer()
  letPictureGrow(consumer, sentIn(1))
  t.same(firstLayers(sentIn(1)), {})
  t.equal(consumer.listenerCount('layerschange'), 0)
  t.end()
})
