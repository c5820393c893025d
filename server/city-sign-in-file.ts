/** The file that says how the city's own sign-in is used: read once, at the start. */
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { Type, type Static } from 'typebox'
import { parse } from 'yaml'

const Groups = Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { minItems: 1, maxItems: 100 })
const strict = { additionalProperties: false } as const

const CitySignInFile = Type.Object(
  {
    /** Without TLS only on this computer, for trying it. */
    issuer: Type.String({ pattern: '^(https://|http://(localhost|127\\.0\\.0\\.1|\\[::1\\])(:|/|$))' }),
    clientId: Type.String({ minLength: 1, maxLength: 200 }),
    /** Where these pages are reached: `https://skranke.example.dk`. */
    ownOrigin: Type.String({ pattern: '^https?://[^/]+$' }),
    groupsClaim: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    usernameClaim: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    roles: Type.Object(
      { agent: Type.Optional(Groups), supervisor: Type.Optional(Groups), administrator: Type.Optional(Groups) },
      { ...strict, minProperties: 1 },
    ),
    /** For which roles somebody whom the city knows, and nobody has entered here, is entered by signing in; and at which centre. */
    enter: Type.Optional(
      Type.Object(
        {
          centreId: Type.String({ minLength: 1, maxLength: 64 }),
          roles: Type.Array(
            Type.Union([Type.Literal('agent'), Type.Literal('supervisor'), Type.Literal('administrator')]),
            { minItems: 1, uniqueItems: true },
          ),
        },
        strict,
      ),
    ),
  },
  strict,
)
export type CitySignInFile = Static<typeof CitySignInFile>

/** Reads the file. Throws with a sentence that names it and what is wrong. */
export function readCitySignIn(file: string): CitySignInFile {
  let document: unknown
  try {
    document = parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
  const isFile = new Ajv().compile<CitySignInFile>(CitySignInFile)
  if (isFile(document)) return document
  const [fault] = isFile.errors ?? []
  const unknown: unknown = fault?.params['additionalProperty']
  const named = typeof unknown === 'string' ? ` (${unknown})` : ''
  throw new Error(`${file} is wrong: ${fault?.instancePath.slice(1) ?? ''} ${fault?.message ?? ''}${named}`)
}
