/** Debian's Chromium is used; nothing is downloaded at install. */
module.exports = { skipDownload: true }
