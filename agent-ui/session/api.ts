/** Asking the server over HTTP. Every answer is either a reply or a code that has words in `text/words.ts`. */
export type ApiOutcome<Reply> =
  { readonly ok: true; readonly reply: Reply } | { readonly ok: false; readonly code: string }

/** How long an answer may take before the page says that it does not come. */
const ANSWER_MS_MAX = 10_000

/**
 * Sends one request below `/api/v1`. `Reply` is what the contract says the path answers. A server that cannot
 * be reached gives `no-answer`; an answer that is not the contract's gives `internal`.
 */
export async function callApi<Reply>(method: 'GET' | 'POST', path: string, body?: object): Promise<ApiOutcome<Reply>> {
  let response: Response
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
  } catch {
    return { ok: false, code: 'no-answer' }
  }
  const answer = await readJson(response)
  if (response.ok) return { ok: true, reply: answer as Reply }
  return { ok: false, code: errorCode(answer) ?? (response.status === 429 ? 'too-many-requests' : 'internal') }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    // An empty answer is fine where nothing is to be said, as after signing out.
    return null
  }
}

function errorCode(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return null
  const { error } = answer
  if (typeof error !== 'object' || error === null || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}
