/**
 * A blurred background, where the camera's own driver can do it: nothing is downloaded and nothing is computed here.
 * Blurring takes hands for background when they are far from the face, so that it is never used in a call in signing.
 */
import { computed, effect, signal } from '@preact/signals'
import type { JSX } from 'preact'
import { t } from '../text/language.ts'
import { view } from './desk-state.ts'
import { ownStream } from './own-devices.ts'

const REMEMBERED_AS = 'skranke.blur'

/** W3C Media Capture and Streams Extensions; not in the types of TypeScript yet. */
type BlurTrack = MediaStreamTrack & {
  getCapabilities(): MediaTrackCapabilities & { readonly backgroundBlur?: readonly boolean[] }
  getSettings(): MediaTrackSettings & { readonly backgroundBlur?: boolean }
}

const isWanted = signal(recall())
/** How the camera answered last; read anew after each change. */
const isBlurred = signal(false)

const isSigning = computed(() => {
  const work = view.value?.work
  return (work?.kind === 'offered' || work?.kind === 'in-call') && work.call.mode === 'signing'
})

const camera = computed(() => (ownStream.value?.getVideoTracks()[0] as BlurTrack | undefined) ?? null)

/** What the camera lets a page choose; empty where it knows of no blur. */
const choices = computed(() => camera.value?.getCapabilities().backgroundBlur ?? [])

/** Starts keeping the camera as it is wanted. Once for the page. */
export function followBlur(): void {
  effect(() => {
    const track = camera.value
    const shall = isWanted.value && !isSigning.value
    if (track === null || !choices.value.includes(shall)) {
      isBlurred.value = track?.getSettings().backgroundBlur === true
      return
    }
    const constraint = { backgroundBlur: shall } as MediaTrackConstraints
    track.applyConstraints({ ...track.getConstraints(), ...constraint }).then(
      () => (isBlurred.value = track.getSettings().backgroundBlur === true),
      // A camera that cannot after all goes on as it is.
      () => undefined,
    )
  })
}

/** Nothing where the camera cannot blur. */
export function BackgroundBlur(): JSX.Element | null {
  const mayChoose = choices.value.includes(true) && choices.value.includes(false)
  if (!mayChoose && !isBlurred.value) return null
  return (
    <div class="blur-choice">
      {mayChoose && (
        <label class="check">
          <input
            type="checkbox"
            checked={isWanted.value && !isSigning.value}
            disabled={isSigning.value}
            aria-describedby="blur-hint"
            onChange={(event) => {
              want(event.currentTarget.checked)
            }}
          />
          {t('blur.label')}
        </label>
      )}
      <p id="blur-hint" class="quiet">
        {isSigning.value ? (isBlurred.value ? t('blur.bySystem') : t('blur.notSigning')) : t('blur.hint')}
      </p>
    </div>
  )
}

function want(isOn: boolean): void {
  isWanted.value = isOn
  try {
    localStorage.setItem(REMEMBERED_AS, isOn ? 'yes' : 'no')
  } catch {
    // Storage may be switched off; the choice then lasts as long as the page.
  }
}

function recall(): boolean {
  try {
    return localStorage.getItem(REMEMBERED_AS) === 'yes'
  } catch {
    return false
  }
}
