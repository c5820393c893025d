/** Urdu is read in Nastaliq, whose font is as large as all the others together: it comes with the words. */
import '@fontsource/noto-nastaliq-urdu/400.css'
import '@fontsource/noto-nastaliq-urdu/600.css'

export { messages } from './ur.po'
