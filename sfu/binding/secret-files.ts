/** Secrets out of files, as systemd's LoadCredential and container platforms hand them over, instead of out of the environment. */
import { readFileSync } from 'node:fs'

type Environment = Readonly<Record<string, string | undefined>>

/** What may be given as a file: `NAME_FILE` then says where it lies. */
const SECRETS = [
  'SKRANKE_MEDIA_SECRET',
  'SKRANKE_SERVER_WEBHOOK_SECRET',
  'SKRANKE_SERVER_SMTP_URL',
  'SKRANKE_SERVER_TURN_SECRETS',
  'SKRANKE_SERVER_CITY_SIGN_IN_SECRET',
  'DATABASE_URL',
  'REDIS_URL',
] as const

/**
 * `environment` with the contents of the files that it names, without the line's end, in place of their names. Throws an
 * Error that names the setting, and never what a file holds, where one cannot be read, is empty, or is given twice.
 */
export function withSecretFiles(environment: Environment): Record<string, string | undefined> {
  const found: Record<string, string | undefined> = { ...environment }
  for (const name of SECRETS) {
    const setting = `${name}_FILE`
    const file = environment[setting]
    delete found[setting]
    if (file === undefined || file === '') continue
    if ((environment[name] ?? '') !== '') throw new Error(`${name} and ${setting} are both set: one of them is enough`)
    found[name] = contentOf(file, setting)
  }
  return found
}

function contentOf(file: string, setting: string): string {
  let content: string
  try {
    content = readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw new Error(`${setting}: ${file} cannot be read`, { cause })
  }
  if (content === '') throw new Error(`${setting}: ${file} is empty`)
  return content
}
