/** Where a screen is longer than the glass, which large letters make it: that there is more, and the way there without dragging. */
import { useEffect, useState } from 'preact/hooks'
import { Button } from '../components/button.tsx'
import { t } from '../text/language.ts'

/** How much of what is seen goes by at one press: what stood last stands first then. */
const STEP = 0.7
/** Pixels are rounded. */
const SLACK_PX = 2

type Rest = 'none' | 'below' | 'above'

/** Nothing where all is seen; else the way down, and at the end the way up again. */
export function MoreBelow() {
  const rest = useRest()
  if (rest === 'none') return null
  const isBelow = rest === 'below'
  const by = isBelow ? innerHeight * STEP : -document.documentElement.scrollHeight
  return (
    <Button look="more" icon={isBelow ? 'down' : 'up'} onPress={() => scrollBy({ top: by })}>
      {isBelow ? t('comfort.more') : t('comfort.to-top')}
    </Button>
  )
}

/** How much lower the bar would be without this button: it must not be the reason for itself. */
function ownRowPx(): number {
  const button = document.querySelector<HTMLElement>('.comfort > .more')
  const before = button?.previousElementSibling
  if (button == null || before == null) return 0
  return Math.max(0, button.getBoundingClientRect().bottom - before.getBoundingClientRect().bottom)
}

function useRest(): Rest {
  const [rest, setRest] = useState<Rest>('none')
  useEffect(() => {
    const look = (): void => {
      const moreThanSeen = document.documentElement.scrollHeight - innerHeight
      const isBelow = moreThanSeen - scrollY > SLACK_PX
      setRest(moreThanSeen - ownRowPx() <= SLACK_PX ? 'none' : isBelow ? 'below' : 'above')
    }
    // In the next frame: what is drawn changes sizes, and sizes that change while they are told are an error of the page.
    const watcher = new ResizeObserver(() => void requestAnimationFrame(look))
    watcher.observe(document.body)
    // Letters that come late change what fits, though not always the size of the page.
    const lookSoon = (): void => void requestAnimationFrame(look)
    document.fonts.addEventListener('loadingdone', lookSoon)
    addEventListener('scroll', look, { passive: true })
    addEventListener('resize', look)
    return () => {
      watcher.disconnect()
      document.fonts.removeEventListener('loadingdone', lookSoon)
      removeEventListener('scroll', look)
      removeEventListener('resize', look)
    }
  }, [])
  return rest
}
