/** Something the person should know: what it is, and what to do about it. */
import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

type Props = { readonly icon: IconName; readonly title?: string; readonly children: ComponentChildren }

export function Notice({ icon, title, children }: Props) {
  return (
    <div class="notice">
      <Icon name={icon} />
      <div>
        {title === undefined ? null : <strong>{title}</strong>}
        <p>{children}</p>
      </div>
    </div>
  )
}
