/** Writes `docs/privacy/data-map.md` anew. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { format } from 'prettier'
import { DATA_MAP } from '../privacy/data-map.ts'
import { dataMapText } from '../privacy/data-map-text.ts'

const file = resolve(import.meta.dirname, '../../docs/privacy/data-map.md')
writeFileSync(file, await format(dataMapText(DATA_MAP), { parser: 'markdown' }))
process.stdout.write(`${file}\n`)
