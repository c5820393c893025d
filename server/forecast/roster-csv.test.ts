import t from 'tap'
import { startOfCityDate } from '#server/figures/calendar.ts'
import { readRoster, ROSTER_LINES_MAX } from './roster-csv.ts'

const isQueue = (queueId: string) => ['citizen.da', 'library.da'].includes(queueId)
const NINE = startOfCityDate('2026-11-30') + 9 * 3_600_000

t.test(
  'a roster as spreadsheets write it: heading, either separator, either way to write a date and a time',
  async (t) => {
    const csv = '\uFEFFkø;dato;kl;medarbejdere\r\ncitizen.da;2026-11-30;09:00;4\r\ncitizen.da;30-11-2026;9.15;0\r\n\r\n'
    t.same(readRoster(csv, isQueue), {
      isTaken: true,
      entries: [
        { queueId: 'citizen.da', at: NINE, agentsCount: 4 },
        { queueId: 'citizen.da', at: NINE + 900_000, agentsCount: 0 },
      ],
    })
    t.match(readRoster('"library.da","2026-11-30","09:00","12"', isQueue), {
      isTaken: true,
      entries: [{ agentsCount: 12 }],
    })
    t.match(readRoster('library.da\t2026-11-30\t09:00\t1', isQueue), { isTaken: true })
  },
)

t.test('every bad line is named with what is wrong with it, and nothing is taken', async (t) => {
  const bad = [
    ['citizen.da;2026-11-30;09:00', 'columns'],
    ['citizen.da;2026-11-30;09:00;4;5', 'columns'],
    ['nobody;2026-11-30;09:00;4', 'queue'],
    ['citizen.da;2026-02-30;09:00;4', 'date'],
    ['citizen.da;tomorrow;09:00;4', 'date'],
    ['citizen.da;2026-11-30;09:10;4', 'time'],
    ['citizen.da;2026-11-30;24:00;4', 'time'],
    ['citizen.da;2026-11-30;;4', 'time'],
    ['citizen.da;2026-11-30;09:00;-1', 'agents'],
    ['citizen.da;2026-11-30;09:00;2.5', 'agents'],
    ['citizen.da;2026-11-30;09:00;1000', 'agents'],
    ['citizen.da;2026-11-30;09:00;', 'agents'],
  ] as const
  const good = 'citizen.da;2026-11-30;09:00;4'
  for (const [line, code] of bad) {
    t.same(readRoster(`${good}\n${line}`, isQueue), { isTaken: false, faults: [{ line: 2, code, text: line }] }, line)
  }
  const twice = `${good}\n\n${good}`
  t.same(readRoster(twice, isQueue), { isTaken: false, faults: [{ line: 3, code: 'twice', text: good }] })
  t.match(readRoster('\n \n', isQueue), { isTaken: false, faults: [{ code: 'empty' }] })
  t.match(readRoster('kø;dato;kl;antal', isQueue), { isTaken: false, faults: [{ code: 'empty' }] })
  const all = readRoster(bad.map(([line]) => line).join('\n'), isQueue)
  t.equal(all.isTaken ? 0 : all.faults.length, bad.length, 'all of them at once')
  t.match(readRoster('\n'.repeat(ROSTER_LINES_MAX), isQueue), { isTaken: false, faults: [{ code: 'too-long' }] })
})

t.test('an hour that there is twice is planned twice, and one that is skipped is none', async (t) => {
  const twice = readRoster('citizen.da;2026-10-25;02:15;1', isQueue)
  t.equal(twice.isTaken ? twice.entries.length : 0, 2)
  t.match(readRoster('citizen.da;2026-03-29;02:15;1', isQueue), { isTaken: false, faults: [{ code: 'time' }] })
})
