/** What the supervisor's page asks about screens that are set up, and what a screen asks that is not: with a code that works. */
import type { FastifyInstance } from 'fastify'
import type { KioskKeysReply, LastReport } from '#server/contract/kiosk-keys.ts'
import { branded } from './people.ts'

export const GOOD_CODE = 'K7MQ4XRT'

type Asked = { readonly path: string; readonly body: unknown }

export class ScriptedKioskKeys {
  readonly asked: Asked[] = []
  /** Whether a screen that waits is told that somebody has entered its code. */
  state: 'waiting' | 'over' = 'over'
  /** While set, no code is given: as many wait as may. */
  isFull = false
  reply: KioskKeysReply = branded({
    kiosks: [
      { kioskId: 'kiosk-sundby', siteName: 'Sundby Bibliotek', enrolledAt: null, isConnected: false },
      { kioskId: 'kiosk-valby', siteName: 'Valby Kulturhus', enrolledAt: 1_795_000_000_000, isConnected: true },
    ],
    acts: [],
  })
  report: LastReport = {
    at: 1_795_000_100_000,
    isNewest: false,
    report: {
      camera: 'works',
      microphone: 'works',
      speaker: 'works',
      path: 'works',
      build: 'index-1.js',
      memoryMb: 84,
      droppedFramesCount: 3,
      uptimeS: 7_320,
      reloadsCount: 1,
      test: { testedAt: 1_795_000_000_000, roundTripMs: 12, lossPercent: 0, transport: 'udp' },
    },
  }

  /** Adds the routes. */
  addRoutes(app: FastifyInstance): void {
    app.get('/api/v1/kiosks/keys', async () => this.reply)
    app.get('/api/v1/kiosks/:kioskId/report', async () => this.report)
    app.post<{ Params: { act: string }; Body: { kioskId: string; code?: string } }>(
      '/api/v1/kiosks/:act',
      async ({ params: { act }, body }, reply) => {
        this.asked.push({ path: act, body })
        if (act === 'enrol' && body.code !== GOOD_CODE) {
          return reply.status(404).send({ error: { code: 'unknown-code', message: 'no such code' } })
        }
        const enrolledAt = act === 'revoke' ? null : 1_795_000_000_000
        const kiosks = this.reply.kiosks.map((kiosk) =>
          kiosk.kioskId === body.kioskId ? { ...kiosk, enrolledAt } : kiosk,
        )
        const done = { at: 1_795_000_000_000, act: act === 'revoke' ? 'revoked' : 'enrolled', kioskId: body.kioskId }
        this.reply = branded({ kiosks, acts: [{ ...done, byName: 'Niels Krogh' }, ...this.reply.acts] })
        return this.reply
      },
    )
    app.post('/api/v1/kiosk/challenge', async () => ({ nonce: 'n'.repeat(60) }))
    app.get('/api/v1/kiosk/enrolments/:keyId', async () => ({ state: this.state }))
    app.post('/api/v1/kiosk/enrolments', async (_request, reply) => {
      if (this.isFull) return reply.status(429).send({ error: { code: 'too-many-requests', message: 'too many wait' } })
      this.state = 'waiting'
      return { code: GOOD_CODE, lifetimeMs: 900_000 }
    })
  }
}
