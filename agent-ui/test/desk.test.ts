/** The desk's day: in, ready, a call, done, out; and what can come between. */
import t from 'tap'
import { openBrowser, signIn, type Screen } from './browser.ts'
import { deskTests } from './desk-page.ts'
import { call } from './people.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
// Screens take their time where many tests share a machine.
t.setTimeout(240_000)

const deskTest = deskTests(browser)

/** Notes every camera and microphone that is opened, so that a test can see whether they are on. */
const watchDevices = (): void => {
  const opened: MediaStreamTrack[] = []
  Object.assign(globalThis, { openedTracks: opened })
  const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = await original(constraints)
    opened.push(...stream.getTracks())
    return stream
  }
}

const tracksOn = (screen: Screen): Promise<number> =>
  screen.page.evaluate(() => {
    const { openedTracks } = globalThis as unknown as { openedTracks: MediaStreamTrack[] }
    return openedTracks.filter(({ readyState }) => readyState === 'live').length
  })

type Accepting = { isOwnPictureKept: boolean; panels: number; covers: number }

/** Runs in the page while it rings: notes what is there when the conversation is first drawn. */
const watchAccepting = (): void => {
  const own = document.querySelector('video.own-picture')
  const observer = new MutationObserver(() => {
    const stage = document.querySelector('.stage')
    if (stage === null) return
    observer.disconnect()
    const accepting: Accepting = {
      isOwnPictureKept: own !== null && stage.contains(own),
      panels: document.querySelectorAll('.side-panel').length,
      covers: document.querySelectorAll('.cover').length,
    }
    Object.assign(globalThis, { accepting })
  })
  observer.observe(document.body, { childList: true, subtree: true })
}

const accepted = (): Accepting => (globalThis as unknown as { accepting: Accepting }).accepting

deskTest('signing in: what is wrong is said, what is right leads on', { start: 'form' }, async (_t, { screen }) => {
  await screen.press('Log ind')
  await screen.says('Skriv både brugernavn og adgangskode.')
  await screen.fill('Brugernavn', 'sara-holm')
  await screen.fill('Adgangskode', 'forkert')
  await screen.press('Log ind')
  await screen.says('Brugernavn eller adgangskode passer ikke.')
  await screen.fill('Brugernavn', 'for-mange')
  await screen.press('Log ind')
  await screen.says('Det var for mange forsøg.')
  await signIn(screen, 'sara-holm')
  await screen.heading('Hej Sara. Er billede og lyd i orden?')
  await screen.page.reload()
  await screen.heading('Hej Sara. Er billede og lyd i orden?')
})

deskTest(
  'a whole call with the mouse',
  { before: watchDevices, start: 'check' },
  async (t, { server, screen, asked }) => {
    await screen.heading('Hej Sara. Er billede og lyd i orden?')
    await screen.page.waitForFunction(() => document.querySelector('video')?.videoWidth)
    t.equal(await tracksOn(screen), 2, 'the check shows camera and microphone')
    await screen.press('Alt er i orden – jeg er klar')
    await screen.heading('Du er klar')
    await screen.says('4 venter')
    await screen.page.waitForFunction(() =>
      (globalThis as unknown as { openedTracks: MediaStreamTrack[] }).openedTracks.every(
        (track) => track.readyState === 'ended',
      ),
    )
    server.offer()
    await screen.heading('Nørrebro Bibliotek')
    for (const words of [
      'Opkald fra Bibliotek',
      'Bragesgade 8B',
      'Nørrebro',
      'Pas og kørekort',
      'Dansk',
      'Har ventet',
    ]) {
      await screen.says(words)
    }
    await screen.saysLike(/Har ventet\s+1:(29|3\d)/)
    t.match(await screen.page.title(), /Opkald: Nørrebro Bibliotek/)
    await screen.page.evaluate(watchAccepting)
    await screen.press('Svar')
    await screen.find('button', 'Læg på')
    await screen.says('I samtale')
    t.equal(await tracksOn(screen), 2)
    t.same(await screen.page.evaluate(accepted), { isOwnPictureKept: true, panels: 0, covers: 0 }, 'the citizen first')
    await screen.find('tab', 'Opkald')
    await screen.says('Gør billede og lyd klar …')
    await screen.press('Mikrofon til')
    await screen.find('button', 'Mikrofon fra')
    await screen.press('Kamera til')
    await screen.find('button', 'Kamera fra')
    await screen.press('Læg på')
    await screen.heading('Efterbehandling')
    await screen.says('Nørrebro Bibliotek')
    await screen.says('Derefter er du klar til næste opkald.')
    t.equal(await tracksOn(screen), 0, 'after the call camera and microphone are off')
    await screen.press('Færdig – klar til næste')
    await screen.heading('Du er klar')
    t.same(asked(), ['availability.set-available', 'offer.accept', 'call.hang-up', 'wrap-up.finish'])
    t.ok(
      server.asked.findIndex(({ name }) => name === 'media.ticket') <
        server.asked.findIndex(({ name }) => name === 'offer.accept'),
      'the media path is made while it rings',
    )
  },
)

