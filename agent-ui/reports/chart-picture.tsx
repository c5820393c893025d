/** A drawing as wide as its place, so that its words are always as large as those around it. */
import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { ComponentChildren, JSX } from 'preact'

export interface ChartPictureProps {
  readonly heightPx: number
  /** Narrower than this it cannot be drawn: then it is scrolled. */
  readonly leastWidthPx: number
  /** What it shows, in a sentence. */
  readonly summary: string
  /** What is drawn at a width in pixels. */
  readonly children: (widthPx: number) => ComponentChildren
}

export function ChartPicture({ heightPx, leastWidthPx, summary, children }: ChartPictureProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null)
  const roomPx = useSignal(leastWidthPx)
  useLayoutEffect(() => {
    const { current } = place
    if (current === null) return
    const measure = (): void => void (roomPx.value = current.clientWidth)
    measure()
    const watcher = new ResizeObserver(measure)
    watcher.observe(current)
    return () => watcher.disconnect()
  }, [roomPx])
  const widthPx = Math.max(leastWidthPx, roomPx.value)
  // Only what can be scrolled is a stop of the keyboard.
  const scrolled = widthPx > roomPx.value ? { tabIndex: 0, role: 'group', 'aria-label': summary } : {}
  return (
    <div ref={place} class="chart-picture" {...(scrolled as object)}>
      <svg
        viewBox={`0 0 ${widthPx} ${heightPx}`}
        style={{ minInlineSize: `${leastWidthPx}px` }}
        role="img"
        aria-label={summary}
      >
        {children(widthPx)}
      </svg>
    </div>
  )
}
