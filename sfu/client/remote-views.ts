/**
 * Who is seen and heard: one MediaStream for each of the others, which stays the same object while what feeds it comes
 * and goes. A page sets it once on a video element.
 */
import { coolPicture, warmPicture } from './live-picture.ts'
import type { NewConsumer, Source } from './media-leg.ts'

export type RemoteView = {
  readonly participantId: string
  readonly role: NewConsumer['role']
  readonly stream: MediaStream
  /** A window of their screen, while they send one. */
  readonly screen: MediaStream | null
  /** What the other side chose, not whether anything arrives. */
  readonly isCameraOn: boolean
  readonly isMicrophoneOn: boolean
}

type Track = { consumerId: string; readonly track: MediaStreamTrack; isOn: boolean; staleTimer: number | undefined }
type Remote = {
  readonly role: NewConsumer['role']
  readonly stream: MediaStream
  readonly screen: MediaStream
  readonly tracks: Map<Source, Track>
}

/** A picture whose source ended stays for so long, in ms: mostly the next one is on its way, after a repair. */
const STALE_MS = 3_000

export class RemoteViews {
  readonly #remotes = new Map<string, Remote>()
  readonly #onChange: () => void

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  get all(): RemoteView[] {
    return [...this.#remotes].map(([participantId, { role, stream, screen, tracks }]) => ({
      participantId,
      role,
      stream,
      screen: tracks.has('screen') ? screen : null,
      isCameraOn: tracks.get('camera')?.isOn ?? false,
      isMicrophoneOn: tracks.get('microphone')?.isOn ?? false,
    }))
  }

  /** A track arrived: takes the place of the one from the same source. */
  put({ participantId, role, source, consumerId, isProducerPaused }: NewConsumer, track: MediaStreamTrack): void {
    let remote = this.#remotes.get(participantId)
    if (remote === undefined) {
      remote = { role, stream: new MediaStream(), screen: new MediaStream(), tracks: new Map() }
      this.#remotes.set(participantId, remote)
    }
    const before = remote.tracks.get(source)
    if (before !== undefined) this.#take(remote, source, before)
    remote.tracks.set(source, { consumerId, track, isOn: !isProducerPaused, staleTimer: undefined })
    streamOf(remote, source).addTrack(track)
    if (source === 'camera') warmPicture(remote.stream)
    this.#onChange()
  }

  /** The other side switched a source off or on. */
  setOn(consumerId: string, isOn: boolean): void {
    for (const { tracks } of this.#remotes.values()) {
      for (const track of tracks.values()) {
        if (track.consumerId !== consumerId || track.isOn === isOn) continue
        track.isOn = isOn
        this.#onChange()
      }
    }
  }

  /** The source of a track ended; unless another takes its place soon it goes. */
  retire(consumerId: string): void {
    for (const remote of this.#remotes.values()) {
      for (const [source, track] of remote.tracks)
        if (track.consumerId === consumerId) this.#retire(remote, source, track)
    }
  }

  /** Everything ended, because the connections are made anew. */
  retireAll(): void {
    for (const remote of this.#remotes.values()) {
      for (const [source, track] of remote.tracks) this.#retire(remote, source, track)
    }
  }

  /** The participant is gone for good. */
  leave(participantId: string): void {
    const remote = this.#remotes.get(participantId)
    if (remote === undefined) return
    for (const [source, track] of remote.tracks) this.#take(remote, source, track)
    this.#remotes.delete(participantId)
    coolPicture(remote.stream)
    this.#onChange()
  }

  close(): void {
    for (const participantId of [...this.#remotes.keys()]) this.leave(participantId)
  }

  #retire(remote: Remote, source: Source, track: Track): void {
    if (track.staleTimer !== undefined) return
    track.staleTimer = setTimeout(() => {
      if (remote.tracks.get(source) !== track) return
      this.#take(remote, source, track)
      if (remote.tracks.size === 0) this.#forget(remote)
      this.#onChange()
    }, STALE_MS)
  }

  #forget(remote: Remote): void {
    for (const [id, other] of this.#remotes) if (other === remote) this.#remotes.delete(id)
    coolPicture(remote.stream)
  }

  #take(remote: Remote, source: Source, track: Track): void {
    clearTimeout(track.staleTimer)
    remote.tracks.delete(source)
    streamOf(remote, source).removeTrack(track.track)
  }
}

const streamOf = ({ stream, screen }: Remote, source: Source): MediaStream => (source === 'screen' ? screen : stream)
