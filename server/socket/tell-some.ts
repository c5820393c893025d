/** News that many are to hear, told a few at a time. */

/** So many hear news of a line before the next offer gets its turn. More is cheaper, and lets an offer wait longer. */
const NEWS_TOLD_AT_ONCE = 10

/** Takes the first few out of `ids` and tells them. */
export function tellSome(ids: Set<string>, tell: (id: string) => void): void {
  let leftCount = NEWS_TOLD_AT_ONCE
  for (const id of ids) {
    if (leftCount === 0) return
    leftCount -= 1
    ids.delete(id)
    tell(id)
  }
}
