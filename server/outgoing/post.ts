/** One request that goes out: to a target that was looked at, within bounds, and nowhere else than it was sent. */
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isInside, TargetFault, targetOf, type TargetRules } from './target.ts'

/** How long all of it may take, in ms. */
const WHOLE_MS_MAX = 10_000
/** Of the answer's head, in bytes. Of its body nothing is read. */
const HEAD_BYTES_MAX = 16 * 1024

export type Post = (
  url: string,
  what: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
) => Promise<{ readonly status: number }>

/**
 * Makes what posts, and resolves with the status of the answer: a redirection is one and is not followed. It rejects with a
 * TargetFault where the address may not be gone to or is not https, else with what was wrong on the way.
 */
export function guardedPost(rules: TargetRules): Post {
  return async (url, { headers, body }) => {
    const { protocol, hostname } = new URL(url)
    if (protocol !== 'https:' && !isInside(hostname, rules)) {
      throw new TargetFault(`${hostname} is not https, and the settings do not allow it`)
    }
    const { address, family } = await targetOf(hostname, rules)
    return await new Promise((resolve, reject) => {
      const send = protocol === 'https:' ? requestHttps : requestHttp
      const request = send(url, {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        // The name is asked for once, above: what is connected to is what was looked at.
        lookup: (_host, options, answer) =>
          options.all === true ? answer(null, [{ address, family }]) : answer(null, address, family),
        agent: false,
        maxHeaderSize: HEAD_BYTES_MAX,
        signal: AbortSignal.timeout(WHOLE_MS_MAX),
      })
      request.on('response', (response) => {
        resolve({ status: response.statusCode ?? 0 })
        response.destroy()
      })
      request.on('error', reject)
      request.end(body)
    })
  }
}
