/** The process of background jobs: settings, start, orderly stop. A bug ends it; the next one does what is due. */
import { withSecretFiles } from '#sfu/binding/secret-files.ts'
import { openLog } from '../telemetry/log.ts'
import { startJobs } from './app.ts'
import { describeJobsConfig, readJobsConfig, type JobsConfig } from './config.ts'

function configOrExit(): JobsConfig {
  try {
    return readJobsConfig(withSecretFiles(process.env))
  } catch (error) {
    process.stderr.write(`The jobs cannot start: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}

const config = configOrExit()
const log = openLog(config.logLevel, 'jobs')

function die(error: unknown): never {
  log.fatal({ err: error }, 'jobs.cannot-go-on')
  process.exit(1)
}

process.on('uncaughtException', die)
process.on('unhandledRejection', die)
log.info(describeJobsConfig(config), 'jobs.starting')
try {
  const jobs = await startJobs(config, log)
  log.info({ url: jobs.url }, 'jobs.ready')
  // Where another process started this one and asked for a channel, it is told when it may go on.
  process.send?.({ type: 'ready', url: jobs.url })
  let isStopping = false
  const stop = (waitMs: number) => {
    // Asked twice: whoever asks is not to be kept waiting any longer.
    if (isStopping) process.exit(0)
    isStopping = true
    log.info({ waitMs }, 'jobs.stopping')
    jobs.stop(waitMs).then((left) => {
      if (left.length > 0) log.warn({ left }, 'jobs.given-back')
      log.info('jobs.stopped')
      process.exit(0)
    }, die)
  }
  process.on('SIGTERM', () => stop(config.stopMs))
  process.on('SIGINT', () => stop(0))
  // The process that started this one is gone: nobody is left to stop it.
  process.on('disconnect', () => stop(0))
} catch (error) {
  log.fatal(`the jobs cannot start: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
