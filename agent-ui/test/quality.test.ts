/** What the desk says of a line: the E-model against figures that are published, and words that do not flicker. */
import t from 'tap'
import type { Reception } from '#sfu/contract/reception.ts'
import { fromCitizen, forgetQuality, takeReception, toCitizen } from '../desk/call-quality.ts'
import { mouthToEarMs, ratingOf, scoreOfRating } from '../model/mos.ts'
import { judgeDirection, NOTHING_SHOWN, steadyAfter, type Quality, type Steady } from '../model/quality.ts'

const well: Reception = {
  roundTripMs: 30,
  jitterBufferMs: 40,
  concealedShare: 0,
  lossShare: 0,
  uplinkLossShare: 0,
  framesPerSecond: 25,
  frozenShare: 0,
}

t.test('the E-model gives the scores that ITU-T G.107 prints', async (t) => {
  const score = (rating: number) => Number(scoreOfRating(rating).toFixed(2))
  // Table B.1 of G.107, which is rounded a little differently.
  const printed = { 90: 4.34, 80: 4.03, 70: 3.6, 60: 3.1, 50: 2.58 }
  for (const [rating, mos] of Object.entries(printed))
    t.ok(Math.abs(scoreOfRating(Number(rating)) - mos) < 0.01, rating)
  t.equal(score(93.2), 4.41, 'the best of narrow-band speech')
  t.same([-5, 0, 100, 120].map(score), [1, 1, 4.5, 4.5])
  t.ok(scoreOfRating(3) >= 1, 'the polynomial falls below 1 there; an opinion cannot')
})

t.test('delay costs little until people talk over each other, and loss costs from the first packet', async (t) => {
  t.equal(ratingOf(0, 0), 93.2)
  t.equal(Number(ratingOf(150, 0).toFixed(2)), 89.6)
  t.equal(Number(ratingOf(177.3, 0).toFixed(3)), 88.945)
  t.equal(Number(ratingOf(400, 0).toFixed(2)), 59.1)
  t.equal(Number((93.2 - ratingOf(0, 0.01)).toFixed(2)), 4.52)
  t.equal(Number((93.2 - ratingOf(0, 0.2)).toFixed(2)), 47.5, 'half of 95 where Ppl equals Bpl')
  t.equal(mouthToEarMs({ roundTripsMs: [60, 100], jitterBufferMs: 40 }), 146.5, 'both legs count')
})

t.test('a direction is judged by what was made up and by what came, and the worse way is named', async (t) => {
  const judged = (listener: Partial<Reception>, speaker: Partial<Reception> | null = {}) =>
    judgeDirection({ ...well, ...listener }, speaker === null ? null : { ...well, ...speaker })
  t.match(judged({}), { sound: 'good', picture: 'good', culprit: null })
  t.match(judged({ lossShare: 0.1 }), { sound: 'good', culprit: null }, 'what was repaired in time harms nobody')
  t.match(judged({ concealedShare: 0.05, lossShare: 0.06 }), { sound: 'weak', culprit: 'listener' })
  t.match(judged({ concealedShare: 0.05, lossShare: 0.06 }, { uplinkLossShare: 0.06 }), { culprit: 'speaker' })
  t.match(judged({ concealedShare: 0.2, lossShare: 0.1 }, { uplinkLossShare: 0.05 }), {
    sound: 'poor',
    culprit: 'both',
  })
  t.match(judged({ concealedShare: 0.05, lossShare: 0 }), { sound: 'weak', culprit: null })
  t.match(judged({ concealedShare: 0.05, lossShare: 0.06 }, null), { sound: 'weak', culprit: null })
  t.match(judged({ roundTripMs: 150 }, { roundTripMs: 350 }), { sound: 'weak', culprit: 'speaker' })
  t.match(judged({ framesPerSecond: 3 }), { sound: 'good', picture: 'poor' })
  t.match(judged({ frozenShare: 0.2 }), { picture: 'weak' })
  const nothingSent = judged({ concealedShare: null, framesPerSecond: null, frozenShare: null })
  t.match(nothingSent, { sound: null, score: null, picture: null, culprit: null })
})

t.test('a word turns worse after three seconds, better after eight, and not with each hiccup', async (t) => {
  const shownOver = (verdicts: readonly (Quality | null)[]) => {
    let steady: Steady = NOTHING_SHOWN
    // A verdict each two seconds, as reports come.
    return verdicts.map((verdict, index) => (steady = steadyAfter(steady, verdict, index * 2_000)).shown)
  }
  t.same(shownOver(['good', 'poor', 'good', 'poor', 'good']), ['good', 'good', 'good', 'good', 'good'])
  t.same(shownOver(['good', 'weak', 'poor', 'poor']), ['good', 'good', 'good', 'poor'], 'as bad as it is by then')
  const better = shownOver(['poor', 'good', 'good', 'good', 'good', 'good'])
  t.same(better, ['poor', 'poor', 'poor', 'poor', 'poor', 'good'])
  t.same(shownOver(['poor', null, 'good']), ['poor', null, 'good'])
})

t.test('each direction is judged by the page that listens, and a page that falls silent is no verdict', async (t) => {
  takeReception('own', well, 0)
  t.equal(fromCitizen.value.sound.shown, 'good')
  const { score } = fromCitizen.value
  takeReception('own', { ...well, concealedShare: 0.3 }, 500)
  t.match(fromCitizen.value, { sound: { shown: 'good' }, score }, 'word and figure do not contradict one another')
  t.equal(toCitizen.value.sound.shown, null, 'what the citizen hears is not guessed')
  takeReception('citizen', { ...well, concealedShare: 0.2, lossShare: 0.2 }, 1_000)
  t.match(toCitizen.value, { sound: { shown: 'poor' }, culprit: 'listener' })
  t.equal(fromCitizen.value.sound.shown, 'good')
  takeReception('own', well, 9_000)
  t.equal(toCitizen.value.sound.shown, null)
  forgetQuality()
  t.equal(fromCitizen.value.sound.shown, null)
})
