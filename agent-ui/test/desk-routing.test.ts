/** What the desk tells of the engine's decisions, and what the agent can answer: why, no, not now, come and help. */
import t from 'tap'
import { openBrowser, type Screen } from './browser.ts'
import { deskTests } from './desk-page.ts'
import { explanation } from './explained-calls.ts'
import { choose, openPeople } from './people-panel.ts'
import { amal, branded, interpreterJoin, join, whyMe } from './people.ts'
import type { ScriptedServer } from './scripted-server.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
// Screens take their time where many tests share a machine.
t.setTimeout(240_000)

const deskTest = deskTests(browser)

deskTest('why me: one sentence for each reason, and the numbers', {}, async (_t, { server, screen }) => {
  const reasons = [
    [{ choice: 'only-one', candidatesCount: 1 }, 'Du er den eneste ledige, der kan tage opkaldet.'],
    [
      { choice: 'least-skill-wasted' },
      'Du har de færreste andre færdigheder, så kolleger med flere er ledige til andre.',
    ],
    [{ choice: 'idle-longest' }, 'Du har været ledig længst.'],
    [{ choice: 'asked-for', isLent: true }, 'Borgeren har talt med dig før.'],
    [{ choice: 'idle-longest', isLent: true }, 'Du hjælper et andet center.'],
    [{ choice: 'only-one', askedInByName: 'Amal' }, 'Amal beder dig med i samtalen.'],
  ] as const
  for (const [changes, sentence] of reasons) {
    server.offer(20_000, {}, whyMe(changes))
    await screen.says(sentence)
  }
  server.offer(20_000, {}, whyMe({ waitedMs: 372_000, candidatesCount: 3 }))
  await screen.says('Borgeren havde ventet 6 min. 3 kunne have fået opkaldet.')
  server.offer(20_000, {}, whyMe({ choice: 'only-one', waitedMs: 800, candidatesCount: 1 }))
  await screen.saysLike(/kan tage opkaldet\.\s+Borgeren er lige kommet\.\s+Hvorfor mig/)
  server.offer(20_000, {}, whyMe())
  await screen.says('Du har været ledig længst.')
  await screen.page.focus('.why-me summary')
  await screen.page.keyboard.press('Enter')
  await screen.saysLike(/Du havde været ledig\s+4:12/)
  server.offer(20_000, {}, null)
  await screen.saysNoMore('Hvorfor mig?')
  await screen.find('button', 'Svar')
})

deskTest('what is special about a call is told in words', {}, async (t, { server, screen }) => {
  server.offer(20_000, { classId: branded('more-time'), mode: 'signing', branch: 'interpreter' })
  for (const words of ['Har brug for mere tid', 'Tegnsprog', 'Du får en tolk med']) await screen.says(words)
  await screen.saysLike(/Billet\s+K7M\s4QX/)
  server.offer(20_000, { classId: branded('information'), mode: 'text', branch: 'callback' })
  for (const words of ['Et kort spørgsmål', 'Skriver', 'Borgeren kan vælge at blive ringet op'])
    await screen.says(words)
  server.offer(20_000, {})
  await screen.saysNoMore('Et kort spørgsmål')
  t.equal(await screen.page.$('.call-marks'), null, 'an ordinary call has no marks')
})

deskTest('danger is told with the address first, from the ring to the end', {}, async (t, { server, screen }) => {
  server.offer(20_000, { classId: branded('unwell'), isFirst: true })
  const alarm = async () => screen.page.$eval('[role=alert]', (alert) => (alert as HTMLElement).innerText)
  await screen.heading('Nørrebro Bibliotek')
  t.match(await alarm(), /^Bragesgade 8B, Nørrebro\s+Nogen har det dårligt\. Ring 112, hvis nogen er i fare\.$/)
  await screen.press('Svar')
  await screen.find('button', 'Læg på')
  t.match(await alarm(), /^Bragesgade 8B, Nørrebro/)
  server.converse({ classId: branded('flood'), isFirst: true })
  await screen.says('Går før alle andre.')
})

