/** The figures page: how it went. */
import { render } from 'preact'
import '../styles/base.css'
import '../styles/whole-pages.css'
import '../styles/board.css'
import '../styles/figures.css'
import { loadAccount } from '../session/account.ts'
import { startClock } from '../session/server-clock.ts'
import { FiguresPage } from './figures-page.tsx'
import { followAccount } from './figures-state.ts'

const page = document.getElementById('page')
if (page === null) throw new Error('the page has no place to draw in')

startClock()
followAccount()
render(<FiguresPage />, page)
void loadAccount()
