/** What somebody types, as the least of T.140 that brings the other side to the same text. Pure of time and network. */
import { graphemesOf } from './graphemes.ts'
import { BACKSPACE, LINE_SEPARATOR } from './t140.ts'

/** A line of one's own is no longer than this, in UTF-16 units: writing it over has to stay a matter of a moment. */
export const LINE_LENGTH_MAX = 500

const encoder = new TextEncoder()

export class Composer {
  /** What the others have of the current line, once the queue has arrived. */
  #told = ''
  #line = ''
  /** Text that is ready to go. */
  #queue = ''

  /** The current line as it is now, wherever in it was typed. Control characters are no text. */
  write(line: string): void {
    // oxlint-disable-next-line no-control-regex -- Exactly these are what must not be sent as text.
    this.#line = line.replace(/[\u0000-\u001F\u007F-\u009F\u2028\u2029\uFEFF\uFFFD]/g, ' ').slice(0, LINE_LENGTH_MAX)
  }

  /** The current line is done; the next one begins. */
  finish(): void {
    this.#settle()
    this.#queue += LINE_SEPARATOR
    this.#told = this.#line = ''
  }

  get hasMore(): boolean {
    return this.#queue !== '' || this.#told !== this.#line
  }

  /** The next piece to send, of at most `bytesMax` bytes of UTF-8; empty when there is nothing to say. */
  take(bytesMax: number): string {
    this.#settle()
    let [piece, bytes] = ['', 0]
    for (const character of this.#queue) {
      bytes += encoder.encode(character).length
      if (bytes > bytesMax) break
      piece += character
    }
    this.#queue = this.#queue.slice(piece.length)
    return piece
  }

  /** Forgets everything that was typed. */
  forget(): void {
    this.#told = this.#line = this.#queue = ''
  }

  #settle(): void {
    this.#queue += deltaOf(this.#told, this.#line)
    this.#told = this.#line
  }
}

/** The T.140 that turns the line `before` into `after`: back to where they part, then on. */
export function deltaOf(before: string, after: string): string {
  const [was, is] = [graphemesOf(before), graphemesOf(after)]
  let same = 0
  while (same < was.length && was[same] === is[same]) same += 1
  return BACKSPACE.repeat(was.length - same) + is.slice(same).join('')
}
