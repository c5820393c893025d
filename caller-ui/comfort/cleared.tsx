/** «The screen has been cleared»: for the person who leaves, who sees it, and for the next, who need not wait for it. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../components/icon.tsx'
import { t } from '../text/language.ts'

/** Raised, it stands before the next person's eyes; lowered, nobody has read it. In ms. */
export const CLEARED_SHOWN_MS = 2_000

type Props = { readonly forgotten: number; readonly isIdle: boolean }

export function Cleared({ forgotten, isIdle }: Props) {
  const [isShown, show] = useState(false)
  const seen = useRef(forgotten)
  useEffect(() => {
    if (seen.current === forgotten) return
    seen.current = forgotten
    show(true)
    const timer = setTimeout(() => show(false), CLEARED_SHOWN_MS)
    return () => clearTimeout(timer)
  }, [forgotten])
  return (
    <div class="cleared" role="status">
      {isShown && isIdle ? (
        <p>
          <Icon name="check" />
          <span>{t('comfort.cleared')}</span>
        </p>
      ) : null}
    </div>
  )
}
