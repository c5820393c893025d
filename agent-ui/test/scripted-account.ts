/** One's own sign-in as the page meets it: a second factor, a password, and other browsers, all made up. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { SignedIn, SignInBody } from '#server/contract/http.ts'
import type { FactorOnBody, OwnAccount, PasswordBody, SignedOut } from '#server/contract/sign-ins.ts'
import { branded } from './people.ts'

/** What a page is told whose sign-in is over. */
export type Ended = SignedOut

export const RIGHT_CODE = '123456'
/** A password that many people use. */
export const GUESSABLE = 'password1234'
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const AT = Date.parse('2026-11-27T08:00:00+01:00')

export class ScriptedAccount {
  /** Whether a sign-in wants a code. */
  wantsCode = false
  /** The role wants a factor, and there is none. */
  mustSetUp = false
  isFailing = false
  hasCity = false
  /** When the sign-in ends, where that is soon. In ms since 1970. */
  endsAt: number | null = null
  account: OwnAccount = branded({
    username: 'sara-holm',
    way: 'password',
    secondFactor: { isOn: false, isRequired: false, recoveryCodesCount: 0 },
    signIns: [
      { signInId: 'a', isThis: true, way: 'password', browser: 'Firefox, Windows', startedAt: AT, usedAt: AT + 60_000 },
      { signInId: 'b', isThis: false, way: 'password', browser: null, startedAt: AT - 3_600_000, usedAt: AT },
    ],
  })

  /** Who is signed in, with the end of their sign-in. */
  signedIn(person: SignedIn | undefined): SignedIn | undefined {
    return person === undefined || this.endsAt === null ? person : { ...person, endsAt: this.endsAt }
  }

  /** Why a sign-in is not taken yet; null: as far as the code goes it is. */
  refusalOf({ code }: SignInBody): 'code-needed' | 'wrong-code' | null {
    if (!this.wantsCode || code === RIGHT_CODE) return null
    return code === undefined ? 'code-needed' : 'wrong-code'
  }

  addTo(app: FastifyInstance): void {
    const refuse = (reply: FastifyReply, status: number, code: string) =>
      reply.status(status).send({ error: { code, message: code } })
    app.get('/api/v1/sign-in/ways', async () => ({ hasCity: this.hasCity }))
    app.get('/api/v1/account', async (_request, reply) =>
      this.isFailing ? refuse(reply, 503, 'internal') : this.account,
    )
    app.post<{ Body: { signInId: string | null } }>('/api/v1/account/sign-ins/end', async ({ body }) => {
      const signIns = this.account.signIns.filter(
        ({ isThis, signInId }) => isThis || signInId !== (body.signInId ?? signInId),
      )
      return (this.account = { ...this.account, signIns })
    })
    app.post<{ Body: PasswordBody }>('/api/v1/account/password', async ({ body }, reply) => {
      if (body.newPassword.length < 12) return refuse(reply, 400, 'weak-password')
      if (body.newPassword === GUESSABLE) return refuse(reply, 400, 'guessable-password')
      return reply.status(204).send()
    })
    app.post('/api/v1/account/second-factor', async () => ({
      secret: SECRET,
      uri: `otpauth://totp/Skranke:sara-holm?issuer=Skranke&secret=${SECRET}&algorithm=SHA1&digits=6&period=30`,
    }))
    app.post<{ Body: FactorOnBody }>('/api/v1/account/second-factor/on', async ({ body }, reply) => {
      if (body.code !== RIGHT_CODE) return refuse(reply, 401, 'wrong-code')
      this.mustSetUp = false
      this.account = {
        ...this.account,
        secondFactor: { ...this.account.secondFactor, isOn: true, recoveryCodesCount: 10 },
      }
      return { recoveryCodes: Array.from({ length: 10 }, (_, i) => `abcd${i}-efgh${i}`) }
    })
  }
}
