/** A hand in the panel where colleagues are asked in. */
import type { Screen } from './browser.ts'

/** Opens the panel. The call comes with the server's next view, a moment after it was scripted. */
export async function openPeople(screen: Screen): Promise<void> {
  await screen.page.locator('#side-tab-people').click()
  await screen.page.locator('.join select').wait()
}

/** Chooses in the field of this name by the words on the screen. */
export async function choose(screen: Screen, name: string, words: string): Promise<void> {
  const field = await screen.find('combobox', name)
  await field.evaluate((select, wanted) => {
    const { options } = select as HTMLSelectElement
    const option = [...options].find(({ text }) => text === wanted)
    if (option === undefined) throw new Error(`no «${wanted}» among ${[...options].map(({ text }) => text)}`)
    ;(select as HTMLSelectElement).value = option.value
    select.dispatchEvent(new Event('change', { bubbles: true }))
  }, words)
}
