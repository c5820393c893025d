/** A report as an e-mail: a link to the page that shows it, and its rows as files. */
import { Ajv } from 'ajv'
import nodemailer from 'nodemailer'
import { ReportQuery } from '#server/contract/reports.ts'
import { bareHost, targetOf } from '#server/outgoing/target.ts'
import type { Database } from '#server/store/database.ts'
import type { ReportMail } from '#server/store/report-mails.ts'
import { askedOf, type Asked } from './report-question.ts'
import { reportLines, toCsv, toXlsx } from './report-tables.ts'
import { reportFor } from './reports.ts'

const isQuery = new Ajv().compile<ReportQuery>(ReportQuery)

type Days = { readonly from: string; readonly to: string }

/** The question of a mail for these days. Throws RangeError where it is none. */
export function mailedQuestion(question: string, { from, to }: Days): Asked {
  const query = { ...Object.fromEntries(new URLSearchParams(question)), from, to }
  if (!isQuery(query)) throw new RangeError(`${question} is no question for a report`)
  return askedOf(query)
}

export type MailParts = {
  readonly db: Database
  /** `smtp://` or `smtps://`, with name and password where the server wants them. */
  readonly smtpUrl: string
  /** Hosts that may be on the inside; any other mail server must be on the open Internet. */
  readonly insideHosts: readonly string[]
  readonly from: string
  /** Where the pages are, without a slash at the end. */
  readonly pagesUrl: string
}

/** Makes what sends a report and resolves with how many addresses were refused. It rejects where nobody has it. */
export function reportMailer({ db, smtpUrl, insideHosts, from, pagesUrl }: MailParts) {
  return async ({ title, question, recipients }: ReportMail, days: Days): Promise<number> => {
    const lines = reportLines(await reportFor(db, mailedQuestion(question, days)))
    const last = Temporal.PlainDate.from(days.to).subtract({ days: 1 }).toString()
    const address = new URLSearchParams(question)
    // On the page, no word about it is by queue.
    if (!address.has('group')) address.set('group', 'none')
    address.set('from', days.from)
    address.set('to', last)
    const period = days.from === last ? last : `${days.from} – ${last}`
    const name = `${days.from}_${last}`
    const transport = await openTransport(smtpUrl, insideHosts)
    const { rejected } = await transport.sendMail({
      from,
      // Nobody reads who else has it.
      bcc: [...recipients],
      subject: `${title} ${period}`,
      text: `${title}\n${period}\n\n${pagesUrl}/agent/reports.html?${address}\n`,
      attachments: [
        { filename: `${name}.csv`, content: toCsv(lines), contentType: 'text/csv; charset=utf-8' },
        { filename: `${name}.xlsx`, content: await toXlsx(lines) },
      ],
    })
    return rejected.length
  }
}

/** How long a mail server may take to be connected to, to greet, and to say anything at all, in ms. */
const SMTP_MS_MAX = 20_000

/** The way to the mail server for one mail: its name is resolved and looked at each time, and that address connected to. */
async function openTransport(smtpUrl: string, insideHosts: readonly string[]) {
  const { protocol, hostname, port, username, password, searchParams } = new URL(smtpUrl)
  const { address } = await targetOf(hostname, { insideHosts })
  const isSecure = protocol === 'smtps:'
  const auth = username === '' ? undefined : { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
  return nodemailer.createTransport({
    host: address,
    port: port === '' ? (isSecure ? 465 : 587) : Number(port),
    secure: isSecure,
    requireTLS: searchParams.get('requireTLS') === 'true',
    // The certificate is of the name, not of the address.
    tls: { servername: bareHost(hostname) },
    ...(auth === undefined ? {} : { auth }),
    connectionTimeout: SMTP_MS_MAX,
    greetingTimeout: SMTP_MS_MAX,
    socketTimeout: SMTP_MS_MAX,
  })
}
