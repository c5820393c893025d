/** Words one after another, the best voice for each, silence at once, and no longer than a call allows. */
import { signal } from '@preact/signals'
import t from 'tap'
import { Player } from './player.ts'
import type { Voice } from './voice.ts'

const line = (words: string, lang = 'da') => ({ words, lang })
const soon = () => new Promise((resolve) => setImmediate(resolve))

/** A voice that knows `known` and has said its words when `finish` is called. */
function voiceOf(known: readonly string[]) {
  const said: string[] = []
  let finish = (): void => undefined
  const voice: Voice = {
    languages: signal<ReadonlySet<string>>(new Set(['da'])),
    canSay: (words) => known.includes(words),
    say: (words) =>
      new Promise((resolve) => {
        said.push(words)
        finish = resolve
      }),
    stop: () => finish(),
  }
  return { voice, said, finish: async () => (finish(), await soon()) }
}

t.test('each line has the first voice that can say it, and those that none can are left out', async (t) => {
  const recorded = voiceOf(['one', 'three'])
  const browser = voiceOf(['one', 'two'])
  const player = new Player([recorded.voice, browser.voice])
  player.say([line('one'), line('nobody’s'), line('two'), line('three')])
  t.same(recorded.said, ['one'], 'begun at once, within the press')
  await recorded.finish()
  t.same(browser.said, ['two'])
  await browser.finish()
  t.same(recorded.said, ['one', 'three'])
})

t.test('stopped, it says nothing of what was left, and what is said next is said alone', async (t) => {
  const { voice, said, finish } = voiceOf(['one', 'two', 'three', 'four'])
  const player = new Player([voice])
  player.say([line('one'), line('two')])
  player.stop()
  await soon()
  t.same(said, ['one'])
  player.say([line('three'), line('two')])
  player.say([line('four')])
  await soon()
  await finish()
  t.same(said, ['one', 'three', 'four'])
})

t.test('what is added waits for what is being said', async (t) => {
  const { voice, said, finish } = voiceOf(['one', 'two'])
  const player = new Player([voice])
  player.say([line('one')])
  player.add([line('two')])
  await soon()
  t.same(said, ['one'])
  await finish()
  t.same(said, ['one', 'two'])
})

t.test('with a limit it is quiet when that is over', async (t) => {
  const { voice, said } = voiceOf(['one', 'two'])
  let isStopped = false
  const player = new Player([{ ...voice, stop: () => ((isStopped = said.length > 0), voice.stop()) }])
  player.say([line('one'), line('two')], 20)
  t.notOk(isStopped)
  await new Promise((resolve) => setTimeout(resolve, 40))
  t.ok(isStopped)
  t.same(said, ['one'])
})
