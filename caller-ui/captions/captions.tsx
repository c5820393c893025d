/** What is said, as somebody in the call types it: large, under the picture, and off where the citizen wants it off. */
import { useLayoutEffect, useState } from 'preact/hooks'
import { captionsAfter, type CaptionLine } from '#server/client/caption-lines.ts'
import type { CallId } from '#server/contract/ids.ts'
import { Button } from '../components/button.tsx'
import type { CallerConnection } from '../session/caller-requests.ts'
import { t } from '../text/language.ts'
import './captions.css'

export type CaptionsOfCall = {
  readonly lines: readonly CaptionLine[]
  /** The citizen wants none. */
  readonly isOff: boolean
  readonly turn: () => void
}

/** The captions of this call, from its first one on. Nothing of them is kept for the next. */
export function useCaptions(connection: CallerConnection | null, callId: CallId): CaptionsOfCall {
  const [lines, setLines] = useState<readonly CaptionLine[]>([])
  const [isOff, setOff] = useState(false)
  // With the screen itself: what is said in the moment after it would be heard by nobody.
  useLayoutEffect(() => {
    setLines([])
    setOff(false)
    return connection?.on('caption.said', (said) => {
      if (said.callId === callId) setLines((before) => captionsAfter(before, said))
    })
  }, [connection, callId])
  return { lines, isOff, turn: () => setOff((was) => !was) }
}

/** Nothing until somebody types. Whoever listens has the voice, so that it is not read out. */
export function Captions({ captions: { lines, isOff } }: { readonly captions: CaptionsOfCall }) {
  if (lines.length === 0 || isOff) return null
  return (
    <section class="captions" aria-label={t('captions.title')} aria-live="off">
      {lines.map(({ by, text }, index) => (
        <p key={index}>
          <span class="caption-by">
            <bdi>{by}</bdi>:
          </span>{' '}
          <bdi>{text}</bdi>
        </p>
      ))}
    </section>
  )
}

/** With the other buttons, where every hand reaches, once there is something to hide. */
export function CaptionSwitch({ captions: { lines, isOff, turn } }: { readonly captions: CaptionsOfCall }) {
  if (lines.length === 0) return null
  return (
    <Button look="quiet" onPress={turn}>
      {isOff ? t('captions.show') : t('captions.hide')}
    </Button>
  )
}
