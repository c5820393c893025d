/** The drawings on buttons and tiles: one hand, one stroke. They never say anything that words beside them do not. */
import type { ComponentChildren } from 'preact'

const drawings = {
  call: (
    <>
      <rect x="2.5" y="6" width="12.5" height="12" rx="3" />
      <path d="m15 10.5 5.2-3a.9.9 0 0 1 1.3.8v7.4a.9.9 0 0 1-1.3.8L15 13.5" />
    </>
  ),
  'hang-up': (
    <path d="M3.2 14.4c-.5-.5-.7-1.2-.5-1.9C3.9 9.2 7.7 7.5 12 7.5s8.1 1.7 9.3 5c.2.7 0 1.4-.5 1.9l-1.3 1.3c-.5.5-1.2.6-1.8.3l-2.4-1.2c-.6-.3-.9-.9-.8-1.5l.1-1.3a11 11 0 0 0-5.2 0l.1 1.3c.1.6-.2 1.2-.8 1.5l-2.4 1.2c-.6.3-1.3.2-1.8-.3z" />
  ),
  microphone: (
    <>
      <rect x="9" y="3" width="6" height="11" rx="3" />
      <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" />
    </>
  ),
  'microphone-off': (
    <>
      <path d="M15 9V6a3 3 0 0 0-5.8-1M9 9.5V11a3 3 0 0 0 4.5 2.6M5.5 11.5a6.5 6.5 0 0 0 10.2 5.3M18.5 11.5a6.5 6.5 0 0 1-.7 2.9M12 18v3M4 3l16 18" />
    </>
  ),
  camera: (
    <>
      <rect x="2.5" y="6" width="12.5" height="12" rx="3" />
      <path d="m15 10.5 5.2-3a.9.9 0 0 1 1.3.8v7.4a.9.9 0 0 1-1.3.8L15 13.5" />
    </>
  ),
  'camera-off': (
    <>
      <path d="M9.5 6H12a3 3 0 0 1 3 3v1.5l5.2-3a.9.9 0 0 1 1.3.8v7.4M15 15a3 3 0 0 1-3 3H5.5a3 3 0 0 1-3-3V9a3 3 0 0 1 2-2.8M3.5 3l17 18" />
    </>
  ),
  'volume-down': <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 12h5" />,
  'volume-up': <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 12h6M18.5 9v6" />,
  again: <path d="M4 12a8 8 0 1 1 2.6 5.9M4 12V6.5M4 12h5.5" />,
  check: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  'no-connection': (
    <path d="M3 9.5a13 13 0 0 1 4-2.7M11 5.6a13 13 0 0 1 10 3.9M6.2 13a8.6 8.6 0 0 1 3-1.9M14.5 11a8.6 8.6 0 0 1 3.3 2M9.5 16.5a4 4 0 0 1 5 0M12 20h.01M4 3l16 18" />
  ),
  screen: (
    <>
      <rect x="3" y="4" width="18" height="12.5" rx="2.5" />
      <path d="M9 20.5h6M12 16.5v4" />
    </>
  ),
  notice: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7.5v5.5M12 16.3h.01" />
    </>
  ),
  'from-staff': <path d="M4 10v4h3l7 4V6L7 10zM17 9.5a4 4 0 0 1 0 5M7.5 14.5 9 20h2.5l-1.2-4.2" />,
  here: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <circle cx="12" cy="12" r="3" fill="currentcolor" />
    </>
  ),
  cross: <path d="m6 6 12 12M18 6 6 18" />,
  desk: (
    <path d="M3 14.5h18M5 14.5V20M19 14.5V20M12 4a2.6 2.6 0 1 1 0 5.2A2.6 2.6 0 0 1 12 4zM7.5 14.5a4.5 4.5 0 0 1 9 0" />
  ),
  ticket: (
    <path d="M4 6.5h16a1 1 0 0 1 1 1V10a2 2 0 0 0 0 4v2.5a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V14a2 2 0 0 0 0-4V7.5a1 1 0 0 1 1-1zM14.5 6.5v2M14.5 11v2M14.5 15.5v2" />
  ),
  phone: (
    <>
      <rect x="6.5" y="2.5" width="11" height="19" rx="2.5" />
      <path d="M11 18.3h2" />
    </>
  ),
  bell: <path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 21h4M12 5V3" />,
  clock: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7v5.2l3.5 2" />
    </>
  ),
  erase: <path d="M8.5 5.5H20a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H8.5L3 12zM11.5 9.5l5 5M16.5 9.5l-5 5" />,
  shift: <path d="M12 4 4.5 11.5H9V19h6v-7.5h4.5z" />,
  'new-line': <path d="M20 5v6.5a2 2 0 0 1-2 2H4.5M9 9l-4.5 4.5L9 18" />,
  interpreter: <path d="M3 5.5h9v7H8l-3 2.5v-2.5H3zM15 9.5h6v7h-2V19l-3-2.5h-4v-2" />,
  handover: <path d="M5 8.5a2.5 2.5 0 1 0 0-.1M2.5 19v-2.5A4.5 4.5 0 0 1 7 12M11 9h9M16.5 5.5 20 9l-3.5 3.5M11 16h9" />,
  'face-good': (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M7.8 13.5a4.6 4.6 0 0 0 8.4 0M9 9.2h.01M15 9.2h.01" />
    </>
  ),
  'face-so-so': (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M8 15h8M9 9.2h.01M15 9.2h.01" />
    </>
  ),
  'face-bad': (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M7.8 16.5a4.6 4.6 0 0 1 8.4 0M9 9.2h.01M15 9.2h.01" />
    </>
  ),
  languages: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M3 12h18M12 3c3 3 3.8 6 3.8 9s-.8 6-3.8 9c-3-3-3.8-6-3.8-9S9 6 12 3z" />
    </>
  ),
  keyboard: (
    <>
      <rect x="2.5" y="6" width="19" height="12.5" rx="2.5" />
      <path d="M6.5 10h.01M10 10h.01M13.5 10h.01M17.5 10h.01M6.5 14.5h.01M17.5 14.5h.01M9.5 14.5h5" />
    </>
  ),
  signing: (
    <path d="M8 12.5V6.2a1.3 1.3 0 0 1 2.6 0v5M10.6 11V4.8a1.3 1.3 0 0 1 2.6 0V11M13.2 11V5.8a1.3 1.3 0 0 1 2.6 0V14l2-2.4a1.4 1.4 0 0 1 2.2 1.7l-3.4 5.2A5.5 5.5 0 0 1 12 21c-3.4 0-5.6-2.4-5.6-5.6V9.2a1.3 1.3 0 0 1 2.6 0" />
  ),
  contrast: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path class="filled" d="M12 3a9 9 0 0 1 0 18z" />
    </>
  ),
  down: <path d="M12 4v15M5.5 12.5 12 19l6.5-6.5" />,
  up: <path d="M12 20V5M5.5 11.5 12 5l6.5 6.5" />,
  lower: <path d="M12 3v12M6.5 10 12 15.5 17.5 10M4 20h16" />,
  hear: <path d="M4 9.5h3.5L12 5.5v13l-4.5-4H4zM15.5 9a4.2 4.2 0 0 1 0 6M18.3 6.2a8.2 8.2 0 0 1 0 11.6" />,
  passport: (
    <>
      <rect x="5" y="3" width="14" height="18" rx="2.5" />
      <circle cx="12" cy="10.5" r="3.2" />
      <path d="M9 17.5h6" />
    </>
  ),
  moving: <path d="M3.5 11.5 12 4.5l8.5 7M6 10v9.5h12V10M10 19.5v-5.5h4v5.5" />,
  mitid: (
    <>
      <rect x="6.5" y="2.5" width="11" height="19" rx="2.5" />
      <path d="m9.8 11.5 1.7 1.7 3-3.4M11 18.3h2" />
    </>
  ),
  pension: (
    <>
      <path d="M4 8.5h14.5A1.5 1.5 0 0 1 20 10v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM4 8.5V7a2 2 0 0 1 1.6-2L15 3.5v5" />
      <path d="M16 14.2h.01" />
    </>
  ),
  authority: <path d="M3.5 9.5 12 4l8.5 5.5zM6 9.5v8M10 9.5v8M14 9.5v8M18 9.5v8M3.5 20h17" />,
  book: <path d="M12 6.5C10 5 7 4.5 4 4.5V18c3 0 6 .5 8 2 2-1.5 5-2 8-2V4.5c-3 0-6 .5-8 2zM12 6.5V20" />,
  homework: <path d="M4 20l1-4.5L16.5 4a2 2 0 0 1 2.8 0l.7.7a2 2 0 0 1 0 2.8L8.5 19zM14.5 6l3.5 3.5" />,
  events: (
    <>
      <rect x="3.5" y="5" width="17" height="15.5" rx="2.5" />
      <path d="M3.5 10h17M8 3v4M16 3v4M8 14h.01M12 14h.01M16 14h.01M8 17h.01M12 17h.01" />
    </>
  ),
  question: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M9.3 9.5a2.8 2.8 0 1 1 4.2 2.5c-.9.5-1.5 1.1-1.5 2.2M12 17.2h.01" />
    </>
  ),
} as const satisfies Record<string, ComponentChildren>

export type IconName = keyof typeof drawings

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      {drawings[name]}
    </svg>
  )
}
