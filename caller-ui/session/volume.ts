/** How loud the other side is, and whatever else speaks to the person: their own choice, gone with them. */
import { computed, signal } from '@preact/signals'

/**
 * The steps, in dB below what the loudspeaker gives at most. Between the first and the third lie the 12 dB, and between
 * the first and the last the 18 dB that EN 301 549 asks for (8.2.1.1, 8.2.1.2).
 */
const STEPS_DB = [-18, -12, -6, 0] as const

export const VOLUME_STEP_MAX = STEPS_DB.length - 1
/** The step that each person finds: one is left for those who hear less well. */
export const VOLUME_STEP_USUAL = 2

/** The step chosen now, from 0 (quietest) to {@link VOLUME_STEP_MAX}. */
export const volume = signal(VOLUME_STEP_USUAL)

/** The same as a factor of the amplitude, 0 to 1: 10^(dB / 20). */
export const volumeGain = computed(() => 10 ** ((STEPS_DB[volume.value] ?? 0) / 20))

/** `steps` louder, or quieter below zero, as far as there are steps. */
export function turnVolume(steps: number): void {
  volume.value = Math.min(VOLUME_STEP_MAX, Math.max(0, volume.value + steps))
}

/** For the next person. */
export function resetVolume(): void {
  volume.value = VOLUME_STEP_USUAL
}
