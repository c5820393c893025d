/** `GET` and `POST /api/v1/what-if`, for supervisors. The work is done beside the server (`server/what-if`). */
import type { FastifyInstance } from 'fastify'
import { HttpError } from '#server/contract/http.ts'
import { WhatIfBody, WhatIfState } from '#server/contract/what-if.ts'
import { quartersOrNone } from '#server/forecast/day-forecast.ts'
import { QUARTER_MS } from '#server/figures/calendar.ts'
import type { WhatIfDesk } from '#server/what-if/what-if-desk.ts'
import { sendError } from './sign-in.ts'

export type WhatIfRouteParts = {
  readonly desk: Pick<WhatIfDesk, 'state' | 'start' | 'stop'>
  readonly isQueue: (queueId: string) => boolean
}

/** Adds the routes below `/api/v1`; what is worked on ends with the server. */
export function addWhatIfRoutes(app: FastifyInstance, { desk, isQueue }: WhatIfRouteParts): void {
  const response = { 200: WhatIfState, 400: HttpError, 401: HttpError, 403: HttpError, 429: HttpError }
  app.addHook('onClose', () => desk.stop())
  app.get('/what-if', { schema: { response } }, (_request, reply) => {
    return reply.send(desk.state)
  })
  app.post<{ Body: WhatIfBody }>('/what-if', { schema: { body: WhatIfBody, response } }, (request, reply) => {
    const { queueId, date, moreCount } = request.body
    const lastAt = quartersOrNone(date).at(-1)
    if (!isQueue(queueId) || moreCount === 0 || lastAt === undefined || lastAt + QUARTER_MS > Date.now()) {
      return sendError(reply, 400, 'bad-request', 'no such queue, no change, or no day that is over')
    }
    if (!desk.start(request.body)) return sendError(reply, 429, 'too-many-requests', 'another is worked on')
    return reply.send(desk.state)
  })
}
