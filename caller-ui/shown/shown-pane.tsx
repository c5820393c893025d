/** What an agent shows, beside their picture and never in its place: the words in their own language, and a hand that points. */
import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { CallId } from '#server/contract/ids.ts'
import type { Shown, ShownHere, ShownPlace, ShownWords } from '#server/contract/shown.ts'
import { blocksOf, titleOf, type Block, type Span } from '#server/client/shown-blocks.ts'
import { bringIntoSight, pixelsOf, scrollToPlace, scrollTogether } from '#server/client/shown-places.ts'
import { Button } from '../components/button.tsx'
import { directionOf, t } from '../text/language.ts'
import { QrCode } from '../ticket/qr-code.tsx'
import type { Remote } from '../session/remotes.ts'
import { closedId, type ShownLink } from './shown-link.ts'
import { ShownWindow } from './shown-window.tsx'
import './shown.css'
import './shown-and-sought.css'

type Props = {
  readonly callId: CallId
  /** Null while nothing is shown: the words for those who listen need a place that is there before. */
  readonly here: ShownHere | null
  readonly link: ShownLink
  /** Everybody else in the call: one of them may share a window. */
  readonly remotes: readonly Remote[]
  /** A citizen's own phone opens an address by itself, and reads no code off itself. */
  readonly isPhone: boolean
  /** Beside the written line the button to close stands with the others. */
  readonly isWriting: boolean
}

/** Whether there is something to show that the citizen has not just closed. */
export const isShowing = (here: ShownHere | null): here is ShownHere =>
  here !== null && here.shown.shownId !== closedId.value

export function ShownPane({ callId, here, link, remotes, isPhone, isWriting }: Props) {
  const seen = isShowing(here) ? here : null
  const shownId = here?.shown.shownId
  useEffect(() => {
    // Closed while the server was away, and shown again by a desk that could not know.
    if (shownId !== undefined && shownId === closedId.peek()) link.close(callId, shownId)
  }, [shownId])
  return (
    <>
      <p class="for-listeners" role="status">
        {seen === null ? null : <Told {...seen} />}
      </p>
      {seen === null ? null : (
        <section class="shown" aria-labelledby="shown-by">
          <p class="shown-by" id="shown-by">
            {t(seen.shown.kind === 'window' ? 'display.window' : 'display.by', { name: seen.byFirstName })}
            <Step shown={seen.shown} />
          </p>
          {seen.shown.kind === 'window' ? (
            <ShownWindow key={seen.shown.shownId} here={seen} link={link} remotes={remotes} />
          ) : (
            <Box key={seen.shown.shownId} callId={callId} shown={seen.shown} link={link} isPhone={isPhone} />
          )}
          {isWriting ? null : <CloseShown callId={callId} here={seen} link={link} />}
        </section>
      )}
    </>
  )
}

function Told({ shown, byFirstName: name }: ShownHere) {
  if (shown.kind === 'window') return <>{t('display.window', { name })}</>
  return (
    <>
      {t('display.by', { name })} <span lang={shown.language}>{titleOf(shown)}</span>
    </>
  )
}

function Step({ shown }: { readonly shown: Shown }) {
  if (shown.kind !== 'guide-step') return null
  const { step, stepsCount: count } = shown
  return <span class="shown-step">{t('display.step', { step, count })}</span>
}

/** Always there: the citizen decides what stands on their screen. */
export function CloseShown({ callId, here, link }: Pick<Props, 'callId' | 'link'> & { readonly here: ShownHere }) {
  return (
    <Button look="quiet" icon="cross" onPress={() => link.close(callId, here.shown.shownId)}>
      {t('display.close')}
    </Button>
  )
}

type BoxProps = Pick<Props, 'callId' | 'link' | 'isPhone'> & { readonly shown: ShownWords }

