/** What a page gives to a session and gets of it. */
import type { Reception } from '#sfu/contract/reception.ts'
import type { TicketSource } from './media-link.ts'
import type { MediaView } from './media-view.ts'
import type { StatsSource } from './quality.ts'
import type { TextTold, Typing } from './real-time-text/session-text.ts'

export type MediaSessionOptions = {
  readonly ticketSource: TicketSource
  /** What is sent. Without it the session only receives. The caller stops its tracks. */
  readonly localStream?: MediaStream
  readonly isCameraOn?: boolean
  readonly isMicrophoneOn?: boolean
  /** Somebody signs: pictures should be many rather than large. */
  readonly isSigning?: boolean
  /** Called with each change, never twice with the same object. */
  readonly onChange?: (view: MediaView) => void
  /** Real-time text of the others, in order. Nothing of it is kept here. */
  readonly onText?: (told: TextTold) => void
  /** How the others receive this page, as they tell it, and this page them: then `participantId` is null. Each few seconds. */
  readonly onReception?: (reception: Reception, participantId: string | null) => void
  /** What {@link MediaSession.setScreen} wanted sent, the SFU does not take: it is not sent, and not tried again. */
  readonly onScreenRefused?: () => void
  /** Something that was repaired or given up by itself: for the page's own log. */
  readonly onFault?: (error: unknown) => void
}

export type MediaSession = StatsSource & {
  readonly view: MediaView
  setCameraOn(isOn: boolean): void
  setMicrophoneOn(isOn: boolean): void
  /**
   * Sends these tracks from now on: another camera was chosen, or none is wanted any more. The caller stops the earlier
   * ones.
   */
  setLocalStream(stream: MediaStream): void
  /**
   * Sends a window of the screen from now on, anew even where it is the same; null ends it. The server has to have named this participant to
   * the SFU. The caller stops the track.
   */
  setScreen(track: MediaStreamTrack | null): void
  /** Somebody signs from now on, or no longer. */
  setSigning(isSigning: boolean): void
  /** Real-time text: goes as it is typed, and waits while it cannot. */
  readonly text: Typing
  /** Leaves the room for good. */
  close(): void
}
