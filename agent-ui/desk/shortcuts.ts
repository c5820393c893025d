/**
 * The desk's keys. All are chords with Alt and Shift, so that nothing happens by a stray key, and none is a
 * browser's own. Escape closes dialogs, takes a question back, and never ends a call.
 */
import { createElement, type JSX } from 'preact'
import type { DeclineReason } from '#server/contract/agent-socket.ts'
import { focusSearch } from '../knowledge/knowledge-state.ts'
import { besideTalk, endTogether } from '../beside/beside-state.ts'
import { t } from '../text/language.ts'
import { endCall, isCameraOn, isMicrophoneOn, setCamera, setMicrophone } from './call-media.ts'
import { callWindow, closeCallWindow, openCallWindow, openCallWindowAsBefore } from './call-window-state.ts'
import {
  acceptOffer,
  becomeAvailable,
  chooseReason,
  declineOffer,
  finishWrapUp,
  isChoosingReason,
  keepOffer,
  lengthenWrapUp,
  pending,
  toggleHold,
  view,
} from './desk-state.ts'
import { takeStill } from './still-state.ts'
import { shownPanel } from './side-panels.tsx'

/** The letter that makes the chord, the same in both languages: keys are learnt by hand. */
export const shortcuts = {
  accept: 'S',
  decline: 'N',
  microphone: 'M',
  camera: 'K',
  hold: 'V',
  still: 'B',
  apart: 'U',
  hangUp: 'L',
  finish: 'F',
  lengthen: 'T',
  available: 'R',
  knowledge: 'W',
} as const
export type Shortcut = keyof typeof shortcuts

/** The reasons to decline, in the order of their keys, 1 first. */
export const declineReasons = ['not-mine', 'know-the-citizen', 'technical', 'other'] as const satisfies DeclineReason[]

type Chord = (typeof shortcuts)[Shortcut]

/** What each chord does; undefined where it means nothing right now. */
function meaning(chord: string): (() => unknown) | undefined {
  const work = view.value?.work
  const kind = work?.kind
  const isBeside = besideTalk.value !== null
  if (pending.value !== null) return undefined
  switch (chord) {
    case shortcuts.accept:
      return kind === 'offered' ? takeCall : undefined
    case shortcuts.decline:
      // Once to be asked why, twice to leave it at that.
      return kind !== 'offered' ? undefined : isChoosingReason.value ? () => declineOffer() : chooseReason
    case shortcuts.hangUp:
      return kind === 'in-call' ? endCall : isBeside ? endTogether : undefined
    case shortcuts.microphone:
      return kind === 'in-call' || isBeside ? () => setMicrophone(!isMicrophoneOn.value) : undefined
    case shortcuts.camera:
      return kind === 'in-call' || isBeside ? () => setCamera(!isCameraOn.value) : undefined
    case shortcuts.still:
      // What is behind the cover of a hold is nothing to be looked at.
      return work?.kind === 'in-call' && work.call.hold === null ? takeStill : undefined
    case shortcuts.hold:
      return kind === 'in-call' ? toggleHold : undefined
    case shortcuts.apart:
      if (kind !== 'in-call') return undefined
      return callWindow.value === null ? openCallWindow : closeCallWindow
    case shortcuts.finish:
      return kind === 'wrap-up' ? finishWrapUp : undefined
    case shortcuts.lengthen:
      return kind === 'wrap-up' ? lengthenWrapUp : undefined
    case shortcuts.available:
      return kind === 'idle' && view.value?.besideCallId === null ? becomeAvailable : undefined
    case shortcuts.knowledge:
      return kind === 'offered' || kind === undefined ? undefined : lookUp
    default:
      return reasonMeaning(chord)
  }
}

/** Takes the call on the screen, and opens its window where the last call had one: without the press there is none. */
export function takeCall(): void {
  openCallWindowAsBefore()
  void acceptOffer()
}

/** To the search box, whatever panel was seen. */
function lookUp(): void {
  shownPanel.value = 'knowledge'
  focusSearch()
}

function reasonMeaning(chord: string): (() => unknown) | undefined {
  const reason = declineReasons[Number(chord) - 1]
  return reason !== undefined && isChoosingReason.value ? () => declineOffer(reason) : undefined
}

/** Starts listening. Once for each window that the page draws in. */
export function listenForShortcuts(target: Document): void {
  target.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && isChoosingReason.value) return keepOffer()
    if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || event.repeat) return
    // The physical key, because Alt turns the letter into something else on some keyboards.
    const [, chord] = /^(?:Key|Digit|Numpad)(.)$/.exec(event.code) ?? []
    if (chord === undefined || writes(event, chord)) return
    const act = meaning(chord)
    if (act === undefined) return
    event.preventDefault()
    void act()
  })
}

/** Somebody types: where the keys together write a letter of their own, as on a Mac, it is a letter and nothing else. */
function writes({ target, key, isComposing }: KeyboardEvent, chord: string): boolean {
  if (!(target instanceof HTMLElement) || !target.matches('input, textarea')) return false
  return isComposing || (key.length === 1 && key.toUpperCase() !== chord && /^[A-Z]$/.test(chord))
}

/** What assistive technology is told of a chord. */
export function ariaChord(chord: Chord | number): string {
  return `Alt+Shift+${chord}`
}

/** A chord as it is printed beside its button. */
export function Key({ chord }: { chord: Chord | number | '1–4' }): JSX.Element {
  return createElement('kbd', { class: 'keys' }, t('shortcuts.chord', { letter: chord }))
}
