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

/** Shows it, and points at the third thing from the top. */
async function show(stage: Stage, shown: Shown): Promise<void> {
  await talk(stage)
  stage.server.converse({ shown: { shown, byFirstName: 'Amal' } })
  await sees(stage, 'display.by', { name: 'Amal' })
  stage.server.move({ shownId: shown.shownId, pointer: { block: 2, x: 0.5, y: 0.5 } })
  await stage.page.waitForSelector('.hand')
}

export const shownStates: readonly State[] = [
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
