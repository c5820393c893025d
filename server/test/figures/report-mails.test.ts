/** Reports by e-mail: against a mail server on the loopback and a real Postgres. */
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import pino from 'pino'
import t, { type Test } from 'tap'
import type { ReportMailsReply } from '../../contract/report-mails.ts'
import { openHttp } from '../../http/http-server.ts'
import { addReportMailRoutes } from '../../http/report-mails.ts'
import { guardRoutes } from '../../http/route-gate.ts'
import { reportMailer } from '../../http/report-mail.ts'
import { lastPeriods, reportMailing } from '../../jobs/report-mails.ts'
import { reportMailsAnswer } from '../../launch/report-mails-command.ts'
import { openTestDatabase } from '../../launch/test-database.ts'
import { openDatabase, type Database } from '../../store/database.ts'
import type { Person } from '../../store/directory.ts'
import { keepReportMail, sendNextMail, type ReportMail } from '../../store/report-mails.ts'

type Taken = { readonly to: string[]; readonly text: string }

/** Takes mail for everybody but who is `nobody@`. */
async function openMailServer(taken: Taken[]) {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) => done(address.startsWith('nobody@') ? new Error('no such user') : null),
    onData: (stream, { envelope }, done) => {
      let text = ''
      stream.on('data', (bytes: Buffer) => (text += bytes.toString()))
      stream.on('end', () => {
        taken.push({ to: envelope.rcptTo.map(({ address }) => address), text })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return { url: `smtp://127.0.0.1:${port}`, close: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}

/** A job on a day that can be chosen. */
function mailingOn(db: Database, smtpUrl: string) {
  const clock = {
    date: '2026-11-30',
    since: Date.parse('2026-11-29T23:00:00Z'),
    countedUntil: Date.parse('2026-11-30T05:00Z'),
  }
  const send = reportMailer({
    db,
    smtpUrl,
    insideHosts: ['127.0.0.1'],
    from: 'skranke@example.org',
    pagesUrl: 'https://skranke.example.org',
  })
  const job = reportMailing<ReportMail>({
    today: () => clock,
    countedUntil: async () => clock.countedUntil,
    sendNext: (startsOn, failed, sendOne) => sendNextMail(db, startsOn, failed, sendOne),
    send,
  })
  return { clock, run: () => job.run() }
}

t.test('the periods that are over', async (t) => {
  t.same(lastPeriods('2026-11-30'), {
    day: { from: '2026-11-29', to: '2026-11-30' },
    week: { from: '2026-11-23', to: '2026-11-30' },
    month: { from: '2026-10-01', to: '2026-11-01' },
  })
  t.same(lastPeriods('2027-01-01').month, { from: '2026-12-01', to: '2027-01-01' })
  t.same(lastPeriods('2027-01-01').week, { from: '2026-12-21', to: '2026-12-28' })
})

/** The routes, for who is named in the cookie. */
async function openRoutes(t: Test, db: Database, logged: string[]) {
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) })
  const http = await openHttp({ log, connectUrls: [], isHttps: false })
  t.teardown(() => http.close())
  const roles: Readonly<Record<string, string>> = { lone: 'supervisor', amal: 'agent' }
  const identify = async (who = '') => (who in roles ? ({ agentId: who, role: roles[who] } as Person) : undefined)
  guardRoutes(http, { identify, owns: () => false }, { apiPrefix: '' })
  addReportMailRoutes(http, {
    db,
    canSend: true,
    now: () => Date.parse('2026-11-30T08:00Z'),
  })
  return async (url: string, payload?: object, who = 'lone') => {
    const method = payload === undefined ? 'GET' : 'POST'
    const reply = await http.inject({
      method,
      url,
      headers: { cookie: who },
      ...(payload === undefined ? {} : { payload }),
    })
    return { status: reply.statusCode, reply: reply.json<ReportMailsReply>() }
  }
}