deskTest('a whole call with the keyboard, and no call by a stray key', {}, async (t, { server, screen, asked }) => {
  server.offer()
  await screen.heading('Nørrebro Bibliotek')
  for (const key of ['s', 'S', 'Enter', 'Escape', ' '] as const) await screen.page.keyboard.press(key as 'Enter')
  t.same(asked(), [])
  await screen.chord('S')
  await screen.find('button', 'Læg på')
  await screen.chord('M')
  await screen.find('button', 'Mikrofon fra')
  await screen.chord('K')
  await screen.find('button', 'Kamera fra')
  for (const key of ['l', 'Escape', 'Enter'] as const) await screen.page.keyboard.press(key)
  t.same(asked(), ['offer.accept'])
  await screen.chord('L')
  await screen.heading('Efterbehandling')
  await screen.says('Højst 2:00 i alt')
  await screen.chord('T')
  await screen.says('Tiden kan ikke blive længere.')
  await screen.chord('T')
  await screen.chord('F')
  await screen.heading('Du er klar')
  server.offer()
  await screen.heading('Nørrebro Bibliotek')
  await screen.chord('N')
  await screen.says('Hvorfor afviser du?')
  await screen.chord('N')
  await screen.heading('Du får ingen opkald nu')
  await screen.says('Du afviste et opkald.')
  await screen.chord('R')
  await screen.heading('Du er klar')
})

deskTest('an offer that runs out says why no more calls come', {}, async (_t, { server, screen }) => {
  // An hour ahead: the countdown must go by the server's clock and not by this computer's.
  server.clockAheadMs = 3_600_000
  server.dropConnections()
  await screen.says('Forbindelsen til serveren er væk.')
  await screen.saysNoMore('Forbindelsen til serveren er væk.')
  server.offer(12_000)
  await screen.heading('Nørrebro Bibliotek')
  await screen.saysLike(/\b1[0-2] sekunder tilbage/)
  server.expireOffer()
  await screen.heading('Du får ingen opkald nu')
  await screen.says('Væk: svarede ikke')
  await screen.says('Et opkald ringede, uden at du svarede.')
})

deskTest('an offer that is gone when it is accepted is told as such', {}, async (_t, { server, screen }) => {
  server.refusals.set('offer.accept', 'offer-gone')
  server.offer()
  await screen.press('Svar')
  await screen.says('Opkaldet er ikke længere dit.')
  server.expireOffer()
  await screen.press('Skjul')
  await screen.saysNoMore('Opkaldet er ikke længere dit.')
})

deskTest('availability is chosen in one press, in a call for afterwards', {}, async (t, { server, screen, asked }) => {
  await screen.press('Møde')
  await screen.says('Væk: møde')
  await screen.press('Jeg er klar')
  await screen.heading('Du er klar')
  server.offer()
  await screen.press('Svar')
  await screen.says('Bagefter')
  await screen.press('Pause')
  await screen.press('Læg på')
  await screen.says('Derefter er du væk: pause.')
  await screen.press('Færdig')
  await screen.says('Væk: pause')
  t.same(asked().slice(-4), ['offer.accept', 'availability.set-away', 'call.hang-up', 'wrap-up.finish'])
})

