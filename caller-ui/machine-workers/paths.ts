/** Where the page, its second thread and its service worker meet: below the page's own folder, and nowhere on the server. */

/** Says to the service worker that the page hangs. */
export const HUNG_PATH = 'hung'
/** The page between the one that hangs and its successor. */
export const RESTART_PATH = 'restart'
/** What the successor finds behind its address. */
export const RESTARTED = '#restarted'
