/** Picture, choice of camera and microphone, level, test sound, and what is wrong, by name. */
import { useEffect } from 'preact/hooks'
import type { ComponentChildren, JSX } from 'preact'
import type { DeviceKind } from '#sfu/client/devices.ts'
import { Icon } from '../components/icons.tsx'
import { t } from '../text/language.ts'
import { BackgroundBlur } from './background-blur.tsx'
import { deviceFaultText } from './media-words.ts'
import {
  areDevicesOpening,
  chooseDevice,
  choices,
  chosen,
  deviceFaults,
  holdDevices,
  ownStream,
  releaseDevices,
  reopenDevices,
} from './own-devices.ts'
import { OwnPicture } from './own-picture.tsx'
import { chime } from './ring.ts'
import { SoundMeter } from './sound-meter.tsx'

/** `children`: what belongs below the own picture. */
export function DevicePanel({ children }: { children?: ComponentChildren }): JSX.Element {
  useEffect(() => {
    void holdDevices('check')
    return () => releaseDevices('check')
  }, [])
  const stream = ownStream.value
  const faults = deviceFaults.value
  return (
    <div class="device-panel" aria-busy={areDevicesOpening.value}>
      <div class="device-fields">
        <OwnPicture stream={stream} />
        {children}
      </div>
      <div class="device-fields">
        {faults.length > 0 && (
          <div class="fault" role="alert">
            <Icon name="warning" />
            <div>
              {faults.map((fault) => (
                <p key={fault.kind}>{deviceFaultText(fault)}</p>
              ))}
              <button type="button" onClick={() => void reopenDevices()}>
                {t('page.tryAgain')}
              </button>
            </div>
          </div>
        )}
        <DeviceChoice kind="camera" words={t('devices.camera')} devices={choices.value.cameras} />
        <DeviceChoice kind="microphone" words={t('devices.microphone')} devices={choices.value.microphones} />
        <BackgroundBlur />
        <SoundMeter stream={stream} />
        <p>
          <button type="button" onClick={chime}>
            {t('devices.testSound')}
          </button>
        </p>
      </div>
    </div>
  )
}

interface DeviceChoiceProps {
  readonly kind: DeviceKind
  readonly words: string
  readonly devices: readonly MediaDeviceInfo[]
}

function DeviceChoice({ kind, words, devices }: DeviceChoiceProps): JSX.Element | null {
  if (devices.length === 0) return null
  const track = ownStream.value?.getTracks().find((own) => (own.kind === 'video') === (kind === 'camera'))
  const current = track?.getSettings().deviceId ?? chosen.value[kind] ?? ''
  return (
    <label>
      {words}
      <select value={current} onChange={(event) => void chooseDevice(kind, event.currentTarget.value)}>
        {devices.map((device, index) => (
          <option key={device.deviceId} value={device.deviceId}>
            {device.label === '' ? `${words} ${index + 1}` : device.label}
          </option>
        ))}
      </select>
    </label>
  )
}
