/** What the scripted server keeps of what an agent writes after a call. */
import type { agentRequests } from '#server/contract/agent-socket.ts'
import type { WrapUpForm, WrapUpSheet } from '#server/contract/wrap-up.ts'
import type { Handlers } from '#sfu/contract/wire.ts'
import { branded } from './people.ts'

type WrapUpHandlers = Pick<Handlers<typeof agentRequests, unknown>, 'wrap-up.read' | 'wrap-up.write'>

export class ScriptedWrapUp {
  form: WrapUpForm = { outcomeCodes: [], isSolvedFirst: null, note: '' }
  outcomes: WrapUpSheet['outcomes'] = branded([
    { code: 'guided', labels: { da: 'Vejledt i selvbetjening', en: 'Guided through self-service' } },
    { code: 'appointment', labels: { da: 'Tid bestilt', en: 'Appointment booked' } },
    { code: 'papers-missing', labels: { da: 'Mangler papirer', en: 'Papers missing' } },
    { code: 'other-authority', labels: { da: 'Henvist til anden myndighed', en: 'Referred to another authority' } },
  ])
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
        }
        return branded(sheet)
      },
      'wrap-up.write': (_agent, body) => {
        this.#note('wrap-up.write', body)
        this.form = body.form
        return { writtenAt: Date.now() }
      },
    }
  }
}
