/** What is said to somebody who listens instead of looking. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { announceIn, quiet, type Announcement, type Announcer } from '../model/announcement.ts'

/** A region that always exists, because words in a region that has just appeared are not read. */
export function LiveWords({ announcement }: { readonly announcement: Announcement | null }) {
  const [words, say] = useState('')
  const announcer = useRef<Announcer>(quiet)
  const topic = announcement?.topic ?? null
  const next = announcement?.words ?? null
  useEffect(() => {
    if (topic === null || next === null) {
      announcer.current = quiet
      say('')
      return
    }
    const waitMs = announceIn(announcer.current, { topic, words: next }, performance.now())
    if (waitMs === null) return
    const timer = setTimeout(() => {
      announcer.current = { last: { topic, words: next }, saidAt: performance.now() }
      say(next)
    }, waitMs)
    return () => clearTimeout(timer)
  }, [topic, next])
  return (
    <p class="for-listeners" role="status">
      {words}
    </p>
  )
}
