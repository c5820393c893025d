/** What happens next, in three short steps, and who it will be. */
import { whoAnswers } from '../model/who-answers.ts'
import type { WaitingScreen } from '../model/waiting-screen.ts'
import { endonymOf, t } from '../text/language.ts'
import './next-steps.css'

export function NextSteps({ screen }: { readonly screen: WaitingScreen }) {
  return (
    <>
      <h2 id="next">{t('next.title')}</h2>
      <ol class="next-steps" aria-labelledby="next">
        <li>{t(screen.device === 'phone' ? 'next.wait-phone' : 'next.wait')}</li>
        <li>{whoWords(screen)}</li>
        <li>{t('next.talk')}</li>
      </ol>
    </>
  )
}

function whoWords(screen: WaitingScreen): string {
  const who = whoAnswers(screen)
  switch (who.kind) {
    case 'anyone':
      return t('next.anyone')
    case 'speaks':
      return t('next.speaks', { language: endonymOf(who.language) })
    case 'with-interpreter':
      return t('next.with-interpreter')
    case 'signs':
      return t('next.signs')
    case 'writes':
      return t('next.writes')
  }
}
