/** The ways to see the screen. */
import type { Page } from 'puppeteer'

export const LOOKS = ['usual', 'largest', 'contrast'] as const
export type Look = (typeof LOOKS)[number]

/** Puts the screen into a look, as the bar at its edge does: the bar itself has tests of its own. */
export async function wear(page: Page, look: Look): Promise<void> {
  await page.evaluate((look) => {
    const { dataset } = document.documentElement
    dataset['textSize'] = look === 'largest' ? 'A++' : 'A'
    dataset['contrast'] = look === 'contrast' ? 'high' : 'usual'
  }, look)
}
