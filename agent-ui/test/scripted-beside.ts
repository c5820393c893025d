/** The caller's side of the scripted server: what the desk of somebody with a citizen beside them is told, and what it asks. */
import type { Namespace } from 'socket.io'
import { bind, tell } from '#sfu/binding/bind.ts'
import { Refusal, type Handlers } from '#sfu/contract/wire.ts'
import { callerEvents, callerRequests } from '#server/contract/caller-socket.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { CallerView } from '#server/contract/views.ts'
import { branded } from './people.ts'

type Call = NonNullable<CallerView['call']>
type Note = (name: string, body: unknown) => void

const labels = (da: string, en: string) => ({ da, en })

/** Kvik's desk, with the line open and no call. */
function callerView(): CallerView {
  return branded({
    device: 'desk',
    kioskId: 'desk-sara-holm',
    siteId: 'kvik',
    siteName: 'Borgerservice Kvik, Krystalgade',
    siteType: 'borgerservice',
    defaultLanguage: 'da',
    spokenLanguages: [
      { language: 'da', isInterpreted: false },
      { language: 'en', isInterpreted: false },
      { language: 'so', isInterpreted: true },
    ],
    pxPerMm: null,
    isWaitTold: true,
    matters: [
      { matterId: 'passport', serviceId: 'citizen', labels: labels('Pas og kørekort', 'Passport and driving licence') },
      { matterId: 'moving', serviceId: 'citizen', labels: labels('Flytning', 'Moving') },
      { matterId: 'loans', serviceId: 'library', labels: labels('Lån og aflevering', 'Loans and returns') },
    ],
    classIds: ['ordinary', 'more-time', 'unsafe', 'unwell'],
    calledTickets: [],
    notices: [],
    line: {
      isOpen: true,
      isPaused: false,
      opensAt: null,
      closesAt: null,
      hasPlacesAtOpening: false,
      waitingAboutCount: null,
    },
    help: { phone: null, emergencyPhones: [], here: null, staffing: null, places: [] },
    freshUntil: null,
    staff: null,
    call: null,
  })
}

export class ScriptedBeside {
  view: CallerView = callerView()
  readonly #note: Note
  readonly #now: () => number
  #namespace: Namespace | undefined
  #version = 0

  constructor(note: Note, now: () => number) {
    this.#note = note
    this.#now = now
  }

  /** Lets in whoever says that they have a citizen beside them. */
  open(namespace: Namespace, onBug: (bug: unknown) => void): void {
    this.#namespace = namespace
    namespace.use((socket, next) => {
      const data = { code: 'not-allowed' }
      next(socket.handshake.auth['isBeside'] === true ? undefined : Object.assign(new Error(data.code), { data }))
    })
    const attach = bind(callerRequests, this.#handlers(), { onBug, checkOutgoing: true })
    namespace.on('connection', (socket) => attach(socket, undefined))
  }

  /** Changes what the desk sees of the line and the call. */
  show(changes: Partial<CallerView>): void {
    this.view = { ...this.view, ...changes }
    if (this.#namespace === undefined) throw new Error('the scripted server is not started')
    tell(this.#namespace, callerEvents, 'view.changed', this.#snapshot(), { checkOutgoing: true })
  }

  /** A call of the desk, third in line where nothing else is said. */
  call(changes: Record<string, unknown> = {}): Call {
    return branded({
      status: 'waiting',
      callId: '0b1c7f0e-6f0a-4c8e-9a51-3f2f7c1f9a77',
      ticket: 'K7M4QX',
      ticketUrlPath: '/kiosk/?ticket=K7M4QX.x',
      classId: 'staff',
      mode: 'video',
      queuedAt: this.#now() - 40_000,
      language: 'da',
      isLanguageChosen: true,
      isInterpreterWanted: false,
      matterId: 'passport',
      staff: null,
      positionMin: 2,
      positionMax: 3,
      wait: { p50Ms: 120_000, p80Ms: 300_000 },
      stepsOpenedCount: 0,
      branch: null,
      ...changes,
    })
  }

  /** Amal has answered. */
  talk(changes: Record<string, unknown> = {}): Call {
    const { positionMin, positionMax, wait, stepsOpenedCount, branch, ...facts } = this.call() as Record<
      string,
      unknown
    >
    void [positionMin, positionMax, wait, stepsOpenedCount, branch]
    return branded({
      ...facts,
      status: 'connected',
      connectedAt: this.#now(),
      agentFirstName: 'Amal',
      agentParticipantId: 'agent-amal-yusuf',
      centreName: 'Hans Nansens Gård',
      isAgentLost: false,
      others: [],
      joining: [],
      hold: null,
      shown: null,
      ...changes,
    })
  }

  /** Nobody was let in, or nobody came. */
  end(changes: Record<string, unknown>): Call {
    const ended = { status: 'ended', callId: this.call().callId, endReason: 'caller-hung-up', opensAt: null }
    return branded({ ...ended, endedAt: this.#now(), ...changes })
  }

  #snapshot() {
    this.#version += 1
    return { version: this.#version, at: this.#now(), view: this.view }
  }

  #handlers(): Handlers<typeof callerRequests, unknown> {
    const answer = (name: string, call: (body: never) => Call | null) => (_who: unknown, body: never) => {
      this.#note(name, body)
      this.view = { ...this.view, call: call(body) }
      return this.#snapshot()
    }
    const refuse = (name: string) => (_who: unknown, body: unknown) => {
      this.#note(name, body)
      throw new Refusal<ErrorCode>('not-allowed', 'not from a desk')
    }
    const all = Object.fromEntries(Object.keys(callerRequests).map((name) => [name, refuse(name)]))
    return branded({
      ...all,
      hello: () => this.#snapshot(),
      'call.start': answer('call.start', ({ callId }: { callId: string }) => this.call({ callId })),
      'call.hang-up': answer('call.hang-up', ({ callId }: { callId: string }) =>
        this.end({ callId, outcome: 'abandoned' }),
      ),
      'shown.close': answer('shown.close', () => this.talk()),
      'media.ticket': (_who: unknown, body: unknown) => {
        this.#note('media.ticket', body)
        throw new Refusal<ErrorCode>('no-media', 'there is no SFU here')
      },
    })
  }
}