deskTest('declining asks why: one press, one key, or neither', {}, async (t, { server, screen }) => {
  const declined = () => server.asked.filter(({ name }) => name === 'offer.decline').map(({ body }) => body)
  server.offer()
  await screen.press('Afvis')
  await screen.says('Hvorfor afviser du?')
  t.same(declined(), [], 'the question alone declines nothing')
  await screen.page.keyboard.press('Enter')
  await screen.page.keyboard.press('2')
  await screen.press('Fortryd')
  await screen.press('Afvis')
  await screen.says('Hvorfor afviser du?')
  await screen.page.keyboard.press('Escape')
  await screen.find('button', 'Afvis')
  await screen.press('Afvis')
  await screen.press('Teknikken driller')
  await screen.heading('Du får ingen opkald nu')
  server.offer()
  await screen.heading('Nørrebro Bibliotek')
  await screen.chord('2')
  await screen.chord('N')
  await screen.says('Hvorfor afviser du?')
  await screen.chord('2')
  await screen.heading('Du får ingen opkald nu')
  server.offer()
  await screen.press('Afvis')
  await screen.press('Afvis uden grund')
  await screen.heading('Du får ingen opkald nu')
  t.match(declined(), [{ reason: 'technical' }, { reason: 'know-the-citizen' }, {}])
  t.notOk(Object.hasOwn(declined()[2] as object, 'reason'))
  server.offer()
  await screen.press('Afvis')
  await screen.press('Svar')
  await screen.find('button', 'Læg på')
})

deskTest('whoever was quicker is named', {}, async (_t, { server, screen }) => {
  server.refusals.set('offer.accept', 'offer-gone')
  server.refusalDetail = { holderName: 'Mette' }
  server.offer()
  await screen.press('Svar')
  await screen.says('Mette har taget opkaldet.')
})

deskTest('a rest says how long it lasts, and ends by itself', {}, async (_t, { server, screen }) => {
  const rest = (restsUntil: number | null) => server.show({ work: { kind: 'idle', since: server.now(), restsUntil } })
  rest(server.now() + 90_000)
  await screen.heading('Du har en kort pause')
  await screen.saysLike(/Pause til \d\d\.\d\d/)
  await screen.saysLike(/Pausen varer til kl\. \d\d\.\d\d\.\d\d\./)
  await screen.saysLike(/\b1:(2\d|30)\b/)
  await screen.find('timer', 'Tilbage af pausen')
  rest(null)
  await screen.heading('Du er klar')
})

/** Opens the form and chooses by the words on the screen. */
async function askFor(screen: Screen, attribute: string, level: string): Promise<void> {
  await openPeople(screen)
  await choose(screen, 'Hvad skal kollegaen kunne?', attribute)
  await choose(screen, 'Hvor godt mindst?', level)
  await screen.press('Bed med')
}

const joinsAsked = (server: ScriptedServer) => server.asked.filter(({ name }) => name.startsWith('join.'))

deskTest('a colleague is asked in, waited for, and comes', {}, async (t, { server, screen }) => {
  server.converse()
  await askFor(screen, 'Bibliotek (1 ledig nu)', 'Trin 3: kan det godt')
  await screen.says('Bedt med: Bibliotek, mindst trin 3')
  await screen.says('Vi finder en ledig kollega.')
  t.match(joinsAsked(server), [
    { name: 'join.ask', body: { target: { kind: 'skill', attribute: 'library', levelMin: 3 } } },
  ])
  await screen.page.waitForFunction(() => document.activeElement?.matches('.join select'))
  server.converse({ joins: [join(server.now(), { isOffered: true })] })
  await screen.says('En kollega bliver spurgt nu.')
  server.converse({ others: [amal] })
  await screen.says('Også i samtalen: Amal Yusuf')
  await screen.saysNoMore('Bedt med')
  await screen.find('button', 'Forlad samtalen')
  server.converse()
  await screen.find('button', 'Læg på')
})

