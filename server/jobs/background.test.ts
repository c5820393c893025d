/** What a stop waits for. That jobs are done, with a Redis and without, is in `server/test/`. */
import t from 'tap'
import { Background } from './background.ts'

/** A job that is under way until `end` is called. */
function openRun() {
  let end = (): void => undefined
  const ended = new Promise<number>((wake) => (end = () => wake(1)))
  const job = { name: 'slow', everyMs: 60_000, run: () => ended }
  const background = new Background({
    redisUrl: undefined,
    jobs: [job],
    onNews: () => undefined,
    onFault: () => undefined,
  })
  background.start()
  return { background, end }
}

const turns = async () => {
  for (let i = 0; i < 5; i += 1) await new Promise((wake) => setImmediate(wake))
}

t.test('a stop waits for what is under way as long as it is told, and says what it left', async (t) => {
  const patient = openRun()
  let isStopped = false
  const stopping = patient.background.stop(60_000).finally(() => (isStopped = true))
  await turns()
  t.notOk(isStopped)
  patient.end()
  t.same(await stopping, [])

  const hurried = openRun()
  t.same(await hurried.background.stop(1), ['slow'])
  const atOnce = openRun()
  t.same(await atOnce.background.stop(), ['slow'])
  hurried.end()
  await turns()
  t.same(await hurried.background.stop(), [], 'what was done since is not left')
})
