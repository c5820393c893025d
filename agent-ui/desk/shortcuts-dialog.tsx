/** The list of keys. */
import type { JSX } from 'preact'
import { t } from '../text/language.ts'
import { Key, shortcuts, type Shortcut } from './shortcuts.ts'

const meanings = {
  accept: 'shortcuts.accept',
  decline: 'shortcuts.decline',
  microphone: 'shortcuts.microphone',
  camera: 'shortcuts.camera',
  hold: 'shortcuts.hold',
  still: 'shortcuts.still',
  apart: 'shortcuts.apart',
  hangUp: 'shortcuts.hangUp',
  finish: 'shortcuts.finish',
  lengthen: 'shortcuts.lengthen',
  available: 'shortcuts.available',
  knowledge: 'shortcuts.knowledge',
} as const satisfies Record<Shortcut, string>

/** In the order of a call. */
const order = Object.keys(shortcuts) as Shortcut[]

export function ShortcutsDialog(): JSX.Element {
  return (
    <dialog id="shortcuts-dialog" class="dialog" aria-labelledby="shortcuts-title">
      <h2 id="shortcuts-title">{t('shortcuts.title')}</h2>
      <dl class="shortcut-list">
        {order.map((name) => (
          <div key={name}>
            <dt>{t(meanings[name])}</dt>
            <dd>
              <Key chord={shortcuts[name]} />
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('shortcuts.reason')}</dt>
          <dd>
            <Key chord="1–4" />
          </dd>
        </div>
      </dl>
      <p class="quiet">{t('shortcuts.escape')}</p>
      <form method="dialog">
        <button class="primary">{t('page.close')}</button>
      </form>
    </dialog>
  )
}
