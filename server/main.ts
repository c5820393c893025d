/** The server process: settings, start, orderly stop. Anything it cannot go on with ends it; the next one recovers. */
import { withSecretFiles } from '#sfu/binding/secret-files.ts'
import { startServer } from './app.ts'
import { describeConfig, readConfig, type ServerConfig } from './config.ts'
import { openLog } from './telemetry/log.ts'

function configOrExit(): ServerConfig {
  try {
    return readConfig(withSecretFiles(process.env))
  } catch (error) {
    process.stderr.write(`The server cannot start: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}

const config = configOrExit()
const log = openLog(config.logLevel, 'server')

function die(error: unknown): never {
  log.fatal({ err: error }, 'server.cannot-go-on')
  process.exit(1)
}

process.on('uncaughtException', die)
process.on('unhandledRejection', die)
log.info(describeConfig(config), 'server.starting')
try {
  const server = await startServer(config, log, die)
  log.info({ url: server.url }, 'server.ready')
  let isStopping = false
  const stop = () => {
    if (isStopping) return
    isStopping = true
    log.info('server.stopping')
    server.stop().then(() => process.exit(0), die)
  }
  let isDraining = false
  const drain = () => {
    // Asked twice: whoever asks is not to be kept waiting any longer.
    if (isDraining) return stop()
    isDraining = true
    log.info({ drainMs: config.drainMs }, 'server.draining')
    server.drain(config.drainMs).then((callsLeft) => {
      log.info({ callsLeft }, 'server.drained')
      stop()
    }, die)
  }
  process.on('SIGTERM', drain)
  process.on('SIGINT', stop)
  // The launcher that started us is gone: nobody else would stop us.
  process.on('disconnect', stop)
} catch (error) {
  log.fatal(`the server cannot start: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
