/** What Prometheus reads: a dashboard that asks for nothing that is not there, and nobody's name. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import t from 'tap'
import { parse } from 'yaml'
import { openFigures } from './figures.ts'
import { countOverdue } from './job-metrics.ts'
import { openMetrics, type Gauges } from './metrics.ts'

const gauges: Gauges = {
  waiting: 3,
  offered: 1,
  connected: 2,
  agentsSignedIn: 4,
  sfusConnected: 1,
  kiosksSilent: 0,
  kiosksFaulty: 0,
  isClosing: false,
  queues: [{ queueId: 'citizen.da', waitingCount: 3, agentsReadyCount: 0, longestWaitS: 61 }],
  sockets: { caller: 7, agent: 4, supervisor: 1 },
}

const never = (): never => {
  throw new Error('nothing is loaded here')
}

const openAll = () => {
  let now = gauges
  const metrics = openMetrics(() => now)
  metrics.timed({ load: async () => never(), append: async () => undefined, keepSnapshot: async () => undefined })
  let overdue: () => Promise<string[]> = async () => ['figures', 'webhooks']
  countOverdue(metrics.registry, () => overdue())
  const lose = () => (overdue = () => Promise.reject(new Error('the database does not answer')))
  return { metrics, set: (next: Gauges) => (now = next), lose }
}

type Panel = { readonly title: string; readonly targets: readonly { readonly expr: string }[] }

const root = resolve(import.meta.dirname, '../..')

/** What server, SFU and jobs give, by its name: a counter, a gauge or a histogram. */
async function typesGiven(): Promise<Map<string, string>> {
  const text = await openAll().metrics.registry.metrics()
  const types = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]))
  // The SFU's own names stand in its source and nowhere else: it cannot be started without its workers.
  const sfu = readFileSync(resolve(root, 'sfu/app.ts'), 'utf8')
  for (const [name] of sfu.matchAll(/skranke_sfu_\w+/g)) types.set(name, name.endsWith('_total') ? 'counter' : 'gauge')
  return types
}

t.test('every alert asks for what there is, of whom the file says that they are read', async (t) => {
  const read = (name: string): unknown => parse(readFileSync(resolve(root, 'docs/operations', name), 'utf8'))
  const { groups } = read('alerts.yml') as { groups: { rules: { alert: string; expr: string; for?: string }[] }[] }
  const { scrape_configs: targets } = read('prometheus.yml') as { scrape_configs: { job_name: string }[] }
  const jobs = targets.map(({ job_name: name }) => name)
  t.same(jobs, ['skranke-server', 'skranke-sfu', 'skranke-jobs'])
  const types = await typesGiven()
  const rules = groups.flatMap((group) => group.rules)
  t.ok(rules.length >= 8)
  for (const { alert, expr } of rules) {
    const names = expr.match(/\b(?:skranke|nodejs|process)_\w+/g) ?? []
    for (const name of names) t.ok(types.has(name.replace(/_bucket$/, '')), `${alert}: ${name}`)
    for (const [, job = ''] of expr.matchAll(/\bjob="([^"]+)"/g)) t.ok(jobs.includes(job), `${alert}: ${job}`)
    t.ok(names.length > 0 || expr.startsWith('up{'), alert)
  }
})

t.test('every query of the dashboard names what the server or the SFU gives', async (t) => {
  const file = readFileSync(resolve(root, 'docs/operations/grafana-dashboard.json'), 'utf8')
  const { panels } = JSON.parse(file) as { panels: readonly Panel[] }
  const types = await typesGiven()
  let queryCount = 0
  for (const { title, targets } of panels) {
    for (const { expr } of targets) {
      const names = expr.match(/\b(?:skranke|nodejs|process)_\w+/g) ?? []
      t.ok(names.length > 0, `${title}: a query`)
      queryCount += 1
      for (const name of names) {
        const base = types.has(name) ? name : name.replace(/_(bucket|sum|count)$/, '')
        t.ok(types.has(base), `${title}: ${name}`)
        if (base !== name) t.equal(types.get(base), 'histogram', `${name} is part of a histogram`)
        const isCounted = new RegExp(`(rate|increase)\\(${name}\\b`).test(expr)
        if (types.get(base) === 'counter') t.ok(isCounted, `${name} only grows, so its rate is shown`)
      }
    }
  }
  t.ok(queryCount > 25, `${queryCount} queries`)
  const shown = JSON.stringify(panels)
  const own = [...types.keys()].filter((name) => name.startsWith('skranke_'))
  t.same(
    own.filter((name) => !shown.includes(name)),
    [],
    'and nothing of ours is left out',
  )
})

t.test('what is counted', async (t) => {
  const { metrics, set, lose } = openAll()
  const told: unknown[] = []
  const audience = metrics.counted({ changed: (change) => void told.push(change) })
  const nothing = { calls: new Set<string>(), agents: new Set<string>(), queues: new Set<string>() }
  const change = { ...nothing, ended: [{ outcome: 'answered' }], offers: [{}, {}] } as never
  audience.changed(change)
  t.same(told, [change], 'whoever watches is told all the same')
  metrics.jobRan('figures', 0.2, true)
  metrics.jobRan('figures', 0.2, false)
  const text = await metrics.registry.metrics()
  for (const line of [
    'skranke_offers_made_total 2',
    'skranke_calls_ended_total{outcome="answered"} 1',
    'skranke_job_faults_total{background_job="figures"} 1',
    'skranke_job_seconds_count{background_job="figures"} 2',
    'skranke_jobs_overdue 2',
    'skranke_queue_longest_wait_seconds{queue="citizen.da"} 61',
    'skranke_sockets{namespace="caller"} 7',
    'skranke_closing 0',
  ]) {
    t.ok(text.split('\n').includes(line), line)
  }
  set({ ...gauges, isClosing: true, queues: [] })
  lose()
  const later = await metrics.registry.metrics()
  t.match(later, /^skranke_closing 1$/m)
  t.match(later, /^skranke_jobs_overdue Nan$/m, 'nobody knows')
  t.notMatch(later, /citizen\.da/, 'a queue that is gone says nothing')
})

t.test('they are read on a port of their own, and nothing else is there', async (t) => {
  const { registry } = openAll().metrics
  t.equal(await openFigures({ metricsHost: '127.0.0.1', metricsPort: 0 }, registry), undefined)
  const taken = await openPort(t)
  t.match(await (await fetch(`${taken.url}/metrics`)).text(), /^skranke_calls_waiting 3$/m)
  for (const path of ['/', '/metrics/', '/metrics?x', '/health/live']) {
    t.equal((await fetch(taken.url + path)).status, 404, path)
  }
  t.equal((await fetch(`${taken.url}/metrics`, { method: 'POST' })).status, 404)
  await t.rejects(
    openFigures({ metricsHost: '127.0.0.1', metricsPort: taken.port }, registry),
    /SKRANKE_SERVER_METRICS_PORT/,
  )

  async function openPort(t: { teardown(work: () => unknown): void }) {
    for (let port = 19_464; ; port += 7) {
      const opened = await openFigures({ metricsHost: '127.0.0.1', metricsPort: port }, registry).catch(() => undefined)
      if (opened === undefined) continue
      t.teardown(() => opened.close())
      return { port, url: `http://127.0.0.1:${port}` }
    }
  }
})
