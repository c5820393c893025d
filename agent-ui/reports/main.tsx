/** The reports page: any time, by anything that is counted. */
import { render } from 'preact'
import '../styles/base.css'
import '../styles/whole-pages.css'
import '../styles/board.css'
import '../styles/figures.css'
import '../styles/reports.css'
import '../styles/report-charts.css'
import '../styles/report-mails.css'
import { loadAccount } from '../session/account.ts'
import { ReportsPage } from './reports-page.tsx'
import { followAccount, followAddress } from './reports-state.ts'

const page = document.getElementById('page')
if (page === null) throw new Error('the page has no place to draw in')

followAccount()
followAddress()
render(<ReportsPage />, page)
void loadAccount()
