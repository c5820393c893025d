/** What a kiosk signs with its key. Each sentence begins with its purpose, so that no signature serves another. */

/** Asks for a code: the key that asks is really there. */
export const enrolText = (nonce: string, publicKey: string): string => `skranke kiosk enrol\n${nonce}\n${publicKey}`
/** Asks for a token. */
export const tokenText = (nonce: string, keyId: string): string => `skranke kiosk token\n${nonce}\n${keyId}`
/** Opens a connection with a token. */
export const connectText = (nonce: string, token: string): string => `skranke kiosk connect\n${nonce}\n${token}`
/** Puts a new key in the place of an old one: signed by both. */
export const rotateText = (nonce: string, publicKey: string): string => `skranke kiosk rotate\n${nonce}\n${publicKey}`

/** The curve and the hash of every key and signature. */
export const KEY_KIND = { name: 'ECDSA', namedCurve: 'P-256' } as const
export const SIGNED_WITH = { name: 'ECDSA', hash: 'SHA-256' } as const
