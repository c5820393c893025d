/** Time of the processors that processes took, out of Linux' /proc. */
import { readdirSync, readFileSync } from 'node:fs'

/** /proc counts in these on every Linux that Node runs on. */
const TICKS_PER_S = 100

type Row = { readonly pid: number; readonly parent: number; readonly ticks: number }

function rows(): Row[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8')
      // The program's name may hold blanks; what follows its closing bracket does not.
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
      // Its own user and system time, and that of the children it has buried.
      const ticks = [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0)
      return [{ pid: Number(name), parent: Number(fields[1]), ticks }]
    } catch {
      // It ended while we looked.
      return []
    }
  })
}

/** Seconds of processor time that each of these processes and all its descendants have taken so far. */
export function processorSecondsOf<Name extends string>(pids: Readonly<Record<Name, number>>): Record<Name, number> {
  const all = rows()
  const ticksOf = (pid: number): number => {
    const own = all.find((row) => row.pid === pid)?.ticks ?? 0
    return all.reduce((sum, row) => (row.parent === pid ? sum + ticksOf(row.pid) : sum), own)
  }
  const pairs = Object.entries<number>(pids).map(([name, pid]) => [name, ticksOf(pid) / TICKS_PER_S])
  return Object.fromEntries(pairs) as Record<Name, number>
}

/** Seconds that the processors of the whole machine were busy since its start, whoever kept them so. */
export function machineBusySeconds(): number {
  const fields = readFileSync('/proc/stat', 'utf8').split('\n')[0]?.trim().split(/\s+/).slice(1, 9).map(Number) ?? []
  const [, , , idle = 0, waiting = 0] = fields
  return (fields.reduce((sum, ticks) => sum + ticks, 0) - idle - waiting) / TICKS_PER_S
}
