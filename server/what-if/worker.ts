/** A thread that answers one what-if and ends. It has a connection of its own and stands back behind everything else on the machine. */
import { constants, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from '#server/store/database.ts'
import type { WhatIfBody } from '#server/contract/what-if.ts'
import { answerWhatIf } from './answer.ts'

// Given by what-if-desk.ts and by nothing else.
const { databaseUrl, question, budgetMs } = workerData as {
  databaseUrl: string
  question: WhatIfBody
  budgetMs: number
}
// Of this thread alone, as Linux has it: calls come first.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW)
const { db } = openDatabase(databaseUrl, () => undefined)
try {
  parentPort?.postMessage(await answerWhatIf(db, question, budgetMs))
} finally {
  await db.destroy()
}
