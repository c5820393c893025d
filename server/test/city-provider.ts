/** The city's own sign-in as a real OpenID provider on the loopback, at which whoever comes is whom the test says, or chooses on its page. */
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { exportJWK, generateKeyPair } from 'jose'
import type { Test } from 'tap'

/** Skranke, as the city knows it. */
export const CLIENT = { clientId: 'skranke', clientSecret: 'the secret of the client at the city' }

/** What the city says of somebody. */
export type There = { readonly sub: string; readonly [claim: string]: unknown }
/** What is used of the provider, which brings no types. */
type MadeProvider = {
  callback(): RequestListener
  on(event: 'backchannel.error', listener: (context: unknown, error: Error) => void): void
  interactionFinished(request: unknown, response: unknown, result: object): Promise<void>
}

/** A server that is there before it is known what it answers: its address is part of the answers. */
export async function listen(t: Test) {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => void server.close())
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** The city's sign-in, at which whoever comes is `city.person`; with `people` they are asked which of these they are. */
export async function openCity(t: Test, ownUrl: string, people: readonly There[] = []) {
  const { default: Provider } = (await import('oidc-provider' as string)) as {
    default: new (issuer: string, configuration: object) => MadeProvider
  }
  const { server, url } = await listen(t)
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const city = { url, privateKey, person: { sub: 'nobody' } as There }
  const provider = new Provider(url, {
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'one' }] },
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [`${ownUrl}/api/v1/sign-in/city/back`],
        backchannel_logout_uri: `${ownUrl}/api/v1/sign-in/city/sign-out`,
        backchannel_logout_session_required: true,
      },
    ],
    cookies: { keys: ['only for this test'] },
    claims: { profile: ['preferred_username', 'name', 'given_name', 'groups'] },
    conformIdTokenClaims: false,
    // It does not call the loopback by itself.
    fetch: (address: string, options: RequestInit) =>
      fetch(address, { ...options, dispatcher: undefined } as RequestInit),
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/who/${uid}` },
    findAccount: () => ({ accountId: city.person.sub, claims: () => city.person }),
    loadExistingGrant: async ({ oidc }: { oidc: GrantContext }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
  })
  provider.on('backchannel.error', (_context, error) => t.comment(`the city could not tell us: ${error.message}`))
  const answer = provider.callback()
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/who/') !== true) return answer(request, response)
    if (people.length > 0 && request.method === 'GET')
      return response.setHeader('content-type', 'text/html; charset=utf-8').end(pageOf(people))
    void chosen(request, people).then((person) => {
      city.person = person ?? city.person
      return provider.interactionFinished(request, response, { login: { accountId: city.person.sub } })
    })
  })
  return city
}
type GrantContext = {
  provider: { Grant: new (of: object) => { addOIDCScope(scope: string): void; save(): Promise<string> } }
  client: { clientId: string }
  session: { accountId: string }
}

/** The provider's own page. */
const pageOf = (people: readonly There[]): string =>
  `<!doctype html><html lang="da"><title>Kommunens login</title><main><h1>Kommunens login</h1><form method="post">${people
    .map(({ sub, name }) => `<button name="sub" value="${sub}">${String(name)}</button>`)
    .join('')}</form></main></html>`

async function chosen(request: IncomingMessage, people: readonly There[]): Promise<There | undefined> {
  const sub = new URLSearchParams(await text(request)).get('sub')
  return people.find((person) => person.sub === sub)
}
