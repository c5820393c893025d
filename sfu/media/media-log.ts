/** What the media code needs of a logger; pino has it. */
type Write = (fields: Readonly<Record<string, unknown>>, message: string) => void
export type MediaLog = { readonly info: Write; readonly warn: Write; readonly error: Write }
