/** A time with its day, by Copenhagen's clock: `27. nov. 10.15`. */
import { dayTimeText } from '../model/copenhagen-time.ts'
import { formatTag } from '../text/language.ts'

export const whenText = (at: number): string => dayTimeText(at, formatTag())
