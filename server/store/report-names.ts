/** What the ids in reports are called. Read with each question: places are added while the server runs. */
import type { ReportNames } from '#server/contract/reports.ts'
import type { Database } from './database.ts'

type Named = ReportNames['queue'][number]

/** The names of every dimension, ordered by id; those that were retired too, because reports of last year have them. */
export async function loadReportNames(db: Database): Promise<ReportNames> {
  const [services, matters, queues, sites, districts, centres] = await Promise.all([
    db.selectFrom('services').selectAll().orderBy('service_id').execute(),
    db.selectFrom('matters').select(['matter_id', 'labels']).orderBy('matter_id').execute(),
    db
      .selectFrom('queues')
      .innerJoin('services', 'services.service_id', 'queues.service_id')
      .select(['queue_id', 'labels', 'language'])
      .orderBy('queue_id')
      .execute(),
    db.selectFrom('sites').select(['site_id', 'name']).orderBy('site_id').execute(),
    db.selectFrom('districts').selectAll().orderBy('district_id').execute(),
    db.selectFrom('centres').selectAll().orderBy('centre_id').execute(),
  ])
  return {
    service: services.map(({ service_id: id, labels }) => ({ id, labels, language: null })),
    matter: matters.map(({ matter_id: id, labels }) => ({ id, labels, language: null })),
    queue: queues.map(({ queue_id: id, labels, language }) => ({ id, labels, language })),
    site: sites.map(({ site_id: id, name }) => named(id, name)),
    district: districts.map(({ district_id: id, name }) => named(id, name)),
    centre: centres.map(({ centre_id: id, name }) => named(id, name)),
    language: [...new Set(queues.map(({ language }) => language))]
      .toSorted()
      .map((language) => ({ ...named(language, language), language })),
  }
}

/** Places are called the same in every language. */
const named = (id: string, name: string): Named => ({ id, labels: { da: name, en: name }, language: null })
