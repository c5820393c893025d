/** The screen is kept awake: asked at the start and again when the page is seen again; where nothing can be asked, nothing breaks. */
import t from 'tap'
import { keepAwake } from './screen-awake.ts'

/** A browser's document with or without wake locks; `asked` counts the requests. */
function browserWith(request?: () => Promise<unknown>) {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const counted = { asked: 0 }
  const ask = async (kind: string) => {
    counted.asked += 1
    if (kind !== 'screen') throw new Error(`${kind} is no screen`)
    return request?.()
  }
  const navigator = request === undefined ? {} : { wakeLock: { request: ask } }
  for (const [name, value] of Object.entries({ document, navigator })) {
    Object.defineProperty(globalThis, name, { value, configurable: true })
  }
  const turn = (visibilityState: string): void => {
    document.visibilityState = visibilityState
    document.dispatchEvent(new Event('visibilitychange'))
  }
  return { counted, turn, document }
}

t.test('asked at the start, not while hidden, and again when it is seen again', async (t) => {
  const { counted, turn } = browserWith(async () => ({}))
  keepAwake()
  t.equal(counted.asked, 1)
  turn('hidden')
  t.equal(counted.asked, 1)
  turn('visible')
  t.equal(counted.asked, 2)
})

t.test('a refusal is no error, and the next time it is asked all the same', async (t) => {
  const { counted, turn } = browserWith(async () => {
    throw new Error('the battery is low')
  })
  keepAwake()
  await new Promise((resolve) => setImmediate(resolve))
  turn('visible')
  await new Promise((resolve) => setImmediate(resolve))
  t.equal(counted.asked, 2)
})

t.test('where there are no wake locks nothing breaks, and what only a desk needs is held back', async (t) => {
  const { document, counted } = browserWith()
  keepAwake()
  t.equal(counted.asked, 0)
  for (const name of ['contextmenu', 'dragstart']) {
    t.equal(document.dispatchEvent(new Event(name, { cancelable: true })), false, name)
  }
})
