// @ts-check
/** Debian's Postgres with all its programs, for the test of backups. */
import { existsSync, readdirSync } from 'node:fs'

const FOLDER = '/usr/lib/postgresql'
const NEEDED = ['initdb', 'postgres', 'pg_dump', 'pg_restore']

/** The folder of the newest that is whole; undefined where there is none. @returns {string | undefined} */
export function findDebianPostgres() {
  const versions = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => /^\d+$/.test(name)) : []
  const folders = versions.sort((a, b) => Number(b) - Number(a)).map((name) => `${FOLDER}/${name}`)
  return folders.find((folder) => NEEDED.every((name) => existsSync(`${folder}/bin/${name}`)))
}
