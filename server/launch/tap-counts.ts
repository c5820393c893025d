/** Counts what a test run asserted, from the lines that tap writes, and picks those that a person wants to see. */

/** tap indents what stands inside a test by this many columns more. */
const INDENT = 4

/**
 * Takes tap's lines one after the other. What is counted are assertions, not the tests that hold them; a test file that
 * failed although each of its assertions passed (it was killed, or ended with a bad code) is one failure more.
 */
export class TapCounts {
  passed = 0
  failed = 0
  skipped = 0
  /** What failed, and in which test of which file: to be said once more where a long run ends. */
  readonly failures: string[] = []
  /** The files in which something failed, and what passed and failed in each. */
  readonly failedFiles = new Map<string, { readonly passed: number; readonly failed: number }>()
  #passedInFile = 0
  #failedInFile = 0
  /** The tests that are open, from the file inwards. */
  readonly #titles: string[] = []
  /** Indentation of the block of details that is being read, and whether it is to be seen. */
  #details: { readonly indent: string; readonly isSeen: boolean } | undefined

  /** Takes a line; returns what to show of it, or undefined. */
  take(line: string): string | undefined {
    if (this.#details !== undefined) return this.#takeDetail(line, this.#details)
    const subtest = /^( *)# Subtest: (.*)$/.exec(line)
    if (subtest !== null) {
      this.#titles.splice((subtest[1] ?? '').length / INDENT, Infinity, subtest[2] ?? '')
      return undefined
    }
    // Figures that a test reports, as JSON in a comment; tap's own summary has no quotes.
    const figures = /^ *# (\{".*\})$/.exec(line)
    if (figures !== null) return `${this.#titles.at(0) ?? ''}: ${figures[1]}`
    const result = /^( *)(not )?ok\b ?\d*(?: - )?(.*)$/.exec(line)
    if (result !== null) return this.#takeResult(result[1] ?? '', result[2] === undefined, result[3] ?? '')
    const details = /^( *) {2}---$/.exec(line)
    if (details !== null) {
      this.#details = { indent: details[1] ?? '', isSeen: this.#isLastFailedAssertion }
      return this.#details.isSeen ? line : undefined
    }
    if (!line.startsWith('Bail out!')) return undefined
    this.failed += 1
    return line
  }

  #isLastFailedAssertion = false

  #takeResult(indent: string, isOk: boolean, title: string): string | undefined {
    this.#isLastFailedAssertion = false
    // Only tests that hold others have a time of their own.
    const isWhole = title.includes('# time=')
    if (indent === '' && isWhole) return this.#takeFile(isOk, title)
    if (isWhole) return undefined
    if (/# (SKIP|TODO)\b/i.test(title)) {
      this.skipped += 1
      return `skipped: ${[...this.#titles, title].join(' > ')}`
    }
    if (isOk) {
      this.passed += 1
      this.#passedInFile += 1
      return undefined
    }
    this.failed += 1
    this.#failedInFile += 1
    this.#isLastFailedAssertion = true
    const failure = [...this.#titles.slice(0, indent.length / INDENT), title].join(' > ')
    this.failures.push(failure)
    return `not ok - ${failure}`
  }

  #takeFile(isOk: boolean, title: string): string {
    const hasFailedByItself = !isOk && this.#failedInFile === 0
    if (hasFailedByItself) {
      this.failed += 1
      this.#isLastFailedAssertion = true
      this.failures.push(title)
    }
    const failed = hasFailedByItself ? 1 : this.#failedInFile
    const file = this.#titles.at(0)
    if (failed > 0 && file !== undefined) this.failedFiles.set(file, { passed: this.#passedInFile, failed })
    this.#passedInFile = 0
    this.#failedInFile = 0
    return `${isOk ? 'ok' : 'not ok'} - ${title}`
  }

  #takeDetail(line: string, details: { readonly indent: string; readonly isSeen: boolean }): string | undefined {
    if (line === `${details.indent}  ...`) this.#details = undefined
    return details.isSeen ? line : undefined
  }
}
