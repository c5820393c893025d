/** The screens that nobody sees first, fetched together while the first one is looked at. */
export { Conversation } from './call/conversation.tsx'
export { Closed } from './closed/closed.tsx'
export { Goodbye } from './goodbye/goodbye.tsx'
export { Kept } from './ticket/kept.tsx'
export { TicketEntryScreen } from './ticket/ticket-entry.tsx'
export { Waiting } from './waiting/waiting.tsx'
export { StaffEntryScreen } from './staff/staff-entry.tsx'
export { StaffReady } from './staff/staff-ready.tsx'
