/**
 * Signing in with the city's own sign-in, by OpenID Connect: code flow with PKCE, state and nonce, and the city's word that a session
 * there is over. What a person may do here is said by the groups they are in there.
 */
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client'
import type { Role } from '#server/contract/http.ts'

/** How the city's sign-in is reached, and what its groups mean here. */
export type CitySignInSettings = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Where the city's sign-in sends people back to. */
  readonly callbackUrl: string
  readonly groupsClaim: string
  readonly usernameClaim: string
  /** The groups that have each role. */
  readonly roles: Readonly<Partial<Record<Role, readonly string[]>>>
}

/** What has to be known again when somebody comes back. */
export type Asked = { readonly state: string; readonly nonce: string; readonly verifier: string }

/** Who the city says somebody is. */
export type CityPerson = {
  readonly subject: string
  /** The session there; null where the city's sign-in does not say. */
  readonly session: string | null
  readonly username: string | null
  readonly name: string | null
  readonly firstName: string | null
  /** What they may be here; the one that may do most first. */
  readonly roles: readonly Role[]
}

/** What a sign-out there names: a session, a person, or both. */
export type SignedOutThere = { readonly subject: string | null; readonly session: string | null }

/** Where somebody has more than one: whoever sets things up does not take calls by the way. */
const ROLES: readonly Role[] = ['administrator', 'supervisor', 'agent']
const ANSWER_S_MAX = 5
/** A word that a session is over is fresh, or it is nobody's. */
const SIGN_OUT_AGE = '2 minutes'
const CLOCKS_APART_S = 30
/** Signed by the city, and never by a secret that is shared, or by nothing. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
const SIGN_OUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout'
const SIGN_OUTS_REMEMBERED = 10_000

export class CitySignIn {
  readonly #settings: CitySignInSettings
  #found: Promise<Configuration> | undefined
  #keys: ReturnType<typeof createRemoteJWKSet> | undefined
  readonly #heard = new Set<string>()

  constructor(settings: CitySignInSettings) {
    this.#settings = settings
  }

  /** Where somebody is sent, and what has to be known again when they come back. Rejects where the city's sign-in does not answer. */
  async ask(): Promise<{ readonly url: URL; readonly asked: Asked }> {
    const found = await this.#find()
    const asked = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
    const url = buildAuthorizationUrl(found, {
      redirect_uri: this.#settings.callbackUrl,
      scope: 'openid profile',
      state: asked.state,
      nonce: asked.nonce,
      code_challenge: await calculatePKCECodeChallenge(asked.verifier),
      code_challenge_method: 'S256',
    })
    return { url, asked }
  }

  /** Who has come back with this query. Rejects where anything of it is not what was asked for. */
  async answer(query: string, asked: Asked): Promise<CityPerson> {
    const url = new URL(this.#settings.callbackUrl)
    url.search = query
    const tokens = await authorizationCodeGrant(await this.#find(), url, {
      expectedState: asked.state,
      expectedNonce: asked.nonce,
      pkceCodeVerifier: asked.verifier,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (claims === undefined) throw new Error('the city did not say who it is')
    const { groupsClaim, usernameClaim, roles } = this.#settings
    const groups = new Set([claims[groupsClaim]].flat().filter((group) => typeof group === 'string'))
    return {
      subject: claims.sub,
      session: textOf(claims['sid']),
      username: textOf(claims[usernameClaim])?.toLowerCase() ?? null,
      name: textOf(claims['name']),
      firstName: textOf(claims['given_name']),
      roles: ROLES.filter((role) => roles[role]?.some((group) => groups.has(group)) === true),
    }
  }

  /** Whom a logout token names, which is good once. Rejects where it is not the city's, not for us, too old, or no such thing. */
  async signOutOf(logoutToken: string): Promise<SignedOutThere> {
    const found = await this.#find()
    const { issuer, jwks_uri: keysAt } = found.serverMetadata()
    if (keysAt === undefined) throw new Error('the city does not say by which keys it signs')
    this.#keys ??= createRemoteJWKSet(new URL(keysAt), { timeoutDuration: ANSWER_S_MAX * 1_000 })
    const { payload } = await jwtVerify(logoutToken, this.#keys, {
      issuer,
      audience: this.#settings.clientId,
      algorithms: ALGORITHMS,
      maxTokenAge: SIGN_OUT_AGE,
      clockTolerance: CLOCKS_APART_S,
      requiredClaims: ['iat', 'jti', 'events'],
    })
    const named = namedBy(payload)
    this.#hearOnce(payload.jti ?? '')
    return named
  }

  #hearOnce(tokenId: string): void {
    if (this.#heard.has(tokenId)) throw new Error('this was said before')
    this.#heard.add(tokenId)
    const [oldest] = this.#heard
    if (this.#heard.size > SIGN_OUTS_REMEMBERED && oldest !== undefined) this.#heard.delete(oldest)
  }

  /** What the city's sign-in says of itself, asked for once; after a failure, with the next person. */
  #find(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings
    const url = new URL(issuer)
    const execute = url.protocol === 'http:' ? [allowInsecureRequests] : []
    this.#found ??= discovery(url, clientId, clientSecret, undefined, { execute, timeout: ANSWER_S_MAX }).catch(
      (error: unknown) => {
        this.#found = undefined
        throw error
      },
    )
    return this.#found
  }
}

function namedBy({ sub, sid, events, nonce }: JWTPayload): SignedOutThere {
  const isEvent = typeof events === 'object' && events !== null && SIGN_OUT_EVENT in events
  // A nonce is what tells the token of a sign-in from this one.
  if (!isEvent || nonce !== undefined) throw new Error('this is no word of a sign-out')
  const named = { subject: textOf(sub), session: textOf(sid) }
  if (named.subject === null && named.session === null) throw new Error('nobody is named')
  return named
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
