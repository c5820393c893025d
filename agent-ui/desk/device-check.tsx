/** Before the first calls of the day: does the picture look right, does the microphone hear. */
import type { JSX } from 'preact'
import type { AgentView } from '#server/contract/views.ts'
import { t } from '../text/language.ts'
import { askForNotifications, notificationPermission } from './attention.ts'
import { becomeAvailable, confirmDevices, pending } from './desk-state.ts'
import { DevicePanel } from './device-panel.tsx'
import { areDevicesOpening, deviceFaults, ownStream } from './own-devices.ts'
import { PathCheck } from './path-check.tsx'

export function DeviceCheck({ view }: { view: AgentView }): JSX.Element {
  const hasMicrophone = (ownStream.value?.getAudioTracks().length ?? 0) > 0
  const isCameraMissing = deviceFaults.value.some(({ kind }) => kind === 'camera')
  const isBusy = areDevicesOpening.value || pending.value !== null
  const confirm = (): void => {
    askForNotifications()
    confirmDevices()
  }
  return (
    <section class="card device-check" aria-labelledby="devices-title">
      <h1 id="devices-title">{t('devices.title', { name: view.firstName })}</h1>
      <p class="quiet">{t('devices.lead')}</p>
      <DevicePanel>
        <PathCheck />
        <NoticesHint />
      </DevicePanel>
      {!hasMicrophone && !isBusy && <p role="status">{t('devices.microphoneNeeded')}</p>}
      {hasMicrophone && isCameraMissing && <p role="status">{t('devices.withoutCamera')}</p>}
      <div class="row">
        <button
          type="button"
          class="primary large"
          disabled={!hasMicrophone || isBusy}
          onClick={() => {
            confirm()
            void becomeAvailable()
          }}
        >
          {t('devices.becomeReady')}
        </button>
        <button type="button" class="large" disabled={isBusy} onClick={confirm}>
          {t('devices.notYet')}
        </button>
      </div>
    </section>
  )
}

/** Why the browser will ask, or what is missed because it was told not to. */
function NoticesHint(): JSX.Element | null {
  const permission = notificationPermission()
  if (permission === 'granted') return null
  return <p class="quiet">{permission === 'default' ? t('devices.noticesAsked') : t('devices.noticesOff')}</p>
}
