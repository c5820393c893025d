/** The kiosk as a machine: what it says of itself, and what it does when it is told something about itself. */
import t from 'tap'
import { press, untilHeading } from './browser.ts'
import { getInLine, hears, isAccessible, openKiosks, refuseCamera } from './kiosk-page.ts'

const openKiosk = await openKiosks(t)

/** Before the page: half a minute in which nobody touches the screen is over soon. */
function hurry(): void {
  const real = setTimeout
  Object.assign(globalThis, {
    setTimeout: (work: () => void, ms = 0) => real(work, ms === 30_000 ? 300 : ms),
  })
}

t.test('it says of itself what works, and which version it is', async (t) => {
  const { server } = await openKiosk(t)
  await hears(server, 'machine.report', 1)
  const report = server.asked['machine.report'][0]
  t.match(report, { camera: 'works', microphone: 'works', path: 'unknown' })
  const html = await (await fetch(server.pageUrl)).text()
  const names = [...html.matchAll(/assets\/([^"/]+\.(?:js|css))"/g)].map(([, name = '']) => name)
  t.equal(report?.build, names.toSorted().join(' '), 'by the names of the files that the server gives')
})

t.test(
  'a camera that a call could not have is told; whoever is there stays when the screen is taken out of use',
  async (t) => {
    const { server, page } = await openKiosk(t, { before: refuseCamera })
    await hears(server, 'machine.report', 1)
    server.orders = { isOutOfOrder: true, build: '' }
    await getInLine(page)
    await hears(server, 'machine.report', 2)
    t.match(server.asked['machine.report'].at(-1), { camera: 'faulty', microphone: 'works' })
    await press(page, 'Læg på')
    await untilHeading(page, 'Du er ikke længere i kø')
    await press(page, 'Start forfra')
    await untilHeading(page, 'Skærmen er ude af drift lige nu')
    t.match(await page.evaluate(() => document.body.innerText), 'Sundby Bibliotek')
    await isAccessible(t, page, 'out of order')
  },
)

t.test('a newer page is loaded once nobody is there', async (t) => {
  const { server, page } = await openKiosk(t, { before: [hurry, refuseCamera] })
  await hears(server, 'machine.report', 1)
  server.orders = { isOutOfOrder: false, build: 'index-newer.js' }
  await getInLine(page)
  // The camera's fault is news, and with it the page hears that it is old.
  await hears(server, 'machine.report', 2)
  await press(page, 'Læg på')
  await untilHeading(page, 'Du er ikke længere i kø')
  t.equal(server.asked.hello.length, 1, 'not while somebody is there')
  await press(page, 'Start forfra')
  await hears(server, 'hello', 2)
  await untilHeading(page, 'Brug for hjælp?')
})
