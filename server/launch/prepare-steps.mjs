// @ts-check
/** What every part of the set-up step needs: where the checkout is, how to say something, how to run a command. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')
/** Node 26 out of npm; it is there once the packages are installed. */
export const node26 = `${root}/node_modules/.bin/node`
export const isRoot = process.getuid?.() === 0

/** @param {string} line */
export const say = (line) => process.stdout.write(`${line}\n`)

/** Ends the set-up step with one sentence for the person who started it. @param {string} sentence @returns {never} */
export function giveUp(sentence) {
  process.stderr.write(`\n${sentence}\n`)
  process.exit(1)
}

/**
 * Runs a command in the checkout and waits for it. `msMax` ends it after so many milliseconds.
 * @param {string} command @param {string[]} args @param {Record<string, string>} [env] @param {number} [msMax]
 * @returns {{ isDone: boolean, output: string }}
 */
export function run(command, args, env = {}, msMax) {
  const result = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    ...(msMax === undefined ? {} : { timeout: msMax, killSignal: 'SIGKILL' }),
  })
  return { isDone: result.status === 0, output: `${result.stdout ?? ''}${result.stderr ?? ''}` }
}

/** The last lines of a command's output, for a person to read. @param {string} output */
export const tail = (output) => output.trim().split('\n').slice(-15).join('\n')

/** Whether a command can be found. @param {string} command */
export const has = (command) => run('sh', ['-c', `command -v ${command}`]).isDone
