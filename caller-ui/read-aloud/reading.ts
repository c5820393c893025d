/** What stands on the screen, in the order in which it is read aloud: first what it says, then what can be pressed. */
import { plain } from './prompts.ts'

/** `isQuiet`: said when the screen is read, and not when it changes by itself, as seconds that run out do. */
export type Line = { readonly words: string; readonly lang: string; readonly kind: 'text' | 'control'; readonly isQuiet: boolean }

const TEXTS = 'h1, h2, p, dt, dd > span, figcaption, li, strong, [role=status]'
const CONTROLS = 'button:not(:disabled), a[href], input, textarea, select'
/** Groups with more in them than can be listened to: their name is said, and their keys when they are reached. */
const LONG_GROUP = 12

/** The lines of the page below `root`; of the dialog alone, where one is open. */
export function linesOf(root: ParentNode): Line[] {
  const within = root.querySelector('dialog[open]') ?? root.querySelector('main') ?? root
  const lines: Line[] = []
  for (const element of within.querySelectorAll<HTMLElement>(`${TEXTS}, ${CONTROLS}, [role=group]`)) {
    if (!isThere(element) || isInLongGroup(element)) continue
    if (element.matches(CONTROLS)) lines.push(lineOf(element, 'control'))
    else if (isLongGroup(element)) lines.push(lineOf(element, 'text'))
    else if (element.matches(TEXTS) && element.querySelector(`${TEXTS}, ${CONTROLS}`) === null) {
      lines.push(lineOf(element, 'text'))
    }
  }
  const said = lines.filter(({ words }) => words !== '')
  // Whoever listens hears first where they are: what is pressed comes after all that is said.
  return [...said.filter(({ kind }) => kind === 'text'), ...said.filter(({ kind }) => kind === 'control')]
}

/** A control as it is heard when it is reached. */
export function lineOf(element: HTMLElement, kind: Line['kind'] = 'control'): Line {
  const words = plain(element.getAttribute('aria-label') ?? element.textContent ?? '')
  const lang = element.closest<HTMLElement>('[lang]')?.lang ?? document.documentElement.lang
  return { words, lang, kind, isQuiet: element.matches('.aside') && /\d/.test(words) }
}

const isThere = (element: HTMLElement): boolean =>
  element.checkVisibility({ visibilityProperty: true }) && element.closest('[aria-hidden=true]') === null

const isLongGroup = (element: Element): boolean =>
  element.matches('[role=group]') && element.querySelectorAll(CONTROLS).length > LONG_GROUP

const isInLongGroup = (element: Element): boolean => {
  const group = element.parentElement?.closest('[role=group]') ?? null
  return group !== null && isLongGroup(group)
}
