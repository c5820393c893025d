/**
 * A person in a call: sends camera and microphone, receives the others, and comes back by itself from whatever breaks.
 *
 * connecting → standby ⇄ connected; either → reconnecting → back; all → closed.
 * *standby*: everything is negotiated, nobody receives anything. *connected*: the server put the participants
 * together. *reconnecting*: pictures do not flow and are being repaired. *closed*: out for good; nothing follows.
 */
import type { types } from 'mediasoup-client'
import { Refusal } from '#sfu/contract/wire.ts'
import { firstMedia } from './first-media.ts'
import { LegWatch } from './leg-watch.ts'
import { LinkWatch } from './link-watch.ts'
import { loadDevice } from './load-device.ts'
import { DEVICES, MediaLeg, SOURCES, type Source } from './media-leg.ts'
import { MediaLink, type ClosedReason, type JoinReply, type MediaLinkHandlers } from './media-link.ts'
import type { QualitySample } from './quality.ts'
import { ReceptionWatch } from './reception.ts'
import { SessionText } from './real-time-text/session-text.ts'
import type { MediaState, MediaView } from './media-view.ts'
import { RemoteViews, type RemoteView } from './remote-views.ts'
import type { MediaSession, MediaSessionOptions } from './session-options.ts'

export type { MediaSession, MediaSessionOptions } from './session-options.ts'
export type { MediaState, MediaView } from './media-view.ts'

/** Enters the room of the ticket and stays until `close`, or until the SFU ends it. */
export function startMediaSession(options: MediaSessionOptions): MediaSession {
  return new Session(options)
}

const isSending = (remote: RemoteView): boolean => remote.isCameraOn || remote.isMicrophoneOn

const BUILD_RETRY_MS = 300
const BUILD_TRIES_MAX = 5

class Session implements MediaSession {
  readonly #options: MediaSessionOptions
  readonly #tracks = new Map<Source, MediaStreamTrack>()
  readonly #isOn: Record<Source, boolean>
  readonly #remotes = new RemoteViews(() => this.#changed())
  readonly text: SessionText
  readonly #link: MediaLink
  readonly #linkWatch: LinkWatch
  readonly #reception = new ReceptionWatch()
  #isSigning: boolean
  #device: types.Device | undefined
  #join: JoinReply | undefined
  #leg: MediaLeg | undefined
  #watch: LegWatch | undefined
  #isLegWell = false
  #wasBuilt = false
  #isConnected = false
  #isFlowing = false
  /** Counts connections and standbys, so that what waited for an earlier one notices. */
  #admission = 0
  #closedReason: ClosedReason | undefined
  #isBuilding = false
  #shallBuild = false
  #view: MediaView

  constructor(options: MediaSessionOptions) {
    this.#options = options
    this.#isOn = { camera: options.isCameraOn ?? true, microphone: options.isMicrophoneOn ?? true, screen: true }
    this.#isSigning = options.isSigning ?? false
    this.#takeTracks(options.localStream)
    this.#linkWatch = this.#watchLink()
    this.text = new SessionText({
      onText: (told) => options.onText?.(told),
      onChange: () => this.#changed(),
      onFault: this.#fault,
    })
    this.#view = this.#compose()
    // Fetched while the ticket is; a failure shows when it is needed, and is tried again.
    import('mediasoup-client').catch(() => undefined)
    this.#link = new MediaLink(options.ticketSource, this.#linkHandlers())
  }

  get view(): MediaView {
    return this.#view
  }

  setCameraOn(isOn: boolean): void {
    this.#setOn('camera', isOn)
  }

  setMicrophoneOn(isOn: boolean): void {
    this.#setOn('microphone', isOn)
  }

