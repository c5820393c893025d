/** Processes of ours: started, started again when they die, stopped in order. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { relative } from 'node:path'

/** A process that dies this often within this time will not get better by itself. */
const DEATHS_MAX = 5
const DEATHS_WITHIN_MS = 10_000
const RESTART_AFTER_MS = 200
/** How long a process has to stop in order before it is stopped at once. */
const STOP_MS_MAX = 10_000

export type Child = { readonly pid: () => number | undefined; stop(): Promise<void> }

/**
 * Runs `node file` with just `env` and keeps it running. An IPC channel tells it when we are gone, so that it does not
 * outlive us; it stands in a process group of its own, so that Ctrl-C reaches only us, and everything stops in order.
 * `onGivenUp` is called with one sentence when it dies again and again.
 */
export function keepRunning(file: string, env: NodeJS.ProcessEnv, onGivenUp: (sentence: string) => void): Child {
  const name = relative(process.cwd(), file)
  let child: ChildProcess | undefined
  let timer: NodeJS.Timeout | undefined
  let isStopping = false
  const deaths: number[] = []
  const start = () => {
    child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true })
    child.once('exit', (code, signal) => {
      if (isStopping) return
      const now = Date.now()
      deaths.push(now)
      while (deaths[0] !== undefined && deaths[0] < now - DEATHS_WITHIN_MS) deaths.shift()
      if (deaths.length >= DEATHS_MAX) {
        onGivenUp(`${name} stopped ${deaths.length} times in ${DEATHS_WITHIN_MS / 1000} s; its last words are above.`)
        return
      }
      process.stderr.write(`${name} stopped (${signal ?? `code ${code}`}); starting it again.\n`)
      timer = setTimeout(start, RESTART_AFTER_MS)
    })
  }
  start()
  return {
    pid: () => child?.pid,
    async stop() {
      isStopping = true
      clearTimeout(timer)
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      const hard = setTimeout(() => child?.kill('SIGKILL'), STOP_MS_MAX)
      await exited
      clearTimeout(hard)
    },
  }
}

/**
 * The environment for one of our processes: all that is not Skranke's, its own settings (`SKRANKE_<part>_…`), and `more`.
 * Another part's settings and the database's address are none of its business; jobs alone are done by the server's settings too.
 */
export function environmentOf(part: 'SERVER' | 'SFU' | 'DEMO' | 'JOBS', more: Readonly<Record<string, string>>) {
  const parts = part === 'JOBS' ? '(JOBS|SERVER)' : part
  const own = new RegExp(`^(?!SKRANKE_|DATABASE_URL$|REDIS_URL$)|^SKRANKE_${parts}_`)
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => own.test(name))), ...more }
}
