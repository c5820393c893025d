/** In line, with the citizen in the same picture: where they stand, how long it may take, and the way out. */
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import type { CallerView } from '#server/contract/views.ts'
import { Elapsed } from '../components/elapsed.tsx'
import { Icon } from '../components/icons.tsx'
import { deviceFaultText, mediaFaultText } from '../desk/media-words.ts'
import { mediaFault, retryMedia } from '../desk/call-media.ts'
import { deviceFaults, ownStream, reopenDevices } from '../desk/own-devices.ts'
import { OwnPicture } from '../desk/own-picture.tsx'
import { placeText } from '../text/beside-text.ts'
import { waitRangeText } from '../text/duration-text.ts'
import { label, t } from '../text/language.ts'
import { languageWords } from '../text/words.ts'
import { endTogether, form, isAsking, type BesideCall } from './beside-state.ts'

type Line = Exclude<BesideCall, { status: 'connected' }>

export function BesideWaiting({ view, call }: { view: CallerView; call: Line }): JSX.Element {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const matter = view.matters.find(({ matterId }) => matterId === call.matterId)
  return (
    <section class="card beside-waiting" aria-labelledby="beside-title">
      <div class="beside-line-facts">
        <h1 id="beside-title" ref={title} tabIndex={-1}>
          {t('beside.waiting')}
        </h1>
        <div class="beside-place" role="status">
          <p>{call.status === 'offered' ? t('beside.asking') : placeText(call)}</p>
          {call.status === 'waiting' && view.isWaitTold && <Wait call={call} />}
          {call.status === 'waiting' && call.branch === 'interpreter' && <p>{t('beside.interpreterComes')}</p>}
        </div>
        {view.notices.map(({ noticeId, labels }) => (
          <p class="beside-line" key={noticeId}>
            <Icon name="speech" />
            {label(labels)}
          </p>
        ))}
        <dl class="facts">
          <div>
            <dt>{t('call.matter')}</dt>
            <dd>{matter === undefined ? t('beside.otherMatter') : label(matter.labels)}</dd>
          </div>
          <div>
            <dt>{t('call.language')}</dt>
            <dd>{t(languageWords[call.language])}</dd>
          </div>
          <div>
            <dt>{t('call.waited')}</dt>
            <dd>
              <Elapsed since={call.queuedAt} />
            </dd>
          </div>
        </dl>
        {form.value.note.trim() !== '' && (
          <div>
            <p class="quiet">{t('beside.noteSent')}</p>
            <p class="beside-said">{form.value.note}</p>
          </div>
        )}
        <p>
          <button type="button" class="large" disabled={isAsking.value} onClick={() => void endTogether()}>
            {t('beside.cancel')}
          </button>
        </p>
      </div>
      <div class="beside-mirror">
        <OwnPicture stream={ownStream.value} />
        <p class="quiet">{t('beside.bothInPicture')}</p>
        <MediaFaults />
      </div>
    </section>
  )
}

function Wait({ call }: { call: Extract<Line, { status: 'waiting' }> }): JSX.Element {
  return <p>{call.wait === null ? t('beside.nobodyNow') : t('beside.wait', { wait: waitRangeText(call.wait) })}</p>
}

/** What stands between both and a picture, with what to do about it. */
export function MediaFaults(): JSX.Element | null {
  const hasFaults = deviceFaults.value.length > 0
  if (!hasFaults && mediaFault.value === null) return null
  return (
    <div class="fault" role="alert">
      <div>
        {deviceFaults.value.map((fault) => (
          <p key={fault.kind}>{deviceFaultText(fault)}</p>
        ))}
        {mediaFault.value !== null && <p>{mediaFaultText(mediaFault.value)}</p>}
        <button type="button" onClick={() => (hasFaults ? void reopenDevices() : retryMedia())}>
          {t('page.tryAgain')}
        </button>
      </div>
    </div>
  )
}
