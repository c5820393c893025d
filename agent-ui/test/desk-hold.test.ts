/** The citizen on hold, and passed on: what the desk asks and what it tells. */
import t from 'tap'
import { openBrowser } from './browser.ts'
import { deskTests } from './desk-page.ts'
import { openPeople } from './people-panel.ts'
import type { CallForAgent } from '#server/contract/views.ts'
import { branded, join } from './people.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
t.setTimeout(240_000)

const deskTest = deskTests(browser)

deskTest(
  'on hold and back, by hand and by key, with the time that it lasts',
  {},
  async (t, { server, screen, asked }) => {
    server.converse()
    await screen.press('Sæt på vent')
    await screen.says('Borgeren venter. Sara Holm undersøger noget.')
    await screen.press('Tilbage til borgeren')
    await screen.saysNoMore('Borgeren venter.')
    await screen.chord('V')
    await screen.says('Borgeren venter.')
    const since = server.now() - 125_000
    server.converse({ hold: { since, endsAt: since + 300_000, byName: 'Amal Yusuf' } })
    await screen.says('Amal Yusuf undersøger noget.')
    await screen.says('Borgeren har ventet 2 minutter.')
    await screen.saysNoMore('Borgeren hører jer ikke')
    const others: CallForAgent['others'] = branded([
      { agentId: 'bo', name: 'Bo Lindholm', participantId: 'agent-bo', askedIn: null },
    ])
    server.converse({ hold: { since: server.now(), endsAt: since + 300_000, byName: 'Amal Yusuf' }, others })
    await screen.says('Borgeren hører jer ikke og ser jer ikke. I kan tale sammen imens.')
    t.same(asked().slice(-3), ['call.hold', 'call.resume', 'call.hold'])
  },
)

deskTest(
  'a transfer is a colleague who is asked in, and whoever asks leaves then',
  {},
  async (t, { server, screen }) => {
    server.converse()
    await openPeople(screen)
    await screen.page.locator('::-p-aria([name="Jeg går, når de er inde"])').click()
    await screen.press('Stil om')
    await screen.says('Du går ud, når de er inde.')
    const [ask] = server.asked.filter(({ name }) => name === 'join.ask')
    t.match(ask, { body: { isTransfer: true } })
    server.converse({ joins: [join(server.now())] })
    await screen.saysNoMore('Du går ud, når de er inde.')
  },
)
