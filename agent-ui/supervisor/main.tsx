/** The supervisor's page: the floor, live; one call; the rules. */
import { render } from 'preact'
import '../styles/base.css'
import '../styles/whole-pages.css'
import '../styles/board.css'
import '../styles/explanation.css'
import '../styles/rules.css'
import '../styles/notices.css'
import '../styles/remarks.css'
import '../styles/city-map.css'
import '../styles/wall.css'
import { loadAccount } from '../session/account.ts'
import { startClock } from '../session/server-clock.ts'
import { followAccount } from './floor-state.ts'
import { followAddress } from './shown-page.ts'
import { soundWarnings } from './warning-sound.ts'
import { SupervisorPage } from './supervisor-page.tsx'

const page = document.getElementById('page')
if (page === null) throw new Error('the page has no place to draw in')

startClock()
followAccount()
followAddress()
soundWarnings()
render(<SupervisorPage />, page)
void loadAccount()
