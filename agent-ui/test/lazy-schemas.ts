/**
 * Schemas of routes that are compiled when a test first asks there, once for all servers of its file: a test asks few of
 * the many routes that its server has, and to compile them all is a fifth of what its process does.
 */
import { fastify, type FastifyInstance, type FastifySchemaCompiler, type FastifySerializerCompiler } from 'fastify'

type Check = ReturnType<FastifySchemaCompiler<unknown>>
type Write = ReturnType<FastifySerializerCompiler<unknown>>
type Compilers = { readonly check: FastifySchemaCompiler<unknown>; readonly write: FastifySerializerCompiler<unknown> }

let compilers: Promise<Compilers> | undefined
const checks = new Map<unknown, Check>()
const writes = new Map<unknown, Write>()

/** Those that every server has which is not told otherwise: it says what they are when it is ready. */
async function ownCompilers(): Promise<Compilers> {
  const app = fastify({ logger: false })
  const schema = { querystring: { type: 'object' }, response: { 200: { type: 'object' } } }
  app.get('/', { schema }, async () => ({}))
  await app.ready()
  const { validatorCompiler: check, serializerCompiler: write } = app
  if (check === undefined || write === undefined) throw new Error('fastify has no compilers of its own')
  return { check, write }
}

/** Before its routes are added: `app` takes what it is asked and what it answers as ever, and compiles late. */
export async function compileLate(app: FastifyInstance): Promise<void> {
  const { check, write } = await (compilers ??= ownCompilers())
  app.setValidatorCompiler((route) => {
    const late: Check = (data) => {
      const made = checks.get(route.schema) ?? check(route)
      checks.set(route.schema, made)
      const result = made(data)
      late.errors = made.errors ?? null
      return result
    }
    return late
  })
  app.setSerializerCompiler((route) => (data) => {
    const made = writes.get(route.schema) ?? write(route)
    writes.set(route.schema, made)
    return made(data)
  })
}