  setLocalStream(stream: MediaStream): void {
    this.#takeTracks(stream)
    const leg = this.#leg
    if (leg?.isBuilt !== true) return
    for (const source of DEVICES) {
      const track = this.#tracks.get(source)
      const sent = track === undefined ? leg.stopSending(source) : leg.send(source, track)
      void sent.then(this.#applySending, this.#fault)
    }
  }

  setSigning(isSigning: boolean): void {
    if (isSigning === this.#isSigning) return
    this.#isSigning = isSigning
    const leg = this.#leg
    if (leg === undefined) return
    leg.isSigning = isSigning
    const camera = this.#tracks.get('camera')
    if (camera === undefined || !leg.isBuilt) return
    // Other layers are another offer: the camera is sent anew.
    void leg.stopSending('camera').catch(this.#fault)
    void leg.send('camera', camera).then(this.#applySending, this.#fault)
  }

  setScreen(track: MediaStreamTrack | null): void {
    const had = this.#tracks.delete('screen')
    if (track !== null) this.#tracks.set('screen', track)
    const leg = this.#leg
    if (leg?.isBuilt !== true) return
    // The SFU may have ended it before, and then knows of none.
    if (had) void leg.stopSending('screen').catch(() => undefined)
    if (track !== null) this.#sendScreen(leg, track)
  }

  /** Nothing else is to fail with it: a new leg does not stand or fall with a window. */
  #sendScreen(leg: MediaLeg, track: MediaStreamTrack): void {
    void leg.send('screen', track).then(this.#applySending, (error: unknown) => {
      this.#fault(error)
      if (this.#tracks.get('screen') !== track || leg !== this.#leg) return
      this.#tracks.delete('screen')
      this.#options.onScreenRefused?.()
    })
  }

  async receiveStats(): Promise<RTCStatsReport | undefined> {
    return await this.#leg?.receiveStats()
  }

  async sendStats(): Promise<RTCStatsReport | undefined> {
    return await this.#leg?.sendStats()
  }

  close(): void {
    this.#link.close()
  }

  #linkHandlers(): MediaLinkHandlers {
    return {
      onJoined: (join) => {
        this.#join = join
        this.#build()
        this.#changed()
      },
      onLost: () => this.#changed(),
      onClosed: (reason) => {
        this.#closedReason = reason
        this.#admission += 1
        this.#linkWatch.stop()
        this.#dropLeg()
        this.text.close()
        this.#remotes.close()
        this.#changed()
      },
      events: {
        'consumer.new': (told) => void this.#leg?.consume(told).then(() => this.#applySending(), this.#fault),
        'consumer.closed': ({ consumerId }) => this.#leg?.closeConsumer(consumerId),
        'consumer.paused': ({ consumerId }) => this.#remotes.setOn(consumerId, false),
        'consumer.resumed': ({ consumerId }) => this.#remotes.setOn(consumerId, true),
        'reception.told': (told) => this.#options.onReception?.(told.reception, told.participantId),
        'participant.left': ({ participantId }) => this.#remotes.leave(participantId),
        'text.new': (told) => this.text.take(told),
        'text.closed': ({ textConsumerId }) => this.text.drop(textConsumerId),
        'text.refused': ({ reason }) => this.#fault(new Refusal('media-refused', `text: ${reason}`)),
        'room.connected': () => this.#admit(true),
        'room.standby': () => this.#admit(false),
        'room.moved': ({ delayMs }) => void this.#follow(delayMs),
      },
    }
  }

  /** Connected with others, told at each change of who they are, or on standby again. */
  #admit(isConnected: boolean): void {
    if (!isConnected || !this.#isConnected) this.#isFlowing = false
    this.#isConnected = isConnected
    this.#admission += 1
    this.#applySending()
    this.text.connect(isConnected)
    this.#changed()
    if (isConnected) void this.#sayFlowing(this.#admission)
  }

  /** Tells the SFU when the first of the others is seen or heard. */
  async #sayFlowing(admission: number): Promise<void> {
    const isOver = (): boolean => this.#admission !== admission
    const isOnlyText = (): boolean => this.text.isOpen && !this.#remotes.all.some(isSending)
    if (!(await firstMedia(() => this.#leg?.receivers ?? [], { isOver, isOnlyText }))) return
    this.#isFlowing = true
    this.#changed()
    // A connection that breaks meanwhile is told `room.connected` again when it is back.
    await this.#link.ask('media.flowing', {}).catch(this.#fault)
  }

  /** The room was made again on another worker: everything is negotiated anew there, after `delayMs`. */
  async #follow(delayMs: number): Promise<void> {
    const ask = async (): Promise<JoinReply> => await this.#link.ask('join', {})
    // Asked before the old connections are closed, which takes a browser longer than the answer.
    const asked = delayMs === 0 ? ask() : new Promise((resolve) => setTimeout(resolve, delayMs)).then(ask)
    this.#dropLeg()
    this.#changed()
    try {
      this.#join = await asked
      this.#build()
    } catch (error) {
      // Without a connection the way back leads through joining again, which builds.
      this.#fault(error)
    }
  }

  #rebuild(): void {
    this.#dropLeg()
    this.#changed()
    this.#build()
  }

  /** Makes the leg that fits the room as it is now; asked for while it is at it, it looks once more afterwards. */
  #build(): void {
    this.#shallBuild = true
    if (!this.#isBuilding) void this.#buildWhileAsked()
  }

  async #buildWhileAsked(): Promise<void> {
    this.#isBuilding = true
    for (let tries = 1; this.#shallBuild && this.#closedReason === undefined; tries += 1) {
      this.#shallBuild = false
      try {
        await this.#buildOnce()
        tries = 0
      } catch (error) {
        this.#fault(error)
        this.#dropLeg()
        if (!this.#link.isUp) continue
        const isOut = error instanceof Refusal && error.code === 'not-joined'
        if (isOut || tries >= BUILD_TRIES_MAX) {
          this.#link.startOver()
          break
        }
        await new Promise((resolve) => setTimeout(resolve, BUILD_RETRY_MS * tries))
        this.#shallBuild = true
      }
    }
    this.#isBuilding = false
    if (this.#shallBuild) this.#build()
  }

  async #buildOnce(): Promise<void> {
    const join = this.#join
    if (join === undefined || !this.#link.isUp) return
    if (this.#leg?.isBuilt === true && this.#leg.roomInstanceId === join.roomInstanceId) {
      await this.#leg.reconcile(join.consumerIds)
      this.#applySending()
      return
    }
    this.#dropLeg()
    const device = (this.#device ??= await loadDevice(join))
    if (this.#closedReason !== undefined) return
    const leg = new MediaLeg(device, this.#link, join, {
      onTrack: (told, track) => this.#remotes.put(told, track),
      onTrackEnded: (consumerId) => {
        this.#remotes.retire(consumerId)
        this.#applySending()
      },
      onConnection: () => {
        if (this.#leg === leg) this.#watch?.connectionChanged()
      },
      text: this.text.handlers,
    })
    leg.isSigning = this.#isSigning
    this.#leg = leg
    this.text.attach(leg.text)
    this.#isLegWell = true
    this.#watch = new LegWatch(leg, {
      isMediaDue: () => this.#isFlowing && this.#remotes.all.some(isSending),
      onBroken: () => this.#rebuild(),
      onReturned: () => (this.#link.isUp ? this.#rebuild() : this.#link.hurry()),
      onWell: (isWell) => {
        this.#isLegWell = isWell
        this.#changed()
      },
    })
    await leg.build(this.#tracks)
    this.#wasBuilt = true
    const screen = this.#tracks.get('screen')
    if (screen !== undefined) this.#sendScreen(leg, screen)
    this.#applySending()
    this.#changed()
  }

  #dropLeg(): void {
    this.#watch?.stop()
    this.#watch = undefined
    this.#leg?.close()
    this.#leg = undefined
    this.text.detach()
    this.#isLegWell = false
    this.#remotes.retireAll()
  }

  #watchLink(): LinkWatch {
    return new LinkWatch(this, {
      due: () => {
        const isUp = this.#isFlowing && this.#state() === 'connected'
        return {
          isPictureDue: isUp && this.#remotes.all.some(({ isCameraOn }) => isCameraOn),
          isPictureSent: isUp && this.#isOn.camera && this.#tracks.has('camera'),
          isScreenSent: isUp && this.#tracks.has('screen'),
        }
      },
      mayHold: () => !this.#isSigning,
      onSample: (sample) => this.#tellReception(sample),
      onChange: () => {
        this.#applySending()
        this.#changed()
      },
    })
  }

  #tellReception(sample: QualitySample): void {
    const remotes = this.#isFlowing && this.#state() === 'connected' ? this.#remotes.all : []
    const reception = this.#reception.take(sample, {
      isSoundDue: remotes.some(({ isMicrophoneOn }) => isMicrophoneOn),
      isPictureDue: remotes.some(({ isCameraOn }) => isCameraOn),
    })
    if (reception === undefined) return
    this.#options.onReception?.(reception, null)
    // One that gets lost is followed by the next.
    this.#link.ask('reception.report', reception).catch(() => undefined)
  }

