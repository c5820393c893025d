/** Everybody else in the call, as they are seen and heard: who answered, a specialist, an interpreter. */
import { signal, type ReadonlySignal } from '@preact/signals'
import type { RemoteView } from '#sfu/client/remote-views.ts'
import { hearLevel } from './level-meter.ts'

export type Remote = Pick<RemoteView, 'participantId' | 'stream' | 'screen' | 'isCameraOn' | 'isMicrophoneOn'> & {
  /** How loud they are right now, 0 to 1. Changes many times a second. */
  readonly level: ReadonlySignal<number>
}

type Voice = { readonly stream: MediaStream; readonly level: ReadonlySignal<number>; readonly stop: () => void }

/** The others of one call, each with a meter for the voice that lives as long as their stream. */
export class Remotes {
  readonly all = signal<readonly Remote[]>([])
  readonly #voices = new Map<string, Voice>()

  /** `views`: everybody in the media room but this screen, in the order in which they came. */
  show(views: readonly RemoteView[]): void {
    const others = views.filter(({ role }) => role === 'agent')
    for (const [participantId, { stream, stop }] of this.#voices) {
      if (others.some((other) => other.participantId === participantId && other.stream === stream)) continue
      stop()
      this.#voices.delete(participantId)
    }
    this.all.value = others.map(({ participantId, stream, screen, isCameraOn, isMicrophoneOn }) => {
      const { level } = this.#voices.get(participantId) ?? this.#hear(participantId, stream)
      return { participantId, stream, screen, isCameraOn, isMicrophoneOn, level }
    })
  }

  #hear(participantId: string, stream: MediaStream): Voice {
    const level = signal(0)
    const voice = { stream, level, stop: hearLevel(stream, (loud) => (level.value = loud)) }
    this.#voices.set(participantId, voice)
    return voice
  }
}
