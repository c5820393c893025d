/** Somebody is looked for and not there yet: an interpreter, somebody who knows more. */
import type { Instant, JoinId, Mode } from '#server/contract/ids.ts'
import type { Joining } from '#server/contract/views.ts'
import { Button } from '../components/button.tsx'
import { clockWords, useElapsed } from '../components/elapsed.ts'
import { Icon } from '../components/icon.tsx'
import type { ConversationScreen } from '../model/screen.ts'
import { t } from '../text/language.ts'
import { soughtWords } from '../text/people-words.ts'
import { Transferring } from './transferring.tsx'

/** After so long without anybody other ways are offered, in s. Later, and somebody waits for what does not come. */
const OTHER_WAYS_AFTER_S = 180

type Props = {
  readonly screen: ConversationScreen
  readonly mode: Mode | null
  readonly now: () => Instant
  readonly onDecline: (joinId: JoinId) => void
  readonly onMode: (mode: Mode) => void
}

/** Everybody who is looked for, in the order in which they were asked for. */
export function Sought({ screen, mode, now, onDecline, onMode }: Props) {
  const { joining, agentFirstName: name } = screen
  return (
    <div class="sought" role="status">
      {joining.map((one) =>
        one.isTransfer ? (
          <Transferring key={one.joinId} joining={one} name={name} now={now} onDecline={onDecline} />
        ) : (
          <Join
            key={one.joinId}
            joining={one}
            name={name}
            mode={mode}
            now={now}
            onDecline={onDecline}
            onMode={onMode}
          />
        ),
      )}
    </div>
  )
}

type JoinProps = Omit<Props, 'screen'> & { readonly joining: Joining; readonly name: string }

function Join({ joining, name, mode, now, onDecline, onMode }: JoinProps) {
  const seconds = useElapsed(joining.since, now)
  const isLong = seconds >= OTHER_WAYS_AFTER_S
  return (
    <section class="search">
      <Icon name="interpreter" />
      <div>
        <strong>{isLong ? t('joining.none-yet') : soughtWords(joining, name)}</strong>
        <p>
          {isLong ? t('joining.other-ways', { name }) : t(joining.isOffered ? 'joining.asking' : 'joining.going-on')}
        </p>
      </div>
      <span class="passed" role="timer">
        {clockWords(seconds)}
      </span>
      <div class="ways">
        {isLong && mode !== 'text' ? (
          <Button look="quiet" icon="keyboard" onPress={() => onMode('text')}>
            {t('joining.write')}
          </Button>
        ) : null}
        <Button look="quiet" onPress={() => onDecline(joining.joinId)}>
          {isLong ? t('joining.stop') : t('joining.decline')}
        </Button>
      </div>
    </section>
  )
}
