/** A thread that runs its share of a what-if and answers once, with all results. */
import { parentPort, workerData } from 'node:worker_threads'
import { runJob, type Job, type JobInput } from './what-if.ts'

// Given by what-if.ts and by nothing else.
const { input, jobs } = workerData as { input: JobInput; jobs: readonly Job[] }
parentPort?.postMessage(jobs.map((job) => runJob(input, job)))
