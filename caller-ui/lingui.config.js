import { formatter } from '@lingui/format-po'

/** Where the catalogues are and how they are written. Ids are explicit: a screen's words change without its code. */
export default {
  locales: ['da', 'en', 'ar', 'tr', 'pl', 'uk', 'ur', 'so', 'fa', 'ro'],
  sourceLocale: 'da',
  catalogs: [{ path: '<rootDir>/text/{locale}', include: ['<rootDir>'] }],
  format: formatter({ explicitIdAsDefault: true, origins: false }),
}
