/** The cookies of people: the sign-in itself, under the name that browsers guard best. */
import { cookieValue } from './tokens.ts'

/** Browsers take a cookie of this prefix only over TLS, for the whole host and no other: no neighbouring host can plant one. */
const GUARDED_NAME = '__Host-skranke-sign-in'
/** Without TLS, on this computer alone: Chromium would take the other name there too, but not every browser does. */
const PLAIN_NAME = 'skranke-sign-in'

/** How the cookie is called. */
export const signInCookieName = (hasSecureCookies: boolean): string => (hasSecureCookies ? GUARDED_NAME : PLAIN_NAME)

/** With what the cookie is set. Lax, so that somebody who comes back from the city's own sign-in brings it along. */
export function signInCookieOptions(hasSecureCookies: boolean) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: hasSecureCookies } as const
}

/** The token in a Cookie header, or undefined. Where TLS is, a cookie of the plain name is nobody's. */
export function signInToken(header: string | undefined, hasSecureCookies: boolean): string | undefined {
  return cookieValue(header, signInCookieName(hasSecureCookies))
}

/** The token of either name, for telling one browser from another, never for telling who somebody is. */
export function browserToken(header: string | undefined): string {
  return signInToken(header, true) ?? signInToken(header, false) ?? ''
}

const BROWSERS = [
  [/\bEdg/, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\//, 'Firefox'],
  [/\bChrom(e|ium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
] as const
const SYSTEMS = [
  [/\bAndroid\b/, 'Android'],
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
] as const

/** What a person may know a sign-in of theirs again by, as «Firefox, Windows»: no version and nothing else of what browsers tell. */
export function browserOf(userAgent: string | undefined): string | null {
  const found = [BROWSERS, SYSTEMS].flatMap(
    (kinds) => kinds.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1] ?? [],
  )
  return found.length === 0 ? null : found.join(', ')
}
