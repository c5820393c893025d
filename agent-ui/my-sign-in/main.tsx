/** One's own sign-in: the password, the code, and where one is signed in. */
import { render } from 'preact'
import '../styles/base.css'
import '../styles/whole-pages.css'
import '../styles/figures.css'
import '../styles/my-sign-in.css'
import { loadAccount } from '../session/account.ts'
import { MySignInPage } from './my-sign-in-page.tsx'
import { followAccount } from './my-sign-in-state.ts'

const page = document.getElementById('page')
if (page === null) throw new Error('the page has no place to draw in')

followAccount()
render(<MySignInPage />, page)
void loadAccount()
