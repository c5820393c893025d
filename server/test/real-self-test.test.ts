/** A kiosk tests itself at night, whole: in a real browser, on a real server, and through a real SFU. */
import t from 'tap'
import { launchChromium } from '#loadtest/browser/chromium.ts'
import { openPage } from '#loadtest/browser/people-pages.ts'
import { hurryTests, plantable, quietRoom, zoneAtNight } from '#loadtest/browser/planted-devices.ts'
import type { KioskReport } from '#server/contract/kiosk-report.ts'
import { eventually, TestSystem } from './harness.ts'

t.test('every part works, and there and back through the SFU takes its time', async (t) => {
  const system = await TestSystem.start(t)
  const browser = await launchChromium({ areSideBySide: true, cameraFps: 10 })
  t.teardown(() => browser.close())
  const kiosk = await openPage(browser, { width: 1080, height: 1920 })
  for (const planted of [plantable, quietRoom, hurryTests]) await kiosk.evaluateOnNewDocument(planted)
  await kiosk.emulateTimezone(zoneAtNight())
  await kiosk.goto(`${system.url}${system.access.kiosks[0]?.urlPath}`)

  const report = await eventually('a report with a test in it', async () => {
    const kept = await system.db.selectFrom('kiosk_health').select('report').executeTakeFirst()
    const said = kept?.report as KioskReport | undefined
    return said?.test === undefined ? undefined : said
  })
  t.match(report, { camera: 'works', microphone: 'works', speaker: 'works', path: 'works' })
  t.match(report.test, { transport: 'udp', lossPercent: Number, roundTripMs: Number })
  t.ok((report.test?.roundTripMs ?? Infinity) < 500, JSON.stringify(report.test))
  t.ok(Math.abs((report.test?.testedAt ?? 0) - Date.now()) < 60_000)
  t.equal((await system.db.selectFrom('calls').selectAll().execute()).length, 0, 'and it was no call')
})
