/** What keeps Skranke from starting and is for a person to put right: the message is one sentence that says what. */
export class StartFault extends Error {
  override readonly name = 'StartFault'
}

/** The sentence for any error: its own for a StartFault, and for the rest what is known. */
export function sentenceOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(sentenceOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
