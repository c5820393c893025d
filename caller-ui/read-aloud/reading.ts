/** What stands on the screen, in the order in which it is read aloud: first what it says, then what can be pressed. */
import { plain } from './prompts.ts'

export type Line = {
  readonly words: string
  readonly lang: string
  readonly kind: 'text' | 'control'
  /** A control that is pressed in. */
  readonly isChosen: boolean
  /** Said when the screen is read, and not when it changes by itself, as seconds that run out do. */
  readonly isQuiet: boolean
  /** The place in line, which may change more often than anybody wants to hear of it. */
  readonly isPlace: boolean
}

const BLOCKS = 'h1, h2, h3, p, dt, dd, dd > span, li, li > span, figcaption, legend'
const TEXTS = `${BLOCKS}, strong`
const CONTROLS = 'button:not(:disabled), a[href], input, textarea, select, summary'
/** Groups with more in them than can be listened to: their name is said, and their keys when they are reached. */
const LONG_GROUP = 12

/** The lines of the page below `root`; of the dialog alone, where one is open. */
export function linesOf(root: ParentNode): Line[] {
  const within = root.querySelector('dialog[open]') ?? root.querySelector('main') ?? root
  const read = new Set<Element>()
  const lines: Line[] = []
  const name = within instanceof HTMLDialogElement ? within.getAttribute('aria-label') : null
  if (name !== null) lines.push({ ...lineOf(within as HTMLElement, 'text'), words: plain(name) })
  for (const element of within.querySelectorAll<HTMLElement>(`${TEXTS}, ${CONTROLS}, [role=group], [role=status]`)) {
    if (!isThere(element) || isInLongGroup(element) || hasAncestorIn(element, read)) continue
    if (isControl(element)) lines.push(lineOf(element, 'control'))
    else if (isLongGroup(element) || (element.matches(TEXTS) && isLeaf(element)) || isTold(element))
      lines.push(lineOf(element, 'text'))
    else continue
    read.add(element)
  }
  const said = lines.filter(({ words }) => words !== '')
  // Whoever listens hears first where they are: what is pressed comes after all that is said.
  return [...said.filter(({ kind }) => kind === 'text'), ...said.filter(({ kind }) => kind === 'control')]
}

/** Whether `element` is something that is pressed or filled in. */
export const isControl = (element: Element): boolean => element.matches(CONTROLS)

/** Whether it is one of the keys of a keypad. */
export const isInLongGroup = (element: Element): boolean => {
  const group = element.parentElement?.closest('[role=group]') ?? null
  return group !== null && isLongGroup(group)
}

/** An element as it is heard. */
export function lineOf(element: HTMLElement, kind: Line['kind']): Line {
  return {
    words: plain(nameOf(element, kind)),
    lang: element.closest<HTMLElement>('[lang]')?.lang ?? document.documentElement.lang,
    kind,
    isChosen: element.getAttribute('aria-pressed') === 'true' || (element as HTMLInputElement).checked === true,
    isQuiet: element.matches('.aside') && /\d/.test(element.textContent ?? ''),
    isPlace: element.closest('.in-line') !== null,
  }
}

function nameOf(element: HTMLElement, kind: Line['kind']): string {
  const named = element.getAttribute('aria-label')
  if (named !== null) return named
  const by = element.getAttribute('aria-labelledby')?.split(' ') ?? []
  const labels = kind === 'control' && 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])] : []
  const others = element.localName === 'button' ? by.map((id) => document.getElementById(id)) : [...labels]
  return others.length > 0 ? others.map((other) => (other === null ? '' : textOf(other))).join(' ') : textOf(element)
}

/** The text of an element without what is there for the eye alone. */
function textOf(element: Element): string {
  const parts = [...element.childNodes].map((node) => {
    if (node instanceof Text) return node.data
    return node instanceof Element && node.getAttribute('aria-hidden') !== 'true' ? ` ${textOf(node)} ` : ''
  })
  return parts.join('')
}

const isThere = (element: HTMLElement): boolean =>
  element.checkVisibility({ visibilityProperty: true }) && element.closest('[aria-hidden=true]') === null

const isLongGroup = (element: Element): boolean =>
  element.matches('[role=group]') && element.querySelectorAll(CONTROLS).length > LONG_GROUP

const isLeaf = (element: Element): boolean => element.querySelector(`${BLOCKS}, ${CONTROLS}`) === null

/** What is told by its name, such as how loud it is. */
const isTold = (element: Element): boolean => element.matches('[role=status]') && isLeaf(element)

function hasAncestorIn(element: Element, read: ReadonlySet<Element>): boolean {
  for (let at = element.parentElement; at !== null; at = at.parentElement) if (read.has(at)) return true
  return false
}
