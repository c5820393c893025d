/** The kiosk page on every screen it may meet. */
import t from 'tap'
import { press, untilHeading } from './browser.ts'
import { isAccessible, openKiosks, until } from './kiosk-page.ts'

t.test('the kiosk page', async (t) => {
  const kiosk = await openKiosks(t)

  t.test('fits the kiosk both ways, a phone, both directions of writing and the dark', async (t) => {
    const sizes = [
      { width: 1080, height: 1920, targetMin: 72 },
      { width: 1920, height: 1080, targetMin: 72 },
      { width: 320, height: 640, targetMin: 52 },
    ]
    for (const { width, height, targetMin } of sizes) {
      const { server, page } = await kiosk(t, { width, height, isDark: width === 1080 })
      const look = async (what: string) => {
        for (const direction of ['ltr', 'rtl']) {
          await page.evaluate((dir) => (document.documentElement.dir = dir), direction)
          const found = await page.evaluate(() => {
            const { scrollWidth, clientWidth } = document.documentElement
            const sizes = [...document.querySelectorAll('button')].map((b) => b.getBoundingClientRect())
            const outside = sizes.filter((box) => box.left < 0 || box.right > clientWidth + 1).length
            return {
              overflow: scrollWidth - clientWidth,
              outside,
              smallest: Math.min(...sizes.map((b) => Math.min(b.width, b.height))),
            }
          })
          const where = `${what} at ${width} × ${height}, ${direction}`
          t.equal(found.overflow, 0, `${where}: nothing sticks out`)
          t.equal(found.outside, 0, `${where}: every button is within reach`)
          t.ok(found.smallest >= targetMin, `${where}: the smallest button is ${found.smallest} pixels`)
        }
        await page.evaluate(() => (document.documentElement.dir = 'ltr'))
        if (height >= 1080) {
          const below = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)
          t.ok(below <= 0, `${what} at ${width} × ${height}: nothing lies below the edge (${below})`)
        }
      }
      await untilHeading(page, 'Brug for hjælp?')
      await look('idle')
      await isAccessible(t, page, `idle at ${width}`)
      await press(page, 'Ring efter hjælp')
      await untilHeading(page, 'Du er nummer 2 i køen')
      await until(page, '.own-picture video')
      await press(page, 'Dansk')
      await page.locator('::-p-aria([name="Lektiehjælp"])').wait()
      await look('waiting')
      server.connectTo('Amal')
      await untilHeading(page, 'Du taler med Amal')
      await look('conversation')
      await isAccessible(t, page, `conversation at ${width}`)
    }
  })
})
