/** What a finger does on the way to a screen, with the words of any language. */
import type { Page } from 'puppeteer'
import { press } from '../browser.ts'
import type { KioskServer } from '../kiosk-server.ts'
import type { Say } from './words.ts'

export type Stage = { readonly page: Page; readonly server: KioskServer; readonly say: Say }

export const seesTitle = async ({ page, say }: Stage, id: string, values?: Parameters<Say>[1]): Promise<void> => {
  const words = say(id, values)
  await page.waitForFunction((wanted) => document.querySelector('h1')?.textContent === wanted, {}, words)
}

/** Waits until these words are somewhere on the screen. */
export const sees = async ({ page, say }: Stage, id: string, values?: Parameters<Say>[1]): Promise<void> => {
  const words = say(id, values)
  await page.waitForFunction((wanted) => document.body.innerText.includes(wanted), {}, words)
}

export const tap = async ({ page, say }: Stage, id: string, values?: Parameters<Say>[1]): Promise<void> =>
  press(page, say(id, values))

/** From the idle screen into line. */
export async function getInLine(stage: Stage): Promise<void> {
  await seesTitle(stage, 'idle.title')
  await tap(stage, 'idle.call')
  await seesTitle(stage, 'waiting.position', { position: 2 })
}

/** Passes over what is asked until `question` is. */
export async function passOver(stage: Stage, ...skips: readonly string[]): Promise<void> {
  for (const skip of skips) await tap(stage, skip)
}

export async function talk(stage: Stage): Promise<void> {
  await getInLine(stage)
  stage.server.connectTo('Amal')
  await seesTitle(stage, 'conversation.with', { name: 'Amal' })
}
