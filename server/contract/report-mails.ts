/** `/api/v1/report-mails`: reports that are sent by e-mail, for supervisors; and how it went. */
import { Type, type Static } from 'typebox'
import { Count, orNull, strict } from './shapes.ts'

export const MAIL_EVERY = ['day', 'week', 'month'] as const
export type MailEvery = (typeof MAIL_EVERY)[number]
const MailEvery = Type.Unsafe<MailEvery>(Type.Union(MAIL_EVERY.map((name) => Type.Literal(name))))

export const MAIL_TITLE_LENGTH_MAX = 120
export const MAIL_RECIPIENTS_MAX = 50
/** As many as a city can still look through. */
export const REPORT_MAILS_MAX = 100

/** What a mail server takes: anything that is no list and no name beside it. */
const Address = Type.String({ maxLength: 254, pattern: '^[^\\s@,;<>"]+@[^\\s@,;<>"]+$' })

const words = {
  /** The subject. */
  title: Type.String({ minLength: 1, maxLength: MAIL_TITLE_LENGTH_MAX, pattern: '^[^\\r\\n]*$' }),
  /** The words of `GET /reports` without its days, as `group=site&interval=day`. */
  question: Type.String({ maxLength: 4_000 }),
  every: MailEvery,
  recipients: Type.Array(Address, { minItems: 1, maxItems: MAIL_RECIPIENTS_MAX }),
}

/** `POST /report-mails/:mailId`: sets a mail up, or another way than before, from the next period on that is over. */
export const ReportMailBody = Type.Object(words, strict)
export type ReportMailBody = Static<typeof ReportMailBody>

/** Chosen by whoever sets it up, so that asking again after a lost answer sets it up once. */
export const ReportMailParams = Type.Object({ mailId: Type.String({ pattern: '^[a-z0-9-]{1,64}$' }) }, strict)
export type ReportMailParams = Static<typeof ReportMailParams>

export const ReportMailView = Type.Object(
  {
    mailId: Type.String(),
    ...words,
    /** When it was sent last, in ms since 1970; null: never. */
    sentAt: orNull(Type.Integer()),
    /** Since when it cannot be sent: it is tried again and again. Null: nothing is wrong. */
    failingSince: orNull(Type.Integer()),
    /** How many of the recipients the mail server refused the last time. */
    refusedCount: Count,
  },
  strict,
)
export type ReportMailView = Static<typeof ReportMailView>

/** Answers to all questions about them: how it is now. */
export const ReportMailsReply = Type.Object(
  {
    /** Whether this server knows a mail server. */
    canSend: Type.Boolean(),
    mails: Type.Array(ReportMailView, { maxItems: REPORT_MAILS_MAX }),
  },
  strict,
)
export type ReportMailsReply = Static<typeof ReportMailsReply>
