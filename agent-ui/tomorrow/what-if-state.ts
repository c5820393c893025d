/** What is asked of a day that was, and what came of it: the server works on one question at a time, and the page looks again while it does. */
import { signal } from '@preact/signals'
import type { WhatIfBody, WhatIfState } from '#server/contract/what-if.ts'
import { becomeSignedOut } from '../session/account.ts'
import { callApi } from '../session/api.ts'

const LOOK_AGAIN_MS = 1_000

export const whatIf = signal<WhatIfState>({ kind: 'none' })
/** Why a question could not be asked, or its answer not be had. */
export const whatIfFault = signal<string | null>(null)

let timer: ReturnType<typeof setTimeout> | undefined

/** Asks for what there is: an answer of before, or the one that is worked on. */
export function lookForWhatIf(): Promise<void> {
  return ask('GET')
}

/** Asks a new question. */
export function askWhatIf(question: WhatIfBody): Promise<void> {
  return ask('POST', question)
}

async function ask(method: 'GET' | 'POST', question?: WhatIfBody): Promise<void> {
  clearTimeout(timer)
  const outcome = await callApi<WhatIfState>(method, '/what-if', question)
  if (outcome.ok) {
    whatIf.value = outcome.reply
    whatIfFault.value = null
  } else {
    whatIfFault.value = outcome.code
    if (outcome.code === 'not-signed-in') becomeSignedOut()
  }
  clearTimeout(timer)
  if (whatIf.peek().kind === 'running' && (outcome.ok || outcome.code !== 'not-signed-in')) {
    timer = setTimeout(() => void lookForWhatIf(), LOOK_AGAIN_MS)
  }
}
