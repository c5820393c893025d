/**
 * [R43] The supervisor in a running call: what they hear, and their microphone where somebody may hear it. Fetched when it is wanted
 * first: most who look at the page never listen.
 */
import { openDevices, stopDevices } from '#sfu/client/devices.ts'
import { startMediaSession, type MediaView } from '#sfu/client/media-session.ts'
import type { TicketSource } from '#sfu/client/media-link.ts'

export interface Ears {
  /** Lets the microphone be heard, or takes it away. Resolves with whether it is as was asked. */
  speak(isSpeaking: boolean): Promise<boolean>
  close(): void
}

/** Enters the room of a call and hears it, and says nothing. `onChange`: each new view of it, until it is closed. */
export function listenIn(ticketSource: TicketSource, onChange: (view: MediaView) => void): Ears {
  let stream: MediaStream | null = null
  let isClosed = false
  const silence = () => {
    if (stream !== null) stopDevices(stream)
    stream = null
  }
  const session = startMediaSession({ ticketSource, isCameraOn: false, isMicrophoneOn: false, onChange })
  return {
    async speak(isSpeaking) {
      session.setMicrophoneOn(false)
      if (!isSpeaking) {
        silence()
        session.setLocalStream(new MediaStream())
        return true
      }
      if (stream === null) {
        const opened = await openDevices({}, ['microphone'])
        stream = opened.stream
        if (opened.faults.length > 0) return false
      }
      if (isClosed) {
        silence()
        return false
      }
      session.setLocalStream(stream)
      session.setMicrophoneOn(true)
      return true
    },
    close() {
      isClosed = true
      silence()
      session.close()
    },
  }
}
