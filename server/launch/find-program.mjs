// @ts-check
/** Where a program is. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The first of `paths` that can be run, or undefined. @param {readonly string[]} paths @returns {string | undefined} */
export function firstToRun(paths) {
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** The program of one of `names` on the PATH, earlier names first, or undefined. @param {readonly string[]} names @returns {string | undefined} */
export function findProgram(names) {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return firstToRun(names.flatMap((name) => folders.map((folder) => join(folder, name))))
}

/** The TURN server of the tests. @returns {string | undefined} */
export const findCoturn = () => findProgram(['turnserver'])
