// @ts-check
/** Debian's packages: which are missing, and getting them where that is possible. */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { giveUp, has, isRoot, run, say, tail } from './prepare-steps.mjs'

/** Another apt-get may be at work: its lock is waited for, this many seconds. */
const APT_LOCK_S_MAX = 600
/** Asked before a service is started by a package's installation; answering 101 says no. */
const SERVICE_POLICY = '/usr/sbin/policy-rc.d'

/**
 * Those of `packages` that are not installed. On a system without dpkg nothing is known to be missing: what needs
 * them says so itself.
 * @param {readonly string[]} packages
 * @returns {string[]}
 */
export function missingOf(packages) {
  if (!has('dpkg-query')) return []
  const asked = run('dpkg-query', ['-W', '-f', '${Package}\t${db:Status-Status}\n', ...packages])
  const installed = new Set(asked.output.split('\n').flatMap((line) => /^(\S+)\tinstalled$/.exec(line)?.[1] ?? []))
  return packages.filter((name) => !installed.has(name))
}

/**
 * Installs Debian packages where that is possible, else ends with one sentence that says what to do.
 * @param {readonly string[]} packages @param {string} why what they are for, as the sentence goes on
 */
export function installDebian(packages, why) {
  const fault = faultOfInstalling(packages, why)
  if (fault !== undefined) giveUp(fault)
}

/**
 * Installs Debian packages that little depends on: where that cannot be, says what to do and goes on without them.
 * @param {readonly string[]} packages @param {string} why what they are for, as the sentence goes on
 */
export function installDebianIfPossible(packages, why) {
  const fault = faultOfInstalling(packages, why)
  if (fault !== undefined) say(`${fault}\nUntil then these are skipped.`)
}

/** Installs; returns what to tell a person where it was not possible. @param {readonly string[]} packages @param {string} why */
function faultOfInstalling(packages, why) {
  if (packages.length === 0) return undefined
  const names = packages.join(' ')
  if (!has('apt-get')) return `Missing for ${why}: ${names}. Please install what your system calls these packages.`
  if (!isRoot) {
    return `Missing for ${why}. Please run:  sudo apt-get install -y --no-install-recommends ${names}`
  }
  say(`Installing Debian's ${packages.join(', ')} for ${why} (a minute or two) …`)
  // A service that comes with a package is not started: ours run on their own ports and data.
  const isPolicyOurs = !existsSync(SERVICE_POLICY)
  if (isPolicyOurs) writeFileSync(SERVICE_POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    const install = ['-o', `DPkg::Lock::Timeout=${APT_LOCK_S_MAX}`, 'install', '-y', '--no-install-recommends']
    let done = run('apt-get', [...install, ...packages], env)
    if (!done.isDone) {
      // Its lists may be missing or old.
      run('apt-get', ['update'], env)
      done = run('apt-get', [...install, ...packages], env)
    }
    if (done.isDone) return undefined
    return `${tail(done.output)}\n\nDebian's packages for ${why} could not be installed: ${names}.`
  } finally {
    if (isPolicyOurs) rmSync(SERVICE_POLICY, { force: true })
  }
}
