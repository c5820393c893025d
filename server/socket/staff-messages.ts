/** What supervisors have written to agents and these have not read. Kept in the database before it is shown; decides nothing. */
import type { ErrorCode } from '#server/contract/errors.ts'
import { MESSAGES_SHOWN_MAX, type StaffMessage, type StaffMessageView } from '#server/contract/staff-messages.ts'
import type { State } from '#server/routing/state.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import { startOfDay, type KeptMessage } from '#server/store/staff-messages.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import { branded } from './branded.ts'

export type StaffMessagesParts = {
  readonly directory: Pick<Directory, 'people'>
  readonly state: () => State
  readonly now: () => number
  readonly store: {
    unread(at: number): Promise<readonly KeptMessage[]>
    keep(messages: readonly KeptMessage[]): Promise<void>
    noteRead(messageId: string, toId: string, at: number): Promise<void>
  }
  /** This agent has another message, or one less. */
  readonly onChange: (agentId: string) => void
}

export class StaffMessages {
  readonly #parts: StaffMessagesParts
  /** By agent, the oldest first. */
  readonly #unread = new Map<string, readonly KeptMessage[]>()
  /** Of today, so that the same one is not sent again after it was read. */
  readonly #sentTo = new Map<string, { readonly toCount: number; readonly sentAt: number }>()

  constructor(parts: StaffMessagesParts) {
    this.#parts = parts
  }

  /** Reads what was not read: a restart takes nothing back. */
  async start(): Promise<void> {
    for (const message of await this.#parts.store.unread(this.#parts.now())) this.#add(message)
  }

  /** Sends a message. Resolves with to how many it went; throws `unknown-agent` for somebody who is not signed in. */
  async send({ messageId, toAgentId, words }: StaffMessage, by: Person): Promise<number> {
    const { state, now, store, onChange } = this.#parts
    const sentAt = now()
    const before = this.#sentTo.get(messageId)
    if (before !== undefined) return before.toCount
    const { agents } = state()
    if (toAgentId !== null && !agents.has(toAgentId)) {
      throw new Refusal<ErrorCode>('unknown-agent', 'nobody of that name is signed in')
    }
    const toIds = toAgentId === null ? [...agents.values()].map(({ id }) => id) : [toAgentId as string]
    const messages = toIds.map((toId) => ({ messageId, toId, byId: by.agentId, words: words.trim(), sentAt }))
    for (const [id, sent] of this.#sentTo) if (sent.sentAt < startOfDay(sentAt)) this.#sentTo.delete(id)
    this.#sentTo.set(messageId, { toCount: toIds.length, sentAt })
    try {
      await store.keep(messages)
    } catch (error) {
      this.#sentTo.delete(messageId)
      throw error
    }
    for (const message of messages) this.#add(message)
    for (const toId of toIds) onChange(toId)
    return toIds.length
  }

  /** An agent has read it. Reading what is not there changes nothing. */
  async read(agentId: string, messageId: string): Promise<void> {
    const unread = this.#unread.get(agentId) ?? []
    if (!unread.some((message) => message.messageId === messageId)) return
    await this.#parts.store.noteRead(messageId, agentId, this.#parts.now())
    this.#keepOnly(agentId, (message) => message.messageId !== messageId)
    this.#parts.onChange(agentId)
  }

  /** The newest that an agent has not read, the oldest of them first. What is of yesterday is gone. */
  readonly of = (agentId: string): StaffMessageView[] => {
    const unread = this.#unread.get(agentId)
    if (unread === undefined) return []
    const from = startOfDay(this.#parts.now())
    if (unread.some(({ sentAt }) => sentAt < from)) this.#keepOnly(agentId, ({ sentAt }) => sentAt >= from)
    const shown = (this.#unread.get(agentId) ?? []).slice(-MESSAGES_SHOWN_MAX)
    const { people } = this.#parts.directory
    return branded(
      shown.map(({ messageId, words, byId, sentAt }) => {
        return { messageId, words, byName: people.get(byId)?.name ?? '–', sentAt }
      }),
    )
  }

  #add(message: KeptMessage): void {
    this.#unread.set(message.toId, [...(this.#unread.get(message.toId) ?? []), message])
  }

  #keepOnly(agentId: string, isKept: (message: KeptMessage) => boolean): void {
    const left = (this.#unread.get(agentId) ?? []).filter(isKept)
    if (left.length === 0) this.#unread.delete(agentId)
    else this.#unread.set(agentId, left)
  }
}
