/** The screens of a conversation in which something is shown beside the picture. */
import type { Shown, ShownId } from '#server/contract/shown.ts'
import type { State } from './state.ts'
import { sees, talk, tap, type Stage } from './ways.ts'

const shownId = '00000000-0000-4000-8000-000000000001' as ShownId

/** In the citizen's own language, whatever the screen speaks. */
export const shownText: Shown = {
  kind: 'text',
  shownId,
  language: 'ar',
  title: 'جواز سفر جديد',
  body: [
    'تحتاج إلى **موعد** قبل أن تأتي.',
    '',
    '1. احجز موعداً على borger.dk.',
    '2. أحضر جواز سفرك القديم وصورة.',
    '3. ادفع في المكان.',
    '',
    '## بعد ذلك',
    'يصل الجواز بالبريد خلال أسبوعين.',
  ].join('\n'),
}

export const shownPage: Shown = {
  kind: 'page',
  shownId,
  language: 'da',
  title: 'Bestil tid til pas',
  url: 'https://www.borger.dk/pas/bestil-tid',
}

/** What the picture of it is, comes over the SFU. */
const shownWindow: Shown = { kind: 'window', shownId, language: 'da' }

async function share(stage: Stage): Promise<void> {
  await talk(stage)
  const here = { shown: shownWindow, byFirstName: 'Amal', byParticipantId: 'agent-amal' }
  stage.server.converse({ shown: here })
  await sees(stage, 'display.window', { name: 'Amal' })
}

/** Runs in the page: there is no SFU here, so that a window with some lines in it is drawn in place of the one that would come. */
function drawWindow(): void {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width: 1280, height: 800 })
  const pen = canvas.getContext('2d')
  if (pen === null) return
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, 1280, 800)
  pen.fillStyle = '#25406b'
  pen.fillRect(0, 0, 1280, 90)
  for (let line = 0; line < 9; line += 1) pen.fillRect(80, 170 + line * 64, 400 + ((line * 311) % 700), 22)
  const video = document.querySelector<HTMLVideoElement>('.shown-frame video')
  if (video !== null) video.srcObject = canvas.captureStream(5)
}

/** Shows it, and points at the third thing from the top. */
async function show(stage: Stage, shown: Shown): Promise<void> {
  await talk(stage)
  stage.server.converse({ shown: { shown, byFirstName: 'Amal' } })
  await sees(stage, 'display.by', { name: 'Amal' })
  stage.server.move({ shownId: shown.shownId, pointer: { block: 2, x: 0.5, y: 0.5 } })
  await stage.page.waitForSelector('.hand')
}

/** Two lines of captions, as long as they can be. */
async function caption(stage: Stage): Promise<void> {
  await talk(stage)
  stage.server.caption('Amal', 'Du skal have et nyt billede med, og dit gamle pas, når du kommer på fredag', true)
  stage.server.caption('Fadumo', 'Waxaad u baahan tahay sawir cusub iyo baasaboorkaagii hore')
  await sees(stage, 'captions.hide')
}

export const shownStates: readonly State[] = [
  { name: 'captions under the picture', reach: caption },
  {
    name: 'captions that the citizen has hidden',
    reach: async (stage) => {
      await caption(stage)
      await tap(stage, 'captions.hide')
      await sees(stage, 'captions.show')
    },
  },
  {
    name: 'a window is shared',
    reach: async (stage) => {
      await share(stage)
      await stage.page.evaluate(drawWindow)
      await stage.page.waitForSelector('.shown-frame:not([hidden])')
      stage.server.move({ shownId, pointer: { block: 0, x: 0.3, y: 0.3 } })
      await stage.page.waitForSelector('.hand')
    },
  },
  {
    name: 'a window is shared and on its way, in writing',
    reach: async (stage) => {
      await share(stage)
      await tap(stage, 'text-line.show')
      await stage.page.waitForSelector('[role=log]')
    },
  },
  { name: 'a text is shown', reach: (stage) => show(stage, shownText) },
  {
    name: 'a text is shown, in writing',
    reach: async (stage) => {
      await show(stage, shownText)
      await tap(stage, 'text-line.show')
      await stage.page.waitForSelector('[role=log]')
    },
  },
  {
    name: 'a text is shown, in writing, while an interpreter is looked for',
    reach: async (stage) => {
      await show(stage, shownText)
      stage.server.look({}, 20_000)
      await sees(stage, 'joining.decline')
      await tap(stage, 'text-line.show')
      await stage.page.waitForSelector('[role=log]')
    },
  },
]
