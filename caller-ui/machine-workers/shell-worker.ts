/**
 * The kiosk's service worker. It keeps the files of the page, so that a kiosk that is switched on without a network shows
 * that there is no connection, instead of the browser's own words; and it begins a page anew that hangs. It is fetched after
 * everything else and names the version it keeps in its own address (`?build=`), so that another version is another worker.
 *
 * The page itself is always asked of the server first: a new version is never held back, and a version that was bad is
 * mended by the next. Nothing is kept but the page and the files whose names hold their hashes.
 */
import { HUNG_PATH, RESTART_PATH, RESTARTED } from './paths.ts'

declare const self: ServiceWorkerGlobalScope

const PREFIX = 'skranke-shell-'
const cacheName = PREFIX + (new URL(location.href).searchParams.get('build') ?? '')
/** Where the page lies; it ends with a slash. */
const root = new URL(self.registration.scope).pathname

/** Raised, a kiosk whose network swallows everything stays white for longer; lowered, a slow one shows an old page. In ms. */
const PAGE_WITHIN_MS = 4_000

self.addEventListener('install', (event) => {
  event.waitUntil(keepShell().then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOldShells().then(() => self.clients.claim()))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname, search } = new URL(request.url)
  // A question in the address is somebody's own: a ticket with its key.
  if (request.method !== 'GET' || origin !== location.origin || search !== '') return
  if (request.mode === 'navigate' && pathname === root) event.respondWith(newestPage(request))
  else if (pathname.startsWith(`${root}assets/`)) event.respondWith(keptFile(request))
  else if (pathname === root + HUNG_PATH) event.respondWith(restartPages())
  else if (pathname === root + RESTART_PATH) event.respondWith(restartPage())
})

/** The page and all its files, of one version, or nothing: rejects where a part is missing, and then the old one stands. */
async function keepShell(): Promise<void> {
  const page = await fetched(root)
  const files = filesOf(await (await fetched(`${root}shell.json`)).json())
  const begunWith = [...(await page.clone().text()).matchAll(/assets\/[^"/]+\.(?:js|css)(?=")/g)].map(([file]) => file)
  if (!begunWith.every((file) => files.has(file))) throw new Error('the server changed its version meanwhile')
  const cache = await caches.open(cacheName)
  // Most of them have come already and lie in the browser's own cache.
  await cache.addAll([...files].map((file) => root + file))
  await cache.put(root, page)
}

async function fetched(path: string): Promise<Response> {
  const response = await fetch(path, { cache: 'no-cache' })
  if (!response.ok) throw new Error(`${path} is answered with ${response.status}`)
  return response
}

type ManifestEntry = { readonly file: string; readonly css?: readonly string[]; readonly assets?: readonly string[] }

/** What the build wrote down. Of fonts only the form that every browser with workers reads. */
function filesOf(manifest: Readonly<Record<string, ManifestEntry>>): Set<string> {
  const files = Object.values(manifest).flatMap(({ file, css = [], assets = [] }) => [file, ...css, ...assets])
  return new Set(files.filter((file) => file.startsWith('assets/') && !file.endsWith('.woff')))
}

async function dropOldShells(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== cacheName)
  await Promise.all(old.map((name) => caches.delete(name)))
}

async function newestPage(request: Request): Promise<Response> {
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(PAGE_WITHIN_MS) })
    // What stands before a server that is away says 502 and the like.
    if (response.status < 500) return response
    return (await kept(root)) ?? response
  } catch (error) {
    const page = await kept(root)
    if (page === undefined) throw error
    return page
  }
}

async function keptFile(request: Request): Promise<Response> {
  const file = await kept(request.url)
  if (file !== undefined) return file
  const response = await fetch(request)
  if (response.ok && (await caches.has(cacheName))) {
    const copy = response.clone()
    const cache = await caches.open(cacheName)
    // A full disk is no fault of the page.
    await cache.put(request, copy).catch(() => undefined)
  }
  return response
}

async function kept(url: string): Promise<Response | undefined> {
  return await caches.match(url, { cacheName, ignoreVary: true })
}

/**
 * Asked by the page's other thread (`hang-worker.ts`) when the first has stood still: takes every window of the kiosk to
 * {@link restartPage}.
 */
async function restartPages(): Promise<Response> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const hung = windows.filter(({ url }) => new URL(url).pathname === root && new URL(url).search === '')
  await Promise.allSettled(hung.map((window) => window.navigate(root + RESTART_PATH)))
  return new Response(null, { status: 204 })
}

/**
 * A page that may not share its process with any other: these two headers force the browser to give it a new one, where a
 * page of the old process would wait for the thread that hangs. From there it goes on to the kiosk's page.
 */
function restartPage(): Response {
  return new Response('<!doctype html><html lang="da"><title>Skranke</title>', {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'",
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      refresh: `0; url=${root}${RESTARTED}`,
    },
  })
}
