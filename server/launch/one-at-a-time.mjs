// @ts-check
/**
 * A lock between processes of one machine, by a name on a socket that has no file. The system lets go of it when its
 * holder ends, however it ends: nothing is left over that somebody would have to judge or remove.
 */
import { createHash } from 'node:crypto'
import { createServer, connect } from 'node:net'

/** @param {string} name */
const address = (name) => `\0skranke-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`

/**
 * Takes the lock when nobody has it. Resolves with what lets go of it, or with undefined when somebody has it.
 * @param {string} name the same for all who exclude each other, such as a path
 * @returns {Promise<(() => void) | undefined>}
 */
export function tryLock(name) {
  return new Promise((resolve, reject) => {
    // Whoever waits is held until we let go: that is what tells them.
    /** @type {Set<import('node:net').Socket>} */
    const waiting = new Set()
    const server = createServer((socket) => {
      waiting.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => waiting.delete(socket))
      socket.unref()
    })
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE') resolve(undefined)
      else reject(error)
    })
    server.listen({ path: address(name) }, () => {
      server.unref()
      resolve(() => {
        server.close()
        for (const socket of waiting) socket.destroy()
      })
    })
  })
}

/** Resolves when the holder lets go or ends. @param {string} name @returns {Promise<void>} */
function untilReleased(name) {
  return new Promise((resolve) => {
    const socket = connect({ path: address(name) })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve())
    socket.resume()
  })
}

/**
 * Does `work` while nobody else does work of the same name; waits for its turn. `onWait` is called once, before the
 * first wait.
 * @template T
 * @param {string} name @param {() => void} onWait @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function oneAtATime(name, onWait, work) {
  let release = await tryLock(name)
  if (release === undefined) onWait()
  while (release === undefined) {
    await untilReleased(name)
    release = await tryLock(name)
  }
  try {
    return await work()
  } finally {
    release()
  }
}
