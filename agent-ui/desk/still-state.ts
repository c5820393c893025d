/**
 * One still of the citizen's picture: a document that is held up, to be read in peace. It is in this window's memory
 * alone, and gone with the call: nothing writes, sends or keeps it.
 */
import { batch, signal } from '@preact/signals'
import { callWindow } from './call-window-state.ts'

/** The frame as it came; null while there is none. */
export const still = signal<ImageBitmap | null>(null)
/** Quarter turns clockwise, 0 to 3: papers are held up as they come. */
export const turns = signal(0)
export const zoom = signal(1)

export const ZOOM_MAX = 4
const ZOOM_STEP = 0.5

/** Takes the frame that is on the screen now, in the place of the one before. Returns false where there is none. */
export async function takeStill(): Promise<boolean> {
  const { document: target } = callWindow.peek() ?? window
  const video = target.querySelector<HTMLVideoElement>('video.remote-picture')
  if (video === null || video.videoWidth === 0) return false
  const taken = await createImageBitmap(video)
  // The call may have ended while it was taken.
  if (!video.isConnected) {
    taken.close()
    return false
  }
  forgetStill()
  still.value = taken
  return true
}

/** Nothing is left of it. */
export function forgetStill(): void {
  still.peek()?.close()
  batch(() => {
    still.value = null
    turns.value = 0
    zoom.value = 1
  })
}

/** A quarter clockwise. */
export function turnStill(): void {
  turns.value = (turns.value + 1) % 4
}

/** Larger or smaller, from the whole picture up to {@link ZOOM_MAX} times. */
export function zoomStill(isLarger: boolean): void {
  zoom.value = Math.min(ZOOM_MAX, Math.max(1, zoom.value + (isLarger ? ZOOM_STEP : -ZOOM_STEP)))
}
