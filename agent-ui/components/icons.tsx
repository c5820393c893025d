/** Small line drawings. All are decoration: the words beside them carry the meaning. */
import type { JSX } from 'preact'

const paths = {
  check: 'M4.5 12.5l5 5 10-11',
  pause: 'M8.5 5.5v13M15.5 5.5v13',
  clock: 'M12 7v5.2l3.4 2M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17z',
  warning: 'M12 9v4.5M12 16.8v.2M12 3.8L2.8 19.6h18.4z',
  phone:
    'M6.5 3.5l3 .6 1.3 4-2 1.7a13 13 0 005.4 5.4l1.7-2 4 1.3.6 3' +
    'c-.2 1.7-1.3 3-3 3C10.5 20 4 13.5 3.5 6.5c0-1.7 1.3-2.8 3-3z',
  hangUp: 'M3 14.5c5-5 13-5 18 0l-2.5 2.8-3.8-1.6v-2.5a11 11 0 00-5.4 0v2.5l-3.8 1.6z',
  microphone: 'M12 3.5a3 3 0 00-3 3v5a3 3 0 006 0v-5a3 3 0 00-3-3zM5.5 11a6.5 6.5 0 0013 0M12 17.5v3',
  microphoneOff:
    'M9 9v2.5a3 3 0 004.5 2.6M15 11V6.5a3 3 0 00-5.7-1.3M5.5 11a6.5' +
    ' 6.5 0 009.8 5.6M18.5 11a6.5 6.5 0 01-.8 3M12 17.5v3M4 4l16 16',
  camera: 'M3.5 6.5h11v11h-11zM14.5 10.5l6-3v9l-6-3',
  cameraOff: 'M8 6.5h6.5V13M14.5 17.5h-11v-11H5M14.5 10.5l6-3v9M4 4l16 16',
  picture: 'M4 5.5h16v13H4zM4 15.5l4.5-4.5 4 4 2.5-2.5 5 5M15.5 8.5v.2',
  person: 'M12 4a4 4 0 100 8 4 4 0 000-8zM4.5 20c.8-4 3.8-6 7.5-6s6.7 2 7.5 6',
  place:
    'M12 20.5s6.5-6 6.5-10.8a6.5 6.5 0 00-13 0C5.5 14.5 12 20.5 12 20.5zM12 7.5a2.3 2.3 0 100 4.6 2.3 2.3 0 000-4.6z',
  speech: 'M4 5h16v11h-9l-4 3.5V16H4z',
  offline: 'M4 4l16 16M8.5 15a5 5 0 017 0M5.5 12a9 9 0 014-2.3M18.5 12a9 9 0 00-5-2.5M12 18.5v.2',
  signal: 'M5 18v-3M10 18v-6M15 18V9M20 18V5',
  signOut: 'M10 4.5H5.5v15H10M14 8l4 4-4 4M18 12H9.5',
  book: 'M12 6.5C10 5 7 4.5 3.5 5v13.5c3.5-.5 6.5 0 8.5 1.5 2-1.5 5-2 8.5-1.5V5C17 4.5 14 5 12 6.5zM12 6.5V20',
  more: 'M9 6l6 6-6 6',
  back: 'M15 6l-6 6 6 6',
  screen: 'M3.5 5h17v11h-17zM9 20h6M12 16v4M12 13V8M9.5 10.5L12 8l2.5 2.5',
  apart: 'M9 6.5H4v13h13v-5M12 4h8v8M20 4l-9 9',
  menu: 'M4 7h16M4 12h16M4 17h16',
} as const

export type IconName = keyof typeof paths

/** An icon in the colour and size of the text around it. */
export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}