deskTest('who is asked in is known after a reload, and taken back', {}, async (t, { server, screen }) => {
  server.converse()
  await askFor(screen, 'Borgerservice (2 ledige nu)', 'Trin 1: kan det')
  await screen.saysLike(/Bedt med: Borgerservice\n/)
  // The browser asks whether one really means to leave a conversation.
  screen.page.once('dialog', (dialog) => void dialog.accept())
  await screen.page.reload()
  await screen.press('Fortryd (Borgerservice)')
  await screen.saysNoMore('Bedt med')
  await screen.page.waitForFunction(() => document.activeElement?.matches('h1'))
  const [asked, cancelled] = joinsAsked(server).map(({ body }) => body as { joinId: string })
  t.ok(asked?.joinId)
  t.equal(cancelled?.joinId, asked?.joinId)
  server.refusals.set('join.ask', 'wrong-state')
  await askFor(screen, 'Bibliotek (1 ledig nu)', 'Trin 5: specialist')
  await screen.says('Det passer ikke til det, du er i gang med.')
  t.notMatch(await screen.text(), /Bedt med/)
})

deskTest('an interpreter whom the engine asks in, beside a colleague', {}, async (t, { server, screen }) => {
  const now = server.now()
  server.converse({ branch: 'interpreter', joins: [interpreterJoin(now), join(now, { isOffered: true })] })
  await screen.find('list', 'Bedt med og ikke kommet endnu')
  await screen.says('Systemet har bedt en tolk med: Dansk tegnsprog')
  await screen.says('Vi finder en ledig tolk.')
  await screen.says('En kollega bliver spurgt nu.')
  await screen.saysLike(/\b0:3\d\b/)
  const isLonger = () => document.documentElement.scrollHeight > innerHeight
  t.equal(await screen.page.evaluate(isLonger), false, 'the conversation still fits the window')
  server.refusals.set('join.cancel', 'not-ready')
  await screen.press('Fortryd (Bibliotek, mindst trin 3)')
  await screen.says('Serveren er ved at starte.')
  await screen.says('Bedt med: Bibliotek')
  await screen.press('Fortryd (Bibliotek, mindst trin 3)')
  await screen.saysNoMore('Bedt med: Bibliotek')
  server.converse({ branch: 'interpreter', joins: [interpreterJoin(now, { isOffered: true })] })
  await screen.says('En tolk bliver spurgt nu.')
  await screen.press('Fortryd (Dansk tegnsprog)')
  await screen.saysNoMore('tolk bliver spurgt')
  t.match(joinsAsked(server).at(-1)?.body, { joinId: /:interpreter$/ })
})

deskTest('what one can is told with its level', {}, async (_t, { server, screen }) => {
  await screen.press('Sara Holm Hans Nansens Gård')
  await screen.saysLike(/Borgerservice trin 4\s+Dansk trin 5\s+Engelsk trin 3/)
  server.show({ attributes: branded([{ attribute: 'dts', level: 2 }]) })
  await screen.says('Dansk tegnsprog trin 2')
  server.show({ attributes: [] })
  await screen.says('Der er ikke skrevet noget på dig.')
})

deskTest('after the call: why it came to me, asked for only when wanted', {}, async (t, { server, screen }) => {
  let asked = 0
  server.explain = (callId) => {
    asked += 1
    return asked === 1 ? 'not-ready' : explanation({ callId: branded(callId) })
  }
  server.offer()
  await screen.press('Svar')
  await screen.press('Læg på')
  await screen.heading('Efterbehandling')
  t.equal(asked, 0)
  await screen.page.locator('.why-this-call > summary').click()
  await screen.says('Forklaringen kunne ikke hentes. Serveren er ved at starte.')
  await screen.press('Prøv igen')
  await screen.says('Derfor gik det til dig: Havde de færreste andre færdigheder')
  await screen.says(
    'Opkaldet ventede 6 min: 4 stod foran, to medarbejdere kunne tage det, og ét tilbud blev ikke besvaret.',
  )
  t.equal(await screen.page.$('.explanation a'), null, 'other calls are not the agent’s to look at')
})
