/** A whole turn at the desk with the keys alone: no press of a mouse, and no help to where the keyboard stands. */
import t from 'tap'
import { openBrowser, type Screen } from './browser.ts'
import { deskTests } from './desk-page.ts'
import { Keyboard } from './keyboard.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
t.setTimeout(240_000)

/** What the desk asks beside what the keys ask for. */
const BESIDE: ReadonlySet<string> = new Set(['wrap-up.write', 'colleagues.list'])
const deskTest = deskTests(browser)

/** In at the form, past the check of the devices, and ready. */
async function becomeReady(screen: Screen, keys: Keyboard): Promise<void> {
  await screen.heading('Log ind')
  await keys.type('sara-holm')
  await keys.key('Tab')
  await keys.type('rugbrød')
  await keys.key('Enter')
  await keys.isOn('Hej Sara')
  await screen.page.waitForFunction(() => document.querySelector('video')?.videoWidth)
  await keys.press('Alt er i orden – jeg er klar')
  await keys.isOn('Du er klar')
}

/** What changed is read out, wherever the keyboard is. */
const announced = (screen: Screen, words: string) =>
  screen.page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll<HTMLElement>('[aria-live=polite], [role=status]')].some(({ innerText }) =>
        innerText.includes(wanted),
      ),
    {},
    words,
  )

/** Out of a panel to the row of tabs, and along it by the arrows. */
async function openPanel(keys: Keyboard, from: string, steps: number): Promise<void> {
  await keys.to(from, 'back')
  await keys.key('ArrowRight', steps)
}

deskTest('from the form to ready again, by keys alone', { start: 'form' }, async (t, { server, screen, asked }) => {
  const keys = new Keyboard(screen)
  await becomeReady(screen, keys)
  server.offer(600_000)
  await keys.isOn('Nørrebro Bibliotek')
  await keys.press('Svar')
  await keys.isOn('Nørrebro Bibliotek')
  await announced(screen, 'I samtale')

  // Muted by its button, and back by its chord.
  await keys.press('Mikrofon til', 'back')
  await keys.isOn('Mikrofon fra')
  await screen.chord('M')
  await keys.isOn('Mikrofon til')
  await keys.press('Sæt på vent')
  await announced(screen, 'Borgeren venter. Sara Holm')
  await keys.isOn('Tilbage til borgeren')
  await keys.key('Enter')
  await keys.isOn('Sæt på vent')

  // A written line, in which the chords of the desk are letters where the keys write one.
  await keys.press('Skriv med borgeren')
  await keys.to('Du skriver')
  await keys.type('Hej med dig')
  const wrote = await screen.page.evaluate(() => {
    const { activeElement } = document
    const typed = { code: 'KeyL', key: 'Ò', altKey: true, shiftKey: true, bubbles: true, cancelable: true }
    return activeElement?.dispatchEvent(new KeyboardEvent('keydown', typed))
  })
  t.equal(wrote, true, 'what writes a letter is left to the field')
  await keys.key('Enter')
  await screen.says('Hej med dig')

  // Somebody is asked in, and taken back: the keyboard goes on at the call.
  await openPanel(keys, 'Opkald', 1)
  await keys.to('Hvem vil du have med?')
  await keys.press('Bed med')
  await screen.find('list', 'Bedt med og ikke kommet endnu')
  await keys.isOn('Hvem')
  await keys.press('Fortryd', 'back')
  await keys.isOn('Nørrebro Bibliotek')

  // Looked up, read, and back to the list.
  await keys.to('Kolleger')
  await keys.key('ArrowRight')
  await keys.to('Søg i vidensstøtten')
  await keys.press('Nyt pas')
  await keys.isOn('Tilbage')
  await keys.key('Enter')
  await keys.isOn('Nyt pas')

  // A page for the citizen's screen.
  await openPanel(keys, 'Vidensstøtte', 1)
  await keys.press('Hjemmeside')
  await keys.to('Hvad det er')
  await keys.type('Pas')
  await keys.key('Tab')
  await keys.type('kk.dk/pas')
  await keys.press('Vis for borgeren')
  await announced(screen, 'Borgeren ser nu')
  await keys.isOn('Vis for borgeren')

  await screen.chord('L')
  await keys.isOn('Efterbehandling')
  await announced(screen, 'Efterbehandling')
  await screen.chord('W')
  await keys.isOn('Søg i vidensstøtten')
  await keys.to('Klar')
  await keys.to('Vejledt i selvbetjening')
  await keys.key(' ')
  await keys.to('Ikke angivet')
  await keys.key('ArrowDown')
  await keys.to('Note')
  await keys.type('Skal bruge en ny tid.')
  await keys.press('Færdig – klar til næste', 'back')
  await keys.isOn('Du er klar')
  t.match(server.wrapUp.form, { outcomeCodes: ['guided'], isSolvedFirst: true, note: 'Skal bruge en ny tid.' })
  t.same(keys.faults, [], 'the keyboard was never lost, hidden or unseen')
  const moves = asked().filter((name) => !BESIDE.has(name))
  t.same(moves, [
    'availability.set-available',
    'offer.accept',
    'call.hold',
    'call.resume',
    'join.ask',
    'join.cancel',
    'shown.show',
    'call.hang-up',
    'wrap-up.finish',
  ])
})
