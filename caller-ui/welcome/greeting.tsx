/** The picture that says, without a word: behind this screen is a person who talks with you. */
import './greeting.css'

export function Greeting() {
  return (
    <svg class="greeting" viewBox="0 0 640 440" aria-hidden="true">
      <rect class="frame" x="70" y="18" width="500" height="330" rx="44" />
      <path class="stand" d="M270 348h100l18 56H252zM196 404h248a14 14 0 0 1 0 28H196a14 14 0 0 1 0-28z" />
      <clipPath id="greeting-screen">
        <rect x="88" y="36" width="464" height="294" rx="30" />
      </clipPath>
      <g clip-path="url(#greeting-screen)">
        <rect class="wall" x="88" y="36" width="464" height="294" />
        <circle class="sun" cx="320" cy="210" r="150" />
        <path class="coat" d="M172 340c4-62 48-92 148-92s144 30 148 92z" />
        <path class="collar" d="M284 244h72v22c0 18-16 34-36 34s-36-16-36-34z" />
        <path class="skin" d="M294 214h52v46c0 14-11 25-26 25s-26-11-26-25z" />
        <ellipse class="skin" cx="320" cy="166" rx="57" ry="67" />
        <path
          class="hair"
          d="M258 176c-10-66 20-100 64-100 42 0 72 32 61 98-4-26-14-44-30-52-26 12-62 14-78 6-10 10-15 26-17 48z"
        />
        <path class="headset" d="M256 168c-2-56 26-92 64-92s66 36 64 92" />
        <rect class="ear" x="244" y="156" width="22" height="44" rx="11" />
        <rect class="ear" x="374" y="156" width="22" height="44" rx="11" />
        <path class="headset" d="M385 198c0 24-18 34-44 36" />
        <circle class="mouthpiece" cx="338" cy="234" r="8" />
        <circle class="eye" cx="299" cy="168" r="5.5" />
        <circle class="eye" cx="341" cy="168" r="5.5" />
        <path class="smile" d="M298 196c10 14 34 14 44 0" />
        <path class="arm" d="M452 340c14-44 22-66 22-104" />
        <path
          class="hand"
          d="M452 206c-6-18 10-26 15-12l4 12-2-38c0-13 17-13 18 0l2 30 4-34c2-12 18-10 17 2l-3 36 9-24c5-11 19-5 15 7l-14 46c-6 20-18 29-36 27-16-2-22-16-29-52z"
        />
      </g>
      <path
        class="bubble"
        d="M54 44h112a34 34 0 0 1 34 34v38a34 34 0 0 1-34 34h-8l4 34-38-34H54a34 34 0 0 1-34-34V78a34 34 0 0 1 34-34z"
      />
      <path class="dots" d="M74 97h.01M110 97h.01M146 97h.01" />
    </svg>
  )
}
