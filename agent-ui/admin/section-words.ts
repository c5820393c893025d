/** What the parts of the page are called, and in which order and groups they stand. */
import type { Section } from './place.ts'

export const sectionWords = {
  sites: 'admin.sites',
  kiosks: 'admin.kiosks',
  hours: 'admin.hours',
  services: 'admin.services',
  matters: 'admin.matters',
  people: 'admin.people',
  staff: 'admin.staff',
  owners: 'admin.owners',
  centres: 'admin.centres',
  districts: 'admin.districts',
  phones: 'admin.phones',
  retention: 'admin.retention',
  policy: 'admin.policy',
  text: 'admin.text',
  changes: 'admin.changes',
} as const satisfies Record<Section, string>

export const groups = [
  { words: 'admin.groupPlaces', sections: ['sites', 'kiosks', 'hours', 'districts'] },
  { words: 'admin.groupMatters', sections: ['services', 'matters', 'phones'] },
  { words: 'admin.groupPeople', sections: ['people', 'staff', 'owners', 'centres'] },
  { words: 'admin.groupRules', sections: ['policy', 'retention'] },
  { words: 'admin.groupWhole', sections: ['text', 'changes'] },
] as const satisfies readonly { words: string; sections: readonly Section[] }[]
