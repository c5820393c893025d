/**
 * Passwords that are guessed early: the common ones, with digits and signs for letters or behind them, rows of the keyboard, dates, what
 * is repeated, and the person's own names. By zxcvbn and its list of what leaked elsewhere, which stays on this machine; the list knows
 * little Danish, so the words that come to mind at a town hall are beside it.
 */
import type { ZxcvbnFactory } from '@zxcvbn-ts/core'

const NEARBY_WORDS = [
  ...['skranke', 'adgangskode', 'kodeord', 'hemmelig', 'velkommen', 'kommune', 'kommunen', 'borgerservice', 'borger'],
  ...['medarbejder', 'vagtleder', 'rådhus', 'rådhuset', 'kontor', 'arbejde', 'danmark', 'københavn', 'kobenhavn'],
  ...['forår', 'sommer', 'efterår', 'vinter', 'januar', 'februar', 'marts', 'april', 'maj', 'juni', 'juli', 'august'],
  ...['september', 'oktober', 'november', 'december', 'mandag', 'tirsdag', 'onsdag', 'torsdag', 'fredag', 'lørdag'],
  ...['søndag', 'fodbold', 'sesam'],
]

/** More takes longer to look at than the calls of others may wait, and what is guessable is so in the beginning. */
const LOOKED_AT_CHARACTERS_MAX = 32
/** Fewer guesses, as a power of ten, are made in days by whoever has stolen a hash; twelve letters by chance are twelve. */
const GUESSES_LOG10_MIN = 10

let opening: Promise<ZxcvbnFactory> | undefined

/** Read when it is first needed: that takes a tenth of a second, and most days nobody changes a password. */
async function open(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({ graphs: adjacencyGraphs, dictionary: { ...dictionary, nearby: NEARBY_WORDS } })
}

/** Whether somebody would guess it early who knows these names of its owner. */
export async function isGuessable(password: string, ownNames: readonly string[]): Promise<boolean> {
  const estimate = await (opening ??= open())
  const parts = ownNames.flatMap((name) => [name, ...name.split(/[\s.@_-]+/)]).filter((part) => part.length > 1)
  const lookedAt = password.slice(0, LOOKED_AT_CHARACTERS_MAX)
  return estimate.check(lookedAt, [...new Set(parts)]).guessesLog10 < GUESSES_LOG10_MIN
}