deskTest('a reload in a call asks first, and then leads back into it', {}, async (t, { server, screen }) => {
  server.offer()
  await screen.press('Svar')
  await screen.find('button', 'Læg på')
  const questions: string[] = []
  screen.page.on('dialog', (dialog) => {
    questions.push(dialog.type())
    void dialog.accept()
  })
  await screen.page.reload()
  t.same(questions, ['beforeunload'])
  await screen.find('button', 'Læg på')
  await screen.says('Pas og kørekort')
  const tickets = server.asked.filter(({ name }) => name === 'media.ticket')
  t.ok(tickets.length >= 2, 'the page went back for picture and sound')
})

deskTest('the call stays while the server is away, and so it says', {}, async (_t, { server, screen }) => {
  server.offer()
  await screen.press('Svar')
  await screen.find('button', 'Læg på')
  server.doorCode = 'not-ready'
  server.dropConnections()
  await screen.says('Samtalen fortsætter')
  await screen.find('button', 'Læg på')
  server.doorCode = null
  await screen.saysNoMore('Samtalen fortsætter')
  server.show({ work: { kind: 'in-call', since: server.now(), call: call(server.now(), { isCallerLost: true }) } })
  await screen.says('Borgerens forbindelse er væk')
  server.show({ work: { kind: 'in-call', since: server.now(), call: call(server.now(), { hasTroubleHearing: true }) } })
  await screen.says('Borgeren kan ikke høre dig')
})

deskTest('a newer window takes the desk, and can be taken back', {}, async (_t, { server, screen }) => {
  server.replaceDesk()
  await screen.heading('Du er i gang i et andet vindue')
  await screen.press('Tag over her')
  await screen.heading('Du er klar')
})

deskTest(
  'an old page asks to be loaded again, and a closed account to be signed in',
  {},
  async (_t, { server, screen }) => {
    server.doorCode = 'version-mismatch'
    server.dropConnections()
    await screen.heading('Der er kommet en ny udgave')
    server.doorCode = null
    await screen.press('Indlæs siden igen')
    await screen.heading('Du er klar')
    server.signOutEverywhere()
    await screen.heading('Log ind')
    await screen.says('Du er logget ud.')
  },
)

deskTest('a sign-in that has run out leads to the form and back to the desk', {}, async (_t, { server, screen }) => {
  server.doorCode = 'not-signed-in'
  server.dropConnections()
  await screen.heading('Log ind')
  server.doorCode = null
  await signIn(screen, 'sara-holm')
  await screen.heading('Du er klar')
})

deskTest('signing out from the menu', {}, async (_t, { screen }) => {
  await screen.press('Sara Holm Hans Nansens Gård')
  await screen.press('Log ud')
  await screen.heading('Log ind')
})

deskTest('the language is switched at once and remembered', { start: 'form' }, async (t, { screen }) => {
  await screen.press('English')
  await screen.heading('Sign in')
  t.equal(await screen.page.evaluate(() => document.documentElement.lang), 'en')
  await screen.page.reload()
  await screen.heading('Sign in')
})

deskTest('a supervisor is told where to go', { start: 'form' }, async (_t, { screen }) => {
  await signIn(screen, 'niels-krogh')
  await screen.heading('Denne side er til medarbejdere, der tager opkald')
  await screen.find('link', 'Gå til overblikket')
})

const allowNothing = (): void => {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
}

deskTest(
  'devices that may not be used are named, and no calls come',
  { before: allowNothing, start: 'check' },
  async (_t, { screen }) => {
    await screen.says('Kameraet: Browseren må ikke bruge det.')
    await screen.says('Mikrofonen: Browseren må ikke bruge den.')
    await screen.says('Du skal have en mikrofon, der virker')
    await screen.press('Fortsæt uden at melde mig klar')
    await screen.heading('Du får ingen opkald nu')
  },
)

const hideCamera = (): void => {
  const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = (constraints) =>
    constraints?.video === undefined ? original(constraints) : Promise.reject(new DOMException('no', 'NotFoundError'))
}

deskTest('without a camera a voice is enough', { before: hideCamera, start: 'check' }, async (_t, { screen }) => {
  await screen.says('Kameraet: Vi kan ikke finde et.')
  await screen.says('Du kan tage opkald uden kamera.')
  await screen.press('Alt er i orden – jeg er klar')
  await screen.heading('Du er klar')
})
