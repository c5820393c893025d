/**
 * Between two people: whatever this origin can keep is emptied, whether or not anything of ours was meant to be there.
 * What stays is the machine's own: who it is, where it stands, when it last fetched itself anew, and whether it has heard its
 * own loudspeaker.
 */

/** Names in storage that are the machine's, not a person's. */
const KEPT_NAMES: ReadonlySet<string> = new Set([
  'skranke.kiosk',
  'skranke.place',
  'skranke.reloaded-at',
  'skranke.heard-itself',
])
/** Holds the machine's own key, which its browser gives nobody (`server/client/kiosk-key.ts`). */
const KEPT_DATABASE = 'skranke-kiosk'
/** Caches that hold the page itself, so that it opens without a network. */
const KEPT_CACHES = /^skranke-shell-/
/** Attributes of the root that say how the page looks now, and are set anew by themselves. */
const KEPT_ATTRIBUTES: ReadonlySet<string> = new Set(['textSize', 'contrast', 'reach'])

const title = document.title

/** Sweeps document, address, history, storage and what was selected or focused. The promise is for what takes its time. */
export async function sweep(): Promise<void> {
  sweepDocument()
  for (const storage of [localStorage, sessionStorage]) {
    for (const name of Object.keys(storage)) if (!KEPT_NAMES.has(name)) storage.removeItem(name)
  }
  sweepCookies()
  await Promise.allSettled([sweepDatabases(), sweepCaches(), sweepClipboard()])
}

function sweepDocument(): void {
  document.title = title
  window.name = ''
  history.replaceState(null, '', location.pathname)
  getSelection()?.removeAllRanges()
  scrollTo(0, 0)
  for (const { dataset } of [document.documentElement, document.body]) {
    for (const name of Object.keys(dataset)) if (!KEPT_ATTRIBUTES.has(name)) delete dataset[name]
  }
  for (const child of [...document.body.children]) {
    if (child.id !== 'page' && child.localName !== 'noscript') child.remove()
  }
}

/** The page sets none: this is for those that somebody else set, on whatever way to it. */
function sweepCookies(): void {
  const paths = ['/', location.pathname, location.pathname.replace(/\/$/, '')]
  for (const cookie of document.cookie.split('; ')) {
    const [name = ''] = cookie.split('=')
    for (const path of paths) if (name !== '') document.cookie = `${name}=; Max-Age=0; Path=${path}`
  }
}

async function sweepDatabases(): Promise<void> {
  for (const { name } of await indexedDB.databases()) if (name && name !== KEPT_DATABASE) indexedDB.deleteDatabase(name)
}

async function sweepCaches(): Promise<void> {
  if (!('caches' in globalThis)) return
  const names = await caches.keys()
  await Promise.all(names.filter((name) => !KEPT_CACHES.test(name)).map((name) => caches.delete(name)))
}

/** Only while the page has the focus, as it has on a kiosk; refused where the machine allows no clipboard at all. */
async function sweepClipboard(): Promise<void> {
  await navigator.clipboard?.writeText('')
}
