/** How the city is configured: lists and forms, the whole as text, and who changed what. */
import { render } from 'preact'
import '../styles/base.css'
import '../styles/whole-pages.css'
import '../styles/board.css'
import '../styles/figures.css'
import '../styles/city-map.css'
import '../styles/notices.css'
import '../styles/admin.css'
import '../styles/admin-text.css'
import { loadAccount } from '../session/account.ts'
import { AdminPage } from './admin-page.tsx'
import { followAccount } from './admin-state.ts'
import { followAddress } from './place.ts'

const page = document.getElementById('page')
if (page === null) throw new Error('the page has no place to draw in')

followAccount()
followAddress()
render(<AdminPage />, page)
void loadAccount()
