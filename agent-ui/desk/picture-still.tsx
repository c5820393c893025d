/** A still of what the citizen holds up, large beside the living picture. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { Icon } from '../components/icons.tsx'
import { formatTag, t } from '../text/language.ts'
import { ariaChord, shortcuts } from './shortcuts.ts'
import { forgetStill, still, takeStill, turns, turnStill, zoom, ZOOM_MAX, zoomStill } from './still-state.ts'

/** `mayTake`: the citizen's picture is there to be taken. */
export function StillButton({ mayTake }: { mayTake: boolean }): JSX.Element {
  return (
    <button
      type="button"
      disabled={!mayTake}
      aria-keyshortcuts={ariaChord(shortcuts.still)}
      onClick={() => void takeStill()}
    >
      <Icon name="picture" />
      {t('still.take')}
    </button>
  )
}

export function PictureStill(): JSX.Element | null {
  const title = useRef<HTMLHeadingElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const taken = still.value
  const quarter = turns.value
  useEffect(() => {
    if (taken !== null) title.current?.focus()
  }, [taken])
  useLayoutEffect(() => {
    if (taken !== null && canvas.current !== null) draw(canvas.current, taken, quarter)
  }, [taken, quarter])
  if (taken === null) return null
  return (
    <section class="still" aria-labelledby="still-title">
      <header>
        <h2 id="still-title" ref={title} tabIndex={-1}>
          {t('still.title')}
        </h2>
        <p>{t('still.notKept')}</p>
      </header>
      <div class="still-sheet" tabIndex={0} role="group" aria-labelledby="still-title">
        <canvas
          ref={canvas}
          role="img"
          aria-label={t('still.picture')}
          style={{ inlineSize: `${zoom.value * 100}%` }}
        />
      </div>
      <div class="still-keys" role="group" aria-label={t('still.keys')}>
        <button type="button" disabled={zoom.value <= 1} onClick={() => zoomStill(false)}>
          {t('still.smaller')}
        </button>
        <output aria-label={t('still.size')}>
          {zoom.value.toLocaleString(formatTag(), { style: 'percent', maximumFractionDigits: 0 })}
        </output>
        <button type="button" disabled={zoom.value >= ZOOM_MAX} onClick={() => zoomStill(true)}>
          {t('still.larger')}
        </button>
        <button type="button" onClick={turnStill}>
          {t('still.turn')}
        </button>
        <button type="button" class="primary" onClick={closeStill}>
          {t('still.close')}
        </button>
      </div>
    </section>
  )
}

/** Whoever puts it away goes on where it was taken. */
function closeStill(): void {
  forgetStill()
  document.querySelector<HTMLElement>('.controls button')?.focus()
}

/** The frame, turned by `quarter` turns clockwise, as large as it came. */
function draw(canvas: HTMLCanvasElement, taken: ImageBitmap, quarter: number): void {
  const isAcross = quarter % 2 === 1
  canvas.width = isAcross ? taken.height : taken.width
  canvas.height = isAcross ? taken.width : taken.height
  const context = canvas.getContext('2d')
  if (context === null) return
  context.translate(canvas.width / 2, canvas.height / 2)
  context.rotate((quarter * Math.PI) / 2)
  context.drawImage(taken, -taken.width / 2, -taken.height / 2)
}
