/** Ports on loopback. */
import { createServer } from 'node:net'

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      const taken = typeof address === 'object' && address !== null ? address.port : port
      server.close(() => resolve(taken))
    })
  })
}

/** A port that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return listenOnce(0)
}

/** Throws one sentence when the port is taken; `setting` is what to change it by. */
export async function requireFreePort(port: number, what: string, setting: string): Promise<void> {
  try {
    await listenOnce(port)
  } catch {
    throw new Error(`Port ${port} for ${what} is taken. Stop what uses it, or choose another with ${setting}.`)
  }
}
