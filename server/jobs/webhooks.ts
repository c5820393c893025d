/**
 * Tells webhooks what the outbox holds: signed, only at addresses that the configuration allows, again and again until it is
 * taken. A delivery may come twice; its id says so.
 */
import { createHmac } from 'node:crypto'
import type { Post } from '#server/outgoing/post.ts'
import type { Job } from './background.ts'

/** Rarer, and a warning is told later. */
const EVERY_MS = 2_000
/** For all of a turn, so that nothing is sent twice while it is under way. */
const LEASE_MS = 60_000
const AT_ONCE_MAX = 5
const RETRY_MS = 5_000
const RETRY_MS_MAX = 60 * 60_000

export type Delivery = {
  readonly deliveryId: string
  readonly url: string
  readonly body: string
  /** This one among them. */
  readonly triesCount: number
}

export type WebhookParts = {
  /** Exact addresses. */
  readonly allowedUrls: readonly string[]
  readonly secret: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly takeDue: (at: number, leaseMs: number, countMax: number) => Promise<readonly Delivery[]>
  readonly end: (deliveryId: string, at: number, result: 'sent' | 'not-allowed') => Promise<void>
  readonly tryAgainAt: (deliveryId: string, at: number) => Promise<void>
  /** The fault of a try, without what was sent. */
  readonly onFault: (deliveryId: string, fault: string) => void
  readonly post: Post
}

/** `t=<ms since 1970>,v1=<hex>`: the HMAC-SHA-256 of `<t>.<body>`. Whoever checks it also looks whether `t` is fresh. */
export function signatureOf(secret: string, at: number, body: string): string {
  return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`
}

/** How long to wait after so many tries in vain: twice as long each time, an hour at most, and never for good. */
export function retryAfterMs(triesCount: number): number {
  return Math.min(RETRY_MS_MAX, RETRY_MS * 2 ** Math.min(20, triesCount - 1))
}

/** The job: resolves with how many were told. */
export function webhooks(parts: WebhookParts): Job {
  const run = async () => {
    const due = await parts.takeDue(parts.now(), LEASE_MS, AT_ONCE_MAX)
    const results = await Promise.all(due.map((delivery) => deliver(parts, delivery)))
    return results.filter(Boolean).length
  }
  return { name: 'webhooks', everyMs: EVERY_MS, run }
}

async function deliver(parts: WebhookParts, { deliveryId, url, body, triesCount }: Delivery): Promise<boolean> {
  const { allowedUrls, secret, now, end, tryAgainAt, onFault, post } = parts
  if (!allowedUrls.includes(url)) {
    await end(deliveryId, now(), 'not-allowed')
    onFault(deliveryId, 'the configuration does not allow its address any more')
    return false
  }
  try {
    const { status } = await post(url, {
      headers: {
        'content-type': 'application/json',
        'x-skranke-delivery': deliveryId,
        'x-skranke-signature': signatureOf(secret, now(), body),
      },
      body,
    })
    if (status < 200 || status > 299) throw new Error(`it answered ${status}`)
  } catch (error) {
    await tryAgainAt(deliveryId, now() + retryAfterMs(triesCount))
    onFault(deliveryId, error instanceof Error ? error.message : String(error))
    return false
  }
  await end(deliveryId, now(), 'sent')
  return true
}
