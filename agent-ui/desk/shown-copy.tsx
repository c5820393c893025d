/** The same box as on the citizen's screen, in small: scrolled together, and pointed at by mouse, finger or keyboard. */
import { encode } from 'uqr'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { JSX, TargetedKeyboardEvent, TargetedPointerEvent } from 'preact'
import { blocksOf, type Block, type Span } from '#server/client/shown-blocks.ts'
import { bringIntoSight, pixelsOf, placeAt, scrollToPlace, scrollTogether } from '#server/client/shown-places.ts'
import type { Language } from '#server/contract/ids.ts'
import type { ShownId, ShownPlace, ShownWords } from '#server/contract/shown.ts'
import { t } from '../text/language.ts'
import { PointingHint, usePointing } from './pointing.tsx'
import { moveSeen, moveShown } from './show-state.ts'

const RIGHT_TO_LEFT: ReadonlySet<Language> = new Set(['ar', 'ur', 'fa'])

export const isRightToLeft = (language: Language): boolean => RIGHT_TO_LEFT.has(language)

export function ShownCopy({ shown }: { shown: ShownWords }): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const pointing = usePointing()
  const { pointer, point } = pointing
  const blocks = blocksOf(shown)
  useFollowing(box, pointer, shown.shownId)
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    const next = blockAfter(event.key, pointer.peek()?.block ?? null, blocks.length)
    if (next === undefined) return
    event.preventDefault()
    point(next === null ? null : { block: next, x: 0.5, y: 0.5 })
    if (next !== null && box.current !== null) bringIntoSight(box.current, { block: next, x: 0.5, y: 0.5 })
  }
  const pointThere = (event: TargetedPointerEvent<HTMLDivElement>): void => {
    if (event.buttons === 1) point(placeAt(event.currentTarget, event.clientX, event.clientY))
  }
  return (
    <>
      <div
        class="shown-copy"
        ref={box}
        role="group"
        aria-label={t('show.copy')}
        tabIndex={0}
        onPointerDown={pointThere}
        onPointerMove={pointThere}
        onKeyDown={onKeyDown}
      >
        <div
          class={`shown-words ${shown.kind}`}
          lang={shown.language}
          dir={isRightToLeft(shown.language) ? 'rtl' : 'ltr'}
        >
          {blocks.map((block, at) => (
            <One key={at} block={block} at={at} isPointedAt={pointer.value?.block === at} />
          ))}
        </div>
        {pointer.value !== null && <Hand box={box.current} place={pointer.value} />}
      </div>
      <PointingHint words={t('show.pointHint')} pointing={pointing} />
    </>
  )
}

/** The copy goes where the others go, and tells where the agent scrolls it. */
function useFollowing(
  box: { readonly current: HTMLDivElement | null },
  pointer: { value: ShownPlace | null },
  shownId: ShownId,
): void {
  useEffect(() => {
    const { current } = box
    if (current === null) return
    const together = scrollTogether(current, (top) => moveShown({ top }))
    const endMoves = moveSeen.subscribe((move) => {
      if (move?.shownId !== shownId) return
      if (move.pointer !== undefined) pointer.value = move.pointer
      together.follow(() => {
        if (move.top !== undefined) scrollToPlace(current, move.top)
      })
    })
    return () => {
      together.end()
      endMoves()
    }
  }, [])
}

/** Which block a key points at: null for none any more, undefined where the key means nothing here. */
function blockAfter(key: string, at: number | null, count: number): number | null | undefined {
  if (key === 'ArrowDown') return Math.min(count - 1, (at ?? -1) + 1)
  if (key === 'ArrowUp') return Math.max(0, (at ?? count) - 1)
  return key === 'Escape' && at !== null ? null : undefined
}

/** One block of what is shown. */
export function One({ block, at, isPointedAt }: { block: Block; at: number; isPointedAt: boolean }): JSX.Element {
  const mark = { 'data-block': at, class: `shown-${block.kind} ${isPointedAt ? 'pointed' : ''}` }
  switch (block.kind) {
    case 'address':
      return (
        <p {...mark} dir="ltr">
          {block.text}
        </p>
      )
    case 'picture':
      return <img {...mark} src={block.urlPath} alt={block.alt} draggable={false} />
    case 'code':
      return (
        <div {...mark}>
          <Code text={block.text} />
        </div>
      )
    case 'item':
      return (
        <p {...mark}>
          <span class="shown-bullet">{block.ordinal === null ? '•' : `${block.ordinal}.`}</span>
          <span>{spansOf(block.spans)}</span>
        </p>
      )
    default:
      return <p {...mark}>{spansOf(block.spans)}</p>
  }
}

const spansOf = (spans: readonly Span[]) =>
  spans.map(({ text, look }, i) =>
    look === 'strong' ? <strong key={i}>{text}</strong> : look === 'emphasis' ? <em key={i}>{text}</em> : text,
  )

/** The code as the citizen sees it, so that the agent can try it. */
function Code({ text }: { text: string }): JSX.Element {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg class="shown-qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('show.code')}>
      <rect width={size} height={size} />
      <path d={dark.join('')} />
    </svg>
  )
}

/** Where somebody points. */
export function Hand({ box, place }: { box: HTMLElement | null; place: ShownPlace }): JSX.Element {
  const hand = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    const pixels = box === null ? null : pixelsOf(box, place)
    if (hand.current === null || pixels === null) return
    hand.current.style.left = `${pixels.left}px`
    hand.current.style.top = `${pixels.top}px`
  }, [box, place])
  return <span class="shown-hand" ref={hand} aria-hidden="true" />
}
