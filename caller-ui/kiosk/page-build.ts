/** Which version of the page this is. */

/**
 * The names of the files that `page` began with, sorted: they hold hashes, so that another version has other names. The
 * server says what it would give now in the same way. Asked before anything is fetched later.
 */
export function buildOf(page: Document): string {
  const files = page.head.querySelectorAll<HTMLScriptElement | HTMLLinkElement>(
    'script[src], link[rel="stylesheet"], link[rel="modulepreload"]',
  )
  const names = [...files].map((file) => ('src' in file ? file.src : file.href).split('/').at(-1) ?? '')
  return [...new Set(names)].toSorted().join(' ')
}
