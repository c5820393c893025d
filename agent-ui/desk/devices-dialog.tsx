/** Camera and microphone, looked at again at any time. */
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { t } from '../text/language.ts'
import { DevicePanel } from './device-panel.tsx'

export function DevicesDialog(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null)
  const isOpen = useSignal(false)
  useEffect(() => {
    const element = dialog.current
    if (element === null) return undefined
    // The camera must be on only while the dialog is open, whichever way it is closed.
    const follow = (): void => {
      isOpen.value = element.open
    }
    element.addEventListener('toggle', follow)
    return () => element.removeEventListener('toggle', follow)
  }, [])
  return (
    <dialog id="devices-dialog" class="dialog dialog-wide" ref={dialog} aria-labelledby="devices-dialog-title">
      <h2 id="devices-dialog-title">{t('devices.dialogTitle')}</h2>
      {isOpen.value && <DevicePanel />}
      <form method="dialog">
        <button class="primary">{t('page.close')}</button>
      </form>
    </dialog>
  )
}
