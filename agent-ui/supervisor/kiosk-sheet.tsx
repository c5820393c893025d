/** A sheet of paper for whoever goes to a screen to set it up: seen in print alone. */
import type { JSX } from 'preact'
import type { KioskKeysReply } from '#server/contract/kiosk-keys.ts'
import { t } from '../text/language.ts'

type Kiosk = KioskKeysReply['kiosks'][number]

/** The letters of a code, to be written down. */
const BOXES = Array.from({ length: 8 }, (_, i) => i)

/** Prints the sheet and nothing else of the page. */
export function printSheet(): void {
  const { dataset } = document.documentElement
  dataset['print'] = 'sheet'
  addEventListener('afterprint', () => delete dataset['print'], { once: true })
  window.print()
}

export function KioskSheet({ kiosk: { kioskId, siteName } }: { kiosk: Kiosk }): JSX.Element {
  const address = `${location.origin}/kiosk/`
  return (
    <div class="kiosk-sheet">
      <h1>{t('sheet.title', { site: siteName })}</h1>
      <p>{kioskId}</p>
      <ol>
        <li>{t('sheet.machine')}</li>
        <li>
          {t('sheet.address')}
          <p class="kiosk-sheet-address">SKRANKE_URL={address}</p>
        </li>
        <li>{t('sheet.restart')}</li>
        <li>
          {t('sheet.code')}
          <p class="kiosk-sheet-code">
            {BOXES.map((i) => (
              <span key={i} />
            ))}
          </p>
        </li>
        <li>{t('sheet.ring')}</li>
        <li>{t('sheet.try')}</li>
        <li>{t('sheet.measure')}</li>
      </ol>
      <p>{t('sheet.signed')}</p>
    </div>
  )
}
