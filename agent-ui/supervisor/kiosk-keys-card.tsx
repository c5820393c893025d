/** Setting a screen up by the code that it shows, and sending away one that was. */
import type { JSX } from 'preact'
import type { KeyAct, KioskKeysReply } from '#server/contract/kiosk-keys.ts'
import { dayTimeText } from '../model/copenhagen-time.ts'
import { formatTag, t } from '../text/language.ts'
import { KioskMachine } from './kiosk-machine.tsx'
import { KioskSheet, printSheet } from './kiosk-sheet.tsx'
import {
  askRotation,
  choose,
  chosen,
  chosenId,
  doneId,
  enrol,
  fault,
  isBusy,
  isCodeWhole,
  isRevokeAsked,
  isShown,
  reply,
  revoke,
  show,
  typedCode,
} from './kiosk-keys-state.ts'

const actWords = {
  enrolled: 'keys.enrolled',
  replaced: 'keys.replaced',
  rotated: 'keys.rotated',
  'rotation-asked': 'keys.rotationAsked',
  revoked: 'keys.revoked',
  'reload-ordered': 'keys.reloadOrdered',
  'restart-ordered': 'keys.restartOrdered',
  'test-ordered': 'keys.testOrdered',
  'message-shown': 'keys.messageShown',
  'message-taken-down': 'keys.messageTakenDown',
} as const satisfies Record<KeyAct, string>

/** So many of the last acts are shown. */
const ACTS_COUNT = 8

export function KioskKeysCard(): JSX.Element {
  return (
    <section class="card board-card notices-card" aria-labelledby="keys-title">
      <h2 id="keys-title">{t('keys.title')}</h2>
      <p class="quiet">{t('keys.lead')}</p>
      {isShown.value ? (
        <Shown />
      ) : (
        <p>
          <button type="button" onClick={() => void show()}>
            {t('keys.show')}
          </button>
        </p>
      )}
    </section>
  )
}

function Shown(): JSX.Element {
  const { value } = reply
  return (
    <>
      {value === null && isBusy.value && <p role="status">{t('page.loadingTitle')}</p>}
      {value === null && !isBusy.value && (
        <p>
          <button type="button" onClick={() => void show()}>
            {t('page.tryAgain')}
          </button>
        </p>
      )}
      {value !== null && <EnrolForm all={value} />}
      {fault.value !== null && (
        <p class="fault" role="alert">
          {fault.value}
        </p>
      )}
      {value !== null && chosen.value !== undefined && <Chosen />}
      {value !== null && value.acts.length > 0 && <Acts acts={value.acts} />}
    </>
  )
}

function EnrolForm({ all }: { all: KioskKeysReply }): JSX.Element {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    void enrol()
  }
  return (
    <form class="notices-form" aria-label={t('keys.title')} onSubmit={submit}>
      <label>
        {t('keys.kiosk')}
        <select value={chosenId.value} onChange={(event) => choose(event.currentTarget.value)}>
          <option value="">{t('kiosks.choose')}</option>
          {all.kiosks.map(({ kioskId, siteName }) => (
            <option key={kioskId} value={kioskId}>
              {siteName}, {kioskId}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('keys.code')}
        <input
          class="keys-code"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          maxLength={20}
          value={typedCode.value}
          onInput={(event) => (typedCode.value = event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="primary" disabled={!isCodeWhole.value || chosen.value === undefined || isBusy.value}>
        {t('keys.enrol')}
      </button>
    </form>
  )
}

function Chosen(): JSX.Element {
  const kiosk = chosen.value
  if (kiosk === undefined) return <></>
  const { enrolledAt } = kiosk
  const state =
    doneId.value === chosenId.value
      ? t('keys.done')
      : enrolledAt === null
        ? t('keys.notSetUp')
        : t(kiosk.isConnected ? 'keys.setUpOnline' : 'keys.setUp', { time: timeText(enrolledAt) })
  return (
    <div class="keys-chosen">
      <p role="status">{state}</p>
      {!isRevokeAsked.value && (
        <p class="row">
          {enrolledAt !== null && (
            <>
              <button type="button" disabled={isBusy.value} onClick={() => (isRevokeAsked.value = true)}>
                {t('keys.revoke')}
              </button>
              <button type="button" disabled={isBusy.value} onClick={() => void askRotation()}>
                {t('keys.rotate')}
              </button>
            </>
          )}
          <button type="button" onClick={printSheet}>
            {t('sheet.print')}
          </button>
        </p>
      )}
      {enrolledAt !== null && isRevokeAsked.value && (
        <div role="group" aria-label={t('keys.revoke')}>
          <p>{t('keys.revokeAsk')}</p>
          <p class="row">
            <button type="button" class="danger" disabled={isBusy.value} onClick={() => void revoke()}>
              {t('keys.revokeYes')}
            </button>
            <button type="button" onClick={() => (isRevokeAsked.value = false)}>
              {t('keys.revokeNo')}
            </button>
          </p>
        </div>
      )}
      <KioskMachine isConnected={kiosk.isConnected} />
      <KioskSheet kiosk={kiosk} />
    </div>
  )
}

function Acts({ acts }: { acts: KioskKeysReply['acts'] }): JSX.Element {
  return (
    <>
      <h3>{t('keys.acts')}</h3>
      <ul class="keys-acts">
        {acts.slice(0, ACTS_COUNT).map(({ at, act, kioskId, byName }) => (
          <li key={`${at} ${act} ${kioskId}`}>
            {timeText(at)}: {kioskId}, {t(actWords[act])}
            {byName !== null && ` (${byName})`}
          </li>
        ))}
      </ul>
    </>
  )
}

const timeText = (at: number): string => dayTimeText(at, formatTag())
