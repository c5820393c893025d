/** All media rooms of this SFU, and what happens to them when a worker dies. */
import type { HeardBy, RoomState } from '#sfu/contract/control.ts'
import type { ParticipantId, RoomId } from '#sfu/contract/ids.ts'
import { MEDIA_RESUME_MS } from '#sfu/contract/media.ts'
import type { TicketClaims } from '#sfu/contract/ticket.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import { MediaRoom } from './media-room.ts'
import type { PageLink, Participant } from './participant.ts'
import { WorkerPool, type WorkerPoolOptions } from './worker-pool.ts'

/** What the server is told. */
export type RoomsAudience = {
  roomFlowing(roomId: RoomId): void
  roomMoved(roomId: RoomId): void
  roomLost(roomId: RoomId): void
  workerDied(died: { workerIndex: number; roomCount: number }): void
}

export type MediaRoomsOptions = Omit<WorkerPoolOptions, 'onDied'> & {
  readonly audience: RoomsAudience
  /** How long a participant without a connection is kept, in ms. */
  readonly resumeMs?: number
}

/** A participant, and the room they are in. */
export type Joined = { readonly room: MediaRoom; readonly participant: Participant }

/** Far more than the workers of one machine carry; keeps a fault elsewhere from filling the memory here. */
const ROOMS_MAX = 4_000

/** Setting a call up again takes about 7 ms of a core: the pages come back spread over that, and over 300 ms at most. */
const JITTER_MS_PER_ROOM = 7
const JITTER_MS_MAX = 300

export class MediaRooms {
  readonly #options: MediaRoomsOptions
  readonly #rooms = new Map<RoomId, MediaRoom>()
  readonly #byResumeKey = new Map<string, Joined>()
  #pool: WorkerPool | undefined

  private constructor(options: MediaRoomsOptions) {
    this.#options = options
  }

  /** Starts the workers. Throws an Error that says what to look at when one does not start. */
  static async start(options: MediaRoomsOptions): Promise<MediaRooms> {
    const rooms = new MediaRooms(options)
    rooms.#pool = await WorkerPool.start({ ...options, onDied: (workerIndex) => rooms.#workerDied(workerIndex) })
    return rooms
  }

  get workerCount(): number {
    return this.#pool?.liveCount ?? 0
  }

  get workerPids(): number[] {
    return this.#pool?.pids ?? []
  }

  get roomCount(): number {
    return this.#rooms.size
  }

  get participantCount(): number {
    let count = 0
    for (const room of this.#rooms.values()) count += room.participantCount
    return count
  }

  states(): RoomState[] {
    return [...this.#rooms.values()].map((room) => room.state())
  }

  /**
   * Makes the room unless it exists. Throws the Refusal `no-media-worker` when no worker comes up in time and
   * `room-limit-reached` when there are too many rooms.
   */
  async open(roomId: RoomId): Promise<void> {
    let room = this.#rooms.get(roomId)
    if (room === undefined) {
      if (this.#rooms.size >= ROOMS_MAX) throw new Refusal('room-limit-reached', `there are ${ROOMS_MAX} rooms`)
      room = this.#makeRoom(roomId)
      this.#rooms.set(roomId, room)
    }
    try {
      await room.placed()
    } catch (error) {
      this.#forget(room, 'lost')
      throw error
    }
  }

  /** Throws the Refusal `room-not-open`. */
  async connect(roomId: RoomId, participantIds: readonly ParticipantId[]): Promise<void> {
    await this.#room(roomId).connect(participantIds)
  }

  /** Throws the Refusal `room-not-open`. */
  setScreen(roomId: RoomId, participantId: ParticipantId | null): void {
    this.#room(roomId).setScreen(participantId)
  }

  /** Throws the Refusal `room-not-open`. */
  async setApart(roomId: RoomId, participantIds: readonly ParticipantId[]): Promise<void> {
    await this.#room(roomId).setApart(participantIds)
  }

  /** Throws the Refusal `room-not-open`. */
  async setHeardBy(roomId: RoomId, heardBy: readonly HeardBy[]): Promise<void> {
    await this.#room(roomId).setHeardBy(heardBy)
  }

  /** Throws the Refusal `room-not-open`. `removedAt` in ms since epoch, by the clock that issues tickets. */
  remove(roomId: RoomId, participantId: ParticipantId, removedAt: number): void {
    this.#room(roomId).remove(participantId, removedAt)
  }

  /** Ends a room. One that does not exist is ended already. */
  close(roomId: RoomId): void {
    const room = this.#rooms.get(roomId)
    if (room !== undefined) this.#forget(room, 'ended')
  }

  /** Ends every room. `lost`: the pages may look for it elsewhere with a new ticket. */
  closeAll(reason: 'ended' | 'lost'): void {
    for (const room of [...this.#rooms.values()]) this.#forget(room, reason)
  }

  isOpen(roomId: RoomId): boolean {
    return this.#rooms.has(roomId)
  }

  /** Lets in who has shown a ticket. Throws the Refusals of {@link MediaRoom.join}, and `room-not-open`. */
  join(claims: TicketClaims, link: PageLink): Joined {
    const room = this.#room(claims.roomId)
    const joined: Joined = { room, participant: room.join(claims, link) }
    this.#byResumeKey.set(joined.participant.resumeKey, joined)
    return joined
  }

  /** Who has this resume key, if they are still in their room. */
  findByResumeKey(resumeKey: string): Joined | undefined {
    return this.#byResumeKey.get(resumeKey)
  }

  /** Ends every room and every worker. */
  async stop(): Promise<void> {
    this.closeAll('lost')
    await this.#pool?.stop()
  }

  #room(roomId: RoomId): MediaRoom {
    const room = this.#rooms.get(roomId)
    if (room === undefined) throw new Refusal('room-not-open', 'there is no such room')
    return room
  }

  #makeRoom(roomId: RoomId): MediaRoom {
    const { audience, log, resumeMs = MEDIA_RESUME_MS } = this.#options
    return new MediaRoom({
      roomId,
      place: async () => {
        if (this.#pool === undefined) throw new Refusal('no-media-worker', 'the workers have not started yet')
        return await this.#pool.place()
      },
      resumeMs,
      log,
      onFlowing: () => audience.roomFlowing(roomId),
      onParticipantOut: ({ resumeKey }) => this.#byResumeKey.delete(resumeKey),
    })
  }

  #forget(room: MediaRoom, reason: 'ended' | 'lost'): void {
    if (this.#rooms.get(room.roomId) === room) this.#rooms.delete(room.roomId)
    room.close(reason)
  }

  #workerDied(workerIndex: number): void {
    const rooms = [...this.#rooms.values()].filter((room) => room.workerIndex === workerIndex)
    const jitterMs = Math.min((rooms.length - 1) * JITTER_MS_PER_ROOM, JITTER_MS_MAX)
    this.#options.audience.workerDied({ workerIndex, roomCount: rooms.length })
    for (const room of rooms) void this.#move(room, jitterMs)
  }

  async #move(room: MediaRoom, jitterMs: number): Promise<void> {
    const { audience, log } = this.#options
    try {
      await room.move(jitterMs)
      if (!room.isClosed) audience.roomMoved(room.roomId)
    } catch (error) {
      if (room.isClosed) return
      log.error({ roomId: room.roomId, error: String(error) }, 'room.lost')
      this.#forget(room, 'lost')
      audience.roomLost(room.roomId)
    }
  }
}
