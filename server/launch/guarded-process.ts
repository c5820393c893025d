/**
 * A foreign program (Postgres, Redis) that ends with us, however we end. It runs under a shell that holds a pipe to us:
 * when the pipe closes, because we stop it or because we were killed, the shell tells the program to stop. It stands
 * in a process group of its own, so that Ctrl-C reaches only us, and everything stops in order.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { StartFault } from './start-fault.ts'

/** How long a program has to stop in order before it is stopped at once. */
const STOP_MS_MAX = 15_000
const START_MS_MAX = 60_000
const LINES_KEPT = 50

/** $1 is the signal that stops the program, $2 a folder to remove afterwards or nothing; the rest is the program. */
const GUARD = `
signal=$1 leftover=$2
shift 2
exec 3<&0
"$@" 3<&- </dev/null &
program=$!
(read -r _ <&3; kill -s "$signal" "$program") >/dev/null 2>&1 &
watch=$!
exec 3<&-
wait "$program"
code=$?
kill "$watch" 2>/dev/null
if [ -n "$leftover" ]; then rm -rf -- "$leftover"; fi
exit "$code"
`

export type GuardedProcess = {
  /** Resolves when the program has ended, by itself or because it was told to. */
  readonly exited: Promise<void>
  /** Whether it was told to end. */
  isStopping(): boolean
  /** What it said last, for a person to read. */
  lastWords(): readonly string[]
  /** Tells it to end and waits until it has. */
  stop(): Promise<void>
}

export type GuardedOptions = {
  readonly command: string
  readonly args: readonly string[]
  /** The signal that makes it end in order. */
  readonly stopSignal: 'INT' | 'TERM' | 'QUIT'
  /** A line that holds this says that it can be used. */
  readonly readyText: string
  /** Written to its environment, over ours. */
  readonly env?: Readonly<Record<string, string>>
  /** The user it runs as, where that is another than ours. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined
  /** Removed, with all that is in it, when the program has ended. */
  readonly leftover?: string
}

/** Starts a program and resolves when it is ready. Throws a StartFault, its last words in `cause`, when it ends before. */
export async function startGuarded(options: GuardedOptions): Promise<GuardedProcess> {
  const child = spawn(
    '/bin/sh',
    ['-c', GUARD, 'guard', options.stopSignal, options.leftover ?? '', options.command, ...options.args],
    {
      env: { ...process.env, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      cwd: '/',
      ...options.user,
    },
  )
  const said: string[] = []
  let isStopping = false
  const exited = once(child, 'exit').then(
    () => undefined,
    (error: unknown) => void said.push(String(error)),
  )
  // The pipe breaks when the program ends by itself; that is told by its end.
  child.stdin.on('error', () => undefined)
  const ready = new Promise<boolean>((resolve) => {
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => {
        said.push(line)
        if (said.length > LINES_KEPT) said.shift()
        if (line.includes(options.readyText)) resolve(true)
      })
    }
    setTimeout(() => resolve(false), START_MS_MAX).unref()
  })
  const stop = async () => {
    isStopping = true
    child.stdin.end()
    const hard = setTimeout(() => killGroup(child.pid), STOP_MS_MAX)
    await exited
    clearTimeout(hard)
  }
  // Its last lines come after its end.
  const closed = once(child, 'close').then(
    () => false,
    () => false,
  )
  if (!(await Promise.race([ready, closed]))) {
    await stop()
    throw new StartFault(`${options.command} did not start.`, { cause: said })
  }
  return { exited, isStopping: () => isStopping, lastWords: () => [...said], stop }
}

/** The shell and the program, at once. */
function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // Gone in the meantime.
  }
}