t.test('reports by e-mail', async (t) => {
  const { db } = openDatabase(await openTestDatabase(t), () => undefined)
  t.teardown(() => db.destroy())
  const taken: Taken[] = []
  const server = await openMailServer(taken)
  t.teardown(() => server.close())
  const { clock, run } = mailingOn(db, server.url)
  const mail = { title: 'Ugens rapport', question: 'group=queue&interval=day', every: 'week' } as const
  const keep = (mailId: string, recipients: string[]) =>
    keepReportMail(db, { ...mail, mailId, recipients }, '2026-11-16')

  await t.test('once for each period that is over and counted', async (t) => {
    await keep('weekly', ['leder@example.org', 'chef@example.org'])
    clock.countedUntil = clock.since - 1
    t.equal(await run(), 0, 'the last minutes are not counted yet')
    clock.countedUntil = clock.since
    t.same((await Promise.all([run(), run()])).toSorted(), [0, 1], 'two servers send it once')
    t.equal(await run(), 0)
    t.equal(taken.length, 1)
    const { to = [], text = '' } = taken[0] ?? {}
    t.same(to.toSorted(), ['chef@example.org', 'leder@example.org'])
    t.notMatch(text, /chef@example/, 'nobody reads who else has it')
    t.match(text, /Subject: =\?UTF-8\?Q\?Ugens_rapport/)
    t.match(
      text.replaceAll('=\r\n', '').replaceAll('=3D', '='),
      /reports\.html\?group=queue&interval=day&from=2026-11-23&to=2026-11-29/,
    )
    t.match(text, /2026-11-23_2026-11-29\.csv/)
    t.match(text, /2026-11-23_2026-11-29\.xlsx/)
    clock.date = '2026-12-06'
    t.equal(await run(), 0, 'the week is not over')
    clock.date = '2026-12-07'
    t.equal(await run(), 1)
  })

  await t.test(
    'what the mail server refuses is tried again, keeps nothing back, and no address is in the fault',
    async (t) => {
      await keep('a-wrong', ['nobody@example.org'])
      await keep('b-right', ['leder@example.org'])
      const before = taken.length
      await t.rejects(run(), { message: 'reports by e-mail: a-wrong was not sent and is tried again' })
      t.equal(taken.length, before + 1)
      await keep('a-wrong', ['nobody@example.org', 'leder@example.org'])
      await t.rejects(run(), { message: 'reports by e-mail: a-wrong was refused for some addresses' })
      t.equal(await run(), 0, 'who has it does not get it again')
      await keep('a-wrong', ['leder@example.org'])
      t.equal(await run(), 1)
      await server.close()
      await keep('c-later', ['leder@example.org'])
      await t.rejects(run(), /c-later/)
    },
  )

  await t.test('set up, seen and dropped by supervisors alone', async (t) => {
    const logged: string[] = []
    const ask = await openRoutes(t, db, logged)
    const of = ({ mails }: ReportMailsReply, id: string) => mails.find(({ mailId }) => mailId === id)
    const before = (await ask('/report-mails')).reply
    t.match(of(before, 'b-right'), { refusedCount: 0, failingSince: null, sentAt: Number })
    t.match(of(before, 'c-later'), { failingSince: Number, sentAt: null })
    const body = { title: 'Stederne', question: 'group=site&interval=day', every: 'day', recipients: ['x@example.org'] }
    const { status, reply } = await ask('/report-mails/sites', body)
    t.equal(status, 200)
    t.same(of(reply, 'sites'), { mailId: 'sites', ...body, sentAt: null, failingSince: null, refusedCount: 0 })
    t.equal((await ask('/report-mails/sites', { ...body, title: 'Steder' })).reply.mails.length, reply.mails.length)
    for (const [wrong, words] of [
      [{ question: 'group=agent' }, 'no such group'],
      [{ question: 'from=2026-01-01&to=2026-01-02&group=site,site' }, 'twice the same'],
      [{ recipients: [] }, 'to nobody'],
      [{ recipients: ['a@example.org, b@example.org'] }, 'a list in an address'],
      [{ title: 'a\r\nBcc: all@example.org' }, 'more than a subject'],
      [{ every: 'hour' }, 'no such time'],
      [{ other: 1 }, 'what nobody asked for'],
    ] as const)
      t.equal((await ask('/report-mails/sites', { ...body, ...wrong })).status, 400, words)
    for (const [who, code] of [
      ['amal', 403],
      ['nobody', 401],
    ] as const) {
      t.equal((await ask('/report-mails', undefined, who)).status, code)
      t.equal((await ask('/report-mails/sites', body, who)).status, code)
      t.equal((await ask('/report-mails/sites/drop', {}, who)).status, code)
    }
    t.equal(of((await ask('/report-mails/sites/drop', {})).reply, 'sites'), undefined)
    t.equal((await ask('/report-mails/sites/drop', {})).status, 200, 'again is the same')
    t.ok(logged.some((line) => line.includes('POST /report-mails/:mailId') && line.includes('lone')))
    t.notMatch(logged.join(''), /@example/, 'no address is in a log')
  })

  await t.test('set up and dropped by a command', async (t) => {
    const answer = (words: string) => reportMailsAnswer(db, words.split(' '))
    t.match(await answer('set daily --title Dagens --every day --to a@example.org,b@example.org'), { exitCode: 0 })
    const { out } = await answer('list')
    t.match(out, /^daily\tday\tDagens\tgroup=queue$/m)
    t.notMatch(out, /@/)
    for (const words of [
      'set daily --title x --every hour --to a@example.org',
      'set daily --title x --every day --to nonsense',
      'set daily --title x --every day --to a@example.org --question group=agent',
      'drop other',
      'send daily',
    ])
      await t.rejects(answer(words), words)
    t.match(await answer('drop daily'), { exitCode: 0 })
    t.notMatch((await answer('list')).out, /daily/)
  })
})
