/** Where Prometheus reads, and what is counted of connections. */
import { openFiguresPort, type FiguresPort } from '#sfu/binding/figures-port.ts'
import type { Registry } from 'prom-client'
import type { Server as SocketServer } from 'socket.io'

/** Opens the port of its own that the settings say; undefined where it is read beside the pages. Rejects where it is taken. */
export async function openFigures(
  { metricsHost, metricsPort }: { readonly metricsHost: string; readonly metricsPort: number },
  registry: Registry,
): Promise<FiguresPort | undefined> {
  if (metricsPort === 0) return undefined
  const read = async () => ({ type: registry.contentType, text: await registry.metrics() })
  return await openFiguresPort({ host: metricsHost, port: metricsPort, setting: 'SKRANKE_SERVER_METRICS_PORT', read })
}

const NAMESPACES = ['/caller', '/agent', '/supervisor'] as const

/** How many pages are connected, by namespace. */
export function socketsOf(io: SocketServer): Record<string, number> {
  return Object.fromEntries(NAMESPACES.map((namespace) => [namespace.slice(1), io.of(namespace).sockets.size]))
}
