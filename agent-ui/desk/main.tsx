/** The desk: the agent's page. */
import { render } from 'preact'
import '../styles/base.css'
import '../styles/whole-pages.css'
import '../styles/desk.css'
import '../styles/offer.css'
import '../styles/call.css'
import '../styles/call-window.css'
import '../styles/still.css'
import '../styles/people.css'
import '../styles/text-pane.css'
import '../styles/wrap-up.css'
import '../styles/my-calls.css'
import '../styles/show.css'
import '../styles/explanation.css'
import '../styles/knowledge.css'
import '../styles/remarks.css'
import '../styles/beside.css'
import '../styles/desk-fit.css'
import { loadAccount } from '../session/account.ts'
import { startClock } from '../session/server-clock.ts'
import { Desk } from './desk.tsx'
import { followBeside, isAsking } from '../beside/beside-state.ts'
import { followAbsences } from './absence.tsx'
import { followAccount, pending } from './desk-state.ts'
import { keepFocus } from './focus-keeper.ts'
import { callAttention } from './attention.ts'
import { followBlur } from './background-blur.tsx'
import { followCallWindow } from './call-window.tsx'
import { followCalls } from './call-media.ts'
import { listenForShortcuts } from './shortcuts.ts'
import { followWindow } from './window-share.ts'
import { followWrapUps } from './wrap-up-state.ts'

const page = document.getElementById('page')
if (page === null) throw new Error('the page has no place to draw in')

startClock()
followAccount()
followAbsences()
followBeside()
followCalls()
followWindow()
callAttention()
followBlur()
followWrapUps()
listenForShortcuts(document)
followCallWindow()
keepFocus({ page, isBusy: () => pending.peek() !== null || isAsking.peek() })
render(<Desk />, page)
void loadAccount()
