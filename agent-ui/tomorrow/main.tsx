/** A day to come: the calls that are expected, the agents that they need. */
import { render } from 'preact'
import '../styles/base.css'
import '../styles/whole-pages.css'
import '../styles/board.css'
import '../styles/figures.css'
import '../styles/reports.css'
import '../styles/report-charts.css'
import '../styles/tomorrow.css'
import { loadAccount } from '../session/account.ts'
import { TomorrowPage } from './tomorrow-page.tsx'
import { followAccount, followAddress } from './tomorrow-state.ts'

const page = document.getElementById('page')
if (page === null) throw new Error('the page has no place to draw in')

followAccount()
followAddress()
render(<TomorrowPage />, page)
void loadAccount()
