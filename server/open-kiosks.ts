/** The kiosks of a city: as machines, and by their keys. */
import { kioskBuild } from './http/pages.ts'
import type { ServerConfig } from './config.ts'
import { KioskHealth } from './socket/kiosk-health.ts'
import { KioskKeys } from './socket/kiosk-keys.ts'
import { KioskOrders } from './socket/kiosk-orders.ts'
import type { Database } from './store/database.ts'
import type { Directory } from './store/directory.ts'
import { keepOrder, keepReport, keptHealth, kiosksOutOfOrder, lastReport } from './store/kiosk-health.ts'
import { keepKioskKeys, kioskKeys, lastKeyActs, noteKioskAct } from './store/kiosk-keys.ts'
import type { Logger } from './telemetry/log.ts'

type Parts = {
  readonly config: ServerConfig
  readonly db: Database
  readonly directory: Directory
  readonly log: Logger
  /** Whoever watches them; asked only once all parts are made. */
  readonly audiences: () => { readonly wall: { refresh(): void } }
}

export type Kiosks = {
  readonly health: KioskHealth
  readonly kioskKeys: KioskKeys
  readonly kioskOrders: KioskOrders
}

/** All of them, none started. */
export function openKiosks(parts: Parts): Kiosks {
  return { health: openHealth(parts), kioskKeys: openKeys(parts), kioskOrders: openOrders(parts) }
}

/** The kiosks as machines. What one says of itself is worth no fault of ours: where it cannot be kept, it is logged. */
function openHealth({ config, db, directory, log, audiences }: Parts): KioskHealth {
  return new KioskHealth({
    directory,
    store: {
      health: () => keptHealth(db),
      outOfOrder: () => kiosksOutOfOrder(db),
      keepReport: (health, report) =>
        keepReport(db, health, report).catch((error: unknown) => {
          log.warn({ err: error, kioskId: health.kioskId }, 'kiosk-report.not-kept')
          return undefined
        }),
      keepOrder: (order) => keepOrder(db, order),
    },
    build: kioskBuild(config.pagesDir),
    now: () => Date.now(),
    onChange: () => audiences().wall.refresh(),
  })
}

/** Their keys. */
function openKeys({ config, db, directory }: Parts): KioskKeys {
  return new KioskKeys({
    directory,
    secret: config.mediaSecret,
    now: () => Date.now(),
    store: {
      keys: () => kioskKeys(db),
      keep: (kioskId, keys, acts) => keepKioskKeys(db, kioskId, keys, acts),
      acts: (countMax) => lastKeyActs(db, countMax),
    },
  })
}

/** What is ordered of them. */
function openOrders({ config, db, directory }: Parts): KioskOrders {
  return new KioskOrders({
    directory,
    build: kioskBuild(config.pagesDir),
    now: () => Date.now(),
    store: { note: (act) => noteKioskAct(db, act), report: (kioskId) => lastReport(db, kioskId) },
  })
}
