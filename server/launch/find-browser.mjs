// @ts-check
/** Where Chromium is, for the tests of the pages: the given path, or the first one found. */
import { findProgram, firstToRun } from './find-program.mjs'

const NAMES = ['chromium', 'google-chrome', 'google-chrome-stable']

/** The path of a Chromium to test with, or undefined when there is none. @returns {string | undefined} */
export function findBrowser() {
  const given = process.env['PUPPETEER_EXECUTABLE_PATH'] || process.env['CHROMIUM_BIN']
  return given ? firstToRun([given]) : findProgram(NAMES)
}
