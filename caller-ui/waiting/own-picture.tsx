/** How the other side will see the person in line, or in words that they will not. */
import { Icon } from '../components/icon.tsx'
import { Picture } from '../components/picture.tsx'
import type { CallMedia } from '../session/call-media.ts'
import { t } from '../text/language.ts'

export function OwnPicture({ media }: { readonly media: CallMedia }) {
  const mode = media.mode.value
  const stream = media.ownPicture.value
  if (mode === 'voice' || mode === 'text') {
    return (
      <p class="own-words">
        <Icon name={mode === 'voice' ? 'microphone' : 'keyboard'} />
        <span>{mode === 'voice' ? t('waiting.own-voice') : t('waiting.own-text')}</span>
      </p>
    )
  }
  if (stream === null || media.camera.value !== 'on') return null
  const isSigning = mode === 'signing'
  return (
    <figure class={isSigning ? 'own-picture signing' : 'own-picture'}>
      <div class="framed">
        <Picture stream={stream} label={t('conversation.own-picture')} />
        {isSigning ? <CameraGuide /> : null}
      </div>
      <figcaption>{isSigning ? t('waiting.camera-guide') : t('waiting.own-picture')}</figcaption>
    </figure>
  )
}

/** Where head, elbows and hips should be, so that no sign leaves the picture. */
function CameraGuide() {
  return (
    <svg class="camera-guide" viewBox="0 0 160 120" aria-hidden="true">
      <path d="M80 14c9 0 14 7 14 16s-6 18-14 18-14-9-14-18 5-16 14-16z" />
      <path d="M72 47v6c-14 4-24 8-28 18L24 94l26 10 12-16v32h36V88l12 16 26-10-20-23c-4-10-14-14-28-18v-6" />
    </svg>
  )
}
