/** From one to another: the first stays until the other is there, and then says goodbye by themselves. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Instant, JoinId } from '#server/contract/ids.ts'
import type { Joining } from '#server/contract/views.ts'
import { Button } from '../components/button.tsx'
import { clockWords, useElapsed } from '../components/elapsed.ts'
import { Icon } from '../components/icon.tsx'
import type { ConversationScreen } from '../model/screen.ts'
import { t } from '../text/language.ts'
import { soughtWords } from '../text/people-words.ts'

type Props = {
  readonly joining: Joining
  readonly name: string
  readonly now: () => Instant
  readonly onDecline: (joinId: JoinId) => void
}

export function Transferring({ joining, name, now, onDecline }: Props) {
  const seconds = useElapsed(joining.since, now)
  return (
    <section class="search">
      <Icon name="handover" />
      <div>
        <strong>{soughtWords(joining, name)}</strong>
        <p>{t('transfer.what', { name })}</p>
      </div>
      <span class="passed" role="timer">
        {clockWords(seconds)}
      </span>
      <div class="ways">
        <Button look="quiet" onPress={() => onDecline(joining.joinId)}>
          {t('transfer.stay', { name })}
        </Button>
      </div>
    </section>
  )
}

/** How long it is said from whom to whom, in ms: long enough to be read beside a new face. */
const HANDED_OVER_MS = 20_000

/** Who the call came from and who has it now, for a moment after it changed hands. */
export function HandedOver({ screen }: { readonly screen: ConversationScreen }) {
  const { agentParticipantId, agentFirstName: name } = screen
  const had = useRef({ id: agentParticipantId, name })
  const [from, setFrom] = useState<string | null>(null)
  useEffect(() => {
    const before = had.current
    had.current = { id: agentParticipantId, name }
    if (before.id === agentParticipantId) return
    setFrom(before.name)
    const timer = setTimeout(() => setFrom(null), HANDED_OVER_MS)
    return () => clearTimeout(timer)
  }, [agentParticipantId])
  return (
    <p class="handed-over" role="status">
      {from === null ? null : t('transfer.done', { from, name })}
    </p>
  )
}
