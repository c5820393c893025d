// @ts-check
/** Where Chromium is, for the tests of the pages: the given path, or the first one found. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'google-chrome', 'google-chrome-stable']

/** The path of a Chromium to test with, or undefined when there is none. @returns {string | undefined} */
export function findBrowser() {
  const given = process.env['PUPPETEER_EXECUTABLE_PATH'] || process.env['CHROMIUM_BIN']
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const candidates = given ? [given] : NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
