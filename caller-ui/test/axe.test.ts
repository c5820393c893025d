/** axe as it is asked on every screen: stricter than by itself, and not one text less. */
import t from 'tap'
import { launchChromium } from '#loadtest/browser/chromium.ts'
import { bringAxe, STRICTEST_CONTRAST, violationsOf } from '#loadtest/browser/axe.ts'

t.test('every text with less contrast than the strictest is found, however little it has', async (t) => {
  const browser = await launchChromium()
  t.teardown(() => browser.close())
  const page = await browser.newPage()
  await page.setContent(`<html lang="en"><title>x</title><body style="background: #fff"><main><h1>Texts</h1>
    <p style="color: #ccc">less than two to one</p><p style="color: #888">three and a half</p>
    <p style="color: #666">five and a half</p><p style="color: #333">twelve</p>
    <p style="color: #aaa; font-size: 40px">two, large</p><p style="color: #888; font-size: 40px">three, large</p>
    <p style="color: #666; font-size: 40px">five, large</p></main></body></html>`)
  await bringAxe(page)
  const found = await violationsOf(page, STRICTEST_CONTRAST)
  t.same(
    found.flatMap(({ nodes }) => nodes.map(({ html }) => />(.*)</.exec(html)?.[1])),
    ['less than two to one', 'three and a half', 'five and a half', 'two, large', 'three, large'],
  )
})
