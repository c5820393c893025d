/** What the first screen does without comes later, and nobody loses their place by it. */
import t from 'tap'
import { press, untilHeading } from './browser.ts'
import { hears, openKiosks, openTracks, until, watchTracks } from './kiosk-page.ts'

const openKiosk = await openKiosks(t)

t.test('who presses before the media client is there is in line at once, and seen as soon as it is', async (t) => {
  const held = Promise.withResolvers<void>()
  t.teardown(held.resolve)
  const { server, page } = await openKiosk(t, {
    before: watchTracks,
    server: (server) => (server.heldFiles = { pattern: /call-media/, until: held.promise }),
  })
  await untilHeading(page, 'Brug for hjælp?')
  await press(page, 'Ring efter hjælp')
  await untilHeading(page, 'Du er nummer 2 i køen')
  t.equal(await openTracks(page), 0)
  t.equal(server.asked['media.ticket'].length, 0)
  held.resolve()
  await until(page, 'video')
  t.equal(await openTracks(page), 2)
  await hears(server, 'media.ticket', 1)
})

t.test('who has left before the media client came is not filmed by it', async (t) => {
  const held = Promise.withResolvers<void>()
  t.teardown(held.resolve)
  const { server, page } = await openKiosk(t, {
    before: watchTracks,
    server: (server) => (server.heldFiles = { pattern: /call-media/, until: held.promise }),
  })
  await untilHeading(page, 'Brug for hjælp?')
  await press(page, 'Ring efter hjælp')
  await untilHeading(page, 'Du er nummer 2 i køen')
  await press(page, 'Læg på')
  await hears(server, 'call.hang-up', 1)
  held.resolve()
  await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => /call-media/.test(name)))
  await untilHeading(page, 'Du er ikke længere i kø')
  t.equal(await openTracks(page), 0)
  t.equal(server.asked['media.ticket'].length, 0)
})

t.test('a part of the page that is lost on the way costs nobody their place', async (t) => {
  const lost = Promise.withResolvers<void>()
  t.teardown(lost.resolve)
  const { server, page } = await openKiosk(t, {
    lost: /later-screens/,
    server: (server) => (server.heldFiles = { pattern: /later-screens/, until: lost.promise, areLost: true }),
  })
  await untilHeading(page, 'Brug for hjælp?')
  await press(page, 'Ring efter hjælp')
  await hears(server, 'call.start', 1)
  await until(page, 'main[aria-busy="true"]')
  server.heldFiles = null
  lost.resolve()
  // The browser remembers what it could not fetch: only a page that is loaded again can have it.
  await untilHeading(page, 'Er du der stadig?')
  await press(page, 'Ja, fortsæt')
  await untilHeading(page, 'Du er nummer 2 i køen')
  await until(page, 'video')
})
