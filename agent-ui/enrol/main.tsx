/** A kiosk's screen that is nobody yet: the code by which somebody says which kiosk it is. */
import { render } from 'preact'
import '../styles/base.css'
import '../styles/whole-pages.css'
import '../styles/enrol.css'
import { EnrolPage } from './enrol-page.tsx'
import { startEnrolment } from './enrol-state.ts'

const page = document.getElementById('page')
if (page === null) throw new Error('the page has no place to draw in')

render(<EnrolPage />, page)
void startEnrolment()
