/** The SFU as a process: settings from the environment, a log on standard output, an orderly end. */
import { pino } from 'pino'
import { withSecretFiles } from '#sfu/binding/secret-files.ts'
import { startSfu } from './app.ts'
import { ConfigFault, printableConfig, readConfig, type SfuConfig } from './config.ts'

function readSecrets() {
  try {
    return withSecretFiles(process.env)
  } catch (error) {
    throw new ConfigFault(error instanceof Error ? error.message : String(error))
  }
}

function configOrExit(): SfuConfig {
  try {
    return readConfig(readSecrets())
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(2)
  }
}

const config = configOrExit()
const log = pino({ level: config.logLevel, base: { process: 'sfu', sfuId: config.sfuId } })
log.info({ config: printableConfig(config) }, 'sfu.config')

try {
  const sfu = await startSfu(config, { log })
  log.info({ url: sfu.url, workerCount: config.workerCount }, 'sfu.ready')
  // Where another process started this one and asked for a channel, it is told when it may go on.
  process.send?.({ type: 'ready', url: sfu.url })

  let isStopping = false
  const stop = (why: string): void => {
    if (isStopping) return
    isStopping = true
    log.info({ why }, 'sfu.stopping')
    void sfu.stop().then(() => {
      log.info('sfu.stopped')
      process.exit(0)
    })
  }
  process.once('SIGTERM', () => stop('SIGTERM'))
  process.once('SIGINT', () => stop('SIGINT'))
  // The process that started this one is gone: nobody is left to stop it.
  process.once('disconnect', () => stop('parent gone'))
} catch (error) {
  log.fatal({ err: error }, 'sfu.not-started')
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