function Box({ callId, shown, link, isPhone }: BoxProps) {
  const box = useRef<HTMLDivElement>(null)
  const [pointer, setPointer] = useState<ShownPlace | null>(null)
  // Before it is seen, so that no move is missed.
  useLayoutEffect(() => {
    const { current } = box
    if (current === null) return
    const together = scrollTogether(current, (top) => link.scroll(callId, shown.shownId, top))
    const endMoves = link.onMove((move) => {
      if (move.shownId !== shown.shownId) return
      const { top, pointer: pointed } = move
      if (pointed !== undefined) setPointer(pointed)
      together.follow(() => {
        if (top !== undefined) scrollToPlace(current, top)
        if (pointed != null) bringIntoSight(current, pointed)
      })
    })
    return () => {
      together.end()
      endMoves()
    }
  }, [shown.shownId])
  const { language } = shown
  return (
    <div
      class={`shown-box ${shown.kind}`}
      ref={box}
      role="group"
      aria-label={titleOf(shown)}
      lang={language}
      dir={directionOf(language)}
      tabIndex={0}
    >
      <Blocks blocks={blocksOf(shown)} pointed={pointer?.block ?? null} isPhone={isPhone} />
      {pointer === null ? null : <Hand box={box.current} place={pointer} />}
    </div>
  )
}

type BlocksProps = {
  readonly blocks: readonly Block[]
  readonly pointed: number | null
  readonly isPhone: boolean
}

/** Items that follow one another are one list. */
function Blocks({ blocks, pointed, isPhone }: BlocksProps) {
  const drawn: ComponentChildren[] = []
  for (let at = 0; at < blocks.length; at += 1) {
    const block = blocks[at] as Block
    if (block.kind !== 'item') {
      drawn.push(<One key={at} block={block} at={at} isPointedAt={at === pointed} isPhone={isPhone} />)
      continue
    }
    const first = at
    const isCounted = block.ordinal !== null
    const belongs = (next: Block | undefined) => next?.kind === 'item' && (next.ordinal !== null) === isCounted
    while (belongs(blocks[at + 1])) at += 1
    const items = blocks
      .slice(first, at + 1)
      .map((item, i) => (
        <One key={first + i} block={item} at={first + i} isPointedAt={first + i === pointed} isPhone={isPhone} />
      ))
    drawn.push(
      isCounted ? (
        <ol key={first} start={block.ordinal ?? 1}>
          {items}
        </ol>
      ) : (
        <ul key={first}>{items}</ul>
      ),
    )
  }
  return <>{drawn}</>
}

type OneProps = {
  readonly block: Block
  readonly at: number
  readonly isPointedAt: boolean
  readonly isPhone: boolean
}

function One({ block, at, isPointedAt, isPhone }: OneProps) {
  const mark = { 'data-block': at, class: isPointedAt ? 'pointed' : undefined }
  switch (block.kind) {
    case 'title':
      return <h2 {...mark}>{drawnSpans(block.spans)}</h2>
    case 'heading':
      return <h3 {...mark}>{drawnSpans(block.spans)}</h3>
    case 'paragraph':
      return <p {...mark}>{drawnSpans(block.spans)}</p>
    case 'item':
      return <li {...mark}>{drawnSpans(block.spans)}</li>
    case 'address':
      return (
        <p {...mark} dir="ltr">
          {isPhone ? (
            <a class="button plain" href={block.href} target="_blank" rel="noreferrer">
              {breakable(block.text)}
            </a>
          ) : (
            <strong class="address">{breakable(block.text)}</strong>
          )}
        </p>
      )
    case 'picture':
      return <img {...mark} src={block.urlPath} alt={block.alt} />
    case 'code':
      return isPhone ? (
        <span {...mark} />
      ) : (
        <div {...mark}>
          <QrCode text={block.text} label={t('display.code')} />
        </div>
      )
  }
}

const drawnSpans = (spans: readonly Span[]) =>
  spans.map(({ text, look }, i) =>
    look === 'strong' ? <strong key={i}>{text}</strong> : look === 'emphasis' ? <em key={i}>{text}</em> : text,
  )

/** A long address breaks where somebody who types it would take a breath. */
const breakable = (address: string) =>
  address.split(/(?<=[/.?&=-])/).flatMap((part, i) => (i === 0 ? [part] : [<wbr key={i} />, part]))

/** Where the agent points; it stays at its words when letters or the screen change. */
function Hand({ box, place }: { readonly box: HTMLElement | null; readonly place: ShownPlace }) {
  const hand = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    if (box === null) return
    const put = (): void => {
      const pixels = pixelsOf(box, place)
      if (hand.current === null || pixels === null) return
      hand.current.style.left = `${pixels.left}px`
      hand.current.style.top = `${pixels.top}px`
    }
    put()
    const watcher = new ResizeObserver(put)
    watcher.observe(box)
    for (const block of box.children) if (block !== hand.current) watcher.observe(block)
    return () => watcher.disconnect()
  }, [box, place])
  return <span class="hand" ref={hand} aria-hidden="true" />
}