  #takeTracks(stream: MediaStream | undefined): void {
    const [camera] = stream?.getVideoTracks() ?? []
    const [microphone] = stream?.getAudioTracks() ?? []
    for (const source of DEVICES) this.#tracks.delete(source)
    if (camera !== undefined) this.#tracks.set('camera', camera)
    if (microphone !== undefined) this.#tracks.set('microphone', microphone)
    for (const source of DEVICES) {
      const track = this.#tracks.get(source)
      if (track !== undefined) track.enabled = this.#isOn[source]
    }
  }

  #setOn(source: Source, isOn: boolean): void {
    this.#isOn[source] = isOn
    const track = this.#tracks.get(source)
    if (track !== undefined) track.enabled = isOn
    this.#applySending()
    this.#changed()
  }

  /** Whoever waits alone sends nothing: it would reach nobody. From the ringing on everything is warm. */
  readonly #applySending = (): void => {
    const isActive = this.#isConnected || this.#leg?.hasConsumers === true
    const isHeld = this.#linkWatch.state.isOwnPictureHeld
    for (const source of SOURCES) {
      const mayGo = isActive && !(source !== 'microphone' && isHeld)
      this.#leg?.applySending(source, { isOn: this.#isOn[source], isActive: mayGo, mayGrow: this.#isConnected })
    }
  }

  readonly #fault = (error: unknown): void => this.#options.onFault?.(error)

  #changed(): void {
    this.#view = this.#compose()
    this.#options.onChange?.(this.#view)
  }

  #compose(): MediaView {
    return {
      state: this.#state(),
      closedReason: this.#closedReason,
      isFlowing: this.#isFlowing,
      remotes: this.#remotes.all,
      isCameraOn: this.#isOn.camera,
      isMicrophoneOn: this.#isOn.microphone,
      link: this.#linkWatch.state,
      isTextOpen: this.text.isOpen,
    }
  }

  #state(): MediaState {
    if (this.#closedReason !== undefined) return 'closed'
    if (!this.#wasBuilt) return 'connecting'
    const isLegWell = this.#leg?.isBuilt === true && this.#isLegWell
    // While pictures flow, nobody needs to know that the signalling is being repaired behind them.
    const isWell = isLegWell && (this.#link.isUp || this.#isConnected)
    if (!isWell) return 'reconnecting'
    return this.#isConnected ? 'connected' : 'standby'
  }
}
