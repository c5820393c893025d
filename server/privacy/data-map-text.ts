/** The data map as a page that a data protection officer can read. Pure. */
import type { Kept, TableRule } from './data-map.ts'

function keptWords(kept: Kept): string {
  switch (kept.kind) {
    case 'not-personal':
      return 'as long as it is of use'
    case 'job':
      return `${kept.days} ${kept.days === 1 ? 'day' : 'days'} (\`${kept.job}\`${kept.setBy === null ? '' : `; set by ${kept.setBy}`})`
    case 'person':
      return `until ${kept.until} (\`npm run person\`)`
    case 'ids':
      return `ids only: ${kept.why}; whose they are goes with the person (\`npm run person\`)`
    case 'call':
      return 'until the call is over'
  }
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

/** `docs/privacy/data-map.md` for these tables. */
export function dataMapText(rules: readonly TableRule[]): string {
  const personal = rules.filter(({ whose }) => whose !== 'nobody')
  const others = rules.filter(({ whose }) => whose === 'nobody')
  const lines = [
    '# What is kept of whom',
    '',
    'Made by `node server/launch/data-map-command.ts` from `server/privacy/data-map.ts`, which a test compares with the database. Not to be written by hand.',
    '',
    'Sound and picture, real-time text, captions, what is shown, stills and written hand-overs are kept nowhere: they are in memory while a call runs.',
    'Addresses of the network are kept nowhere either: in memory, for limits, some minutes long.',
    '',
    row(['table', 'whose', 'personal columns', 'what for', 'kept']),
    row(['---', '---', '---', '---', '---']),
    ...personal.map(({ table, whose, personal: columns, purpose, kept }) =>
      row([`\`${table}\``, whose, columns.map((column) => `\`${column}\``).join(', '), purpose, keptWords(kept)]),
    ),
    '',
    '## Tables in which nobody is',
    '',
    ...others.map(({ table, purpose }) => `- \`${table}\`: ${purpose}`),
    '',
  ]
  return lines.join('\n')
}
