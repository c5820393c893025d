/** What the scripted server keeps of what an agent writes after a call. */
import type { agentRequests } from '#server/contract/agent-socket.ts'
import type { CallbackSheet } from '#server/contract/callbacks.ts'
import type { WrapUpForm, WrapUpSheet } from '#server/contract/wrap-up.ts'
import type { Handlers } from '#sfu/contract/wire.ts'
import { branded } from './people.ts'

type WrapUpHandlers = Pick<
  Handlers<typeof agentRequests, unknown>,
  'wrap-up.read' | 'wrap-up.write' | 'callback.promise' | 'callback.withdraw'
>

export class ScriptedWrapUp {
  form: WrapUpForm = { outcomeCodes: [], isSolvedFirst: null, note: '' }
  outcomes: WrapUpSheet['outcomes'] = branded([
    { code: 'guided', labels: { da: 'Vejledt i selvbetjening', en: 'Guided through self-service' } },
    { code: 'appointment', labels: { da: 'Tid bestilt', en: 'Appointment booked' } },
    { code: 'papers-missing', labels: { da: 'Mangler papirer', en: 'Papers missing' } },
    { code: 'other-authority', labels: { da: 'Henvist til anden myndighed', en: 'Referred to another authority' } },
  ])
  /** Undefined where nothing can be promised. */
  callback: CallbackSheet | undefined
  readonly #note: (name: string, body: unknown) => void

  /** `note` notes what was asked, and throws the refusal that the test wants. */
  constructor(note: (name: string, body: unknown) => void) {
    this.#note = note
  }

  handlers(): WrapUpHandlers {
    return {
      'wrap-up.read': (_agent, { callId }) => {
        this.#note('wrap-up.read', { callId })
        const sheet = {
          callId,
          ticket: 'K7M4QX',
          siteName: 'Nørrebro Bibliotek',
          serviceId: 'citizen',
          serviceLabels: { da: 'Borgerservice', en: 'Citizen service' },
          matterLabels: { da: 'Pas og kørekort', en: 'Passport and driving licence' },
          outcomes: this.outcomes,
          notesKeptDays: 30,
          form: this.form,
          ...(this.callback === undefined ? {} : { callback: this.callback }),
        }
        return branded(sheet)
      },
      'wrap-up.write': (_agent, body) => {
        this.#note('wrap-up.write', body)
        this.form = body.form
        return { writtenAt: Date.now() }
      },
      'callback.promise': (_agent, body) => {
        this.#note('callback.promise', body)
        const { dueAt, isByMe } = body
        return this.#promise({ dueAt, isByMe })
      },
      'callback.withdraw': (_agent, body) => {
        this.#note('callback.withdraw', body)
        return this.#promise(null)
      },
    }
  }

  #promise(promised: CallbackSheet['promised']): CallbackSheet {
    this.callback = { openings: this.callback?.openings ?? [], promised }
    return this.callback
  }
}
