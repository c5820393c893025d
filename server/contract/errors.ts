/** Everything the server may answer instead of a reply. Closed: a page has words for each code and for no other. */
import { wireErrorCodes } from '#sfu/contract/wire.ts'

export const errorCodes = [
  ...wireErrorCodes,
  /** Signed out, or never signed in, or a device key that is not known. */
  'not-signed-in',
  /** The role may not do this, or the thing is somebody else's. */
  'not-allowed',
  /** User name or password is wrong; which of them is not said. */
  'wrong-credentials',
  /** The password is right, and a code is wanted too. */
  'code-needed',
  /** Wrong, too old, or used before. */
  'wrong-code',
  /** Whoever has this role sets up a second factor before anything else. */
  'second-factor-required',
  /** Too short, too simple, or the user name over again. */
  'weak-password',
  /** Long enough, and guessed early: common, or made of the person's names. */
  'guessable-password',
  /** The page is older than the server: load it again. */
  'version-mismatch',
  /** The server is starting, stopping or has lost its database. */
  'not-ready',
  'unknown-call',
  'unknown-agent',
  'unknown-matter',
  /** This kiosk has a call already. */
  'already-in-call',
  /** The call is over; a new one needs a new id. */
  'call-ended',
  /** The offer was declined, expired or withdrawn, or never was this agent's. `detail.holderName`: who has the call now. */
  'offer-gone',
  /** No open place has this ticket: it was used up, expired, or mistyped. */
  'unknown-ticket',
  /** There is no such class of calls, or a kiosk may not ask for it. */
  'unknown-class',
  /** There is no such site, queue or kiosk. */
  'unknown-place',
  /** The kiosk is not connected, and hears no order. */
  'kiosk-away',
  /** No screen shows this code now: it is over, was used, or mistyped. */
  'unknown-code',
  /** There is no such article, or it holds no more. */
  'unknown-article',
  /** What was said of an article is not kept any more. */
  'unknown-remark',
  /** As many notices stand as screens can show. */
  'too-many-notices',
  /** The page's host is not one that citizens are sent to. `detail.hosts`: those that are. */
  'page-not-allowed',
  /** No window of the screen: the call is in writing, or the citizen is on hold. */
  'window-not-allowed',
  /** Not while in a call or with an offer on the screen. */
  'agent-busy',
  /** The colleague who is asked for by name takes no calls now. */
  'agent-away',
  /** Without the language or the way of talking of the call. `detail.lacks`: which, by the words of the policy, with a space between. */
  'not-able',
  /** A callback is not to be promised for that time: too soon, too late, or the queue is closed then. */
  'callback-time',
  /** What was asked does not fit what the agent or the call is doing. */
  'wrong-state',
  /** No SFU is reachable: the call stands, picture and sound do not. */
  'no-media',
  /** This page was replaced by a newer one of the same agent or kiosk. */
  'replaced',
  /** The configuration is another one by now: look at it again. */
  'changed-meanwhile',
  /** There is no such change any more. */
  'unknown-change',
  /** What a change made was changed again, or taken back. */
  'changed-since',
  /**
   * The agent works in another window, which answers: whether to go on here is asked first. `detail`: `since` (ms since 1970), `where` (`here`: in
   * the same browser, or `elsewhere`), `work` (the kind of work) and, in a call, `siteName`.
   */
  'desk-occupied',
] as const
export type ErrorCode = (typeof errorCodes)[number]
