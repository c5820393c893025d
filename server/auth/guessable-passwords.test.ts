/** Which passwords would be guessed early, and which would not. */
import t from 'tap'
import { isGuessable } from './guessable-passwords.ts'

const names = ['elin', 'Elin Sørensen', 'Elin']

t.test('common ones, keyboards, seasons, and what the person is called are guessed early', async (t) => {
  const guessed = [
    ...['password1234', 'P@ssw0rd1234', 'iloveyou1234', '123456789012', 'qwertyuiopasdf', '1q2w3e4r5t6y'],
    ...['Adgangskode123!', 'Velkommen2026!', 'Sommer2026!!', 'November2026!', 'Borgerservice1', 'Skranke2026!'],
    ...['Elin Sørensen', 'sørensen2026', 'Elin1984Elin', 'letmeinletmein', 'ab12'.repeat(32)],
  ]
  for (const password of guessed) t.ok(await isGuessable(password, names), password)
})

t.test('words that do not belong together, and signs by chance, are not', async (t) => {
  const good = ['korrekt hest batteri', 'elsker min hund', 'hestenspiserhavre', 'xk3mq9vt7bwz', 'æbler på mandag 7']
  for (const password of good) t.notOk(await isGuessable(password, names), password)
  t.notOk(await isGuessable('sørensen og blæsten', ['bo', 'Bo Lindholm']), 'another one may use the name')
})

t.test('the longest password is looked at before anybody notices', async (t) => {
  await isGuessable('warm', names)
  const from = process.cpuUsage()
  await isGuessable('@4€3$1!0'.repeat(16), names)
  const { user } = process.cpuUsage(from)
  t.ok(user < 1_000_000, `${user / 1000} ms`)
})
