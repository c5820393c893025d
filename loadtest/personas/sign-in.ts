/** Signing in by password, as the desk does. */
import type { Access } from '../access.ts'

/** The cookie of a person who has signed in. Throws where that is refused. */
export async function signIn(access: Access, username: string, password: string): Promise<string> {
  const response = await fetch(`${access.url}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  const cookie = response.headers.get('set-cookie')?.split(';')[0]
  if (!response.ok || cookie === undefined) throw new Error(`${username} could not sign in (${response.status})`)
  return cookie
}
