/** From what was asked for, over how the wait ended, to what was said of the matter: bands as wide as the calls in them. */
import type { JSX } from 'preact'
import type { ReportReply } from '#server/contract/reports.ts'
import { flowIn, type Box, type PlacedNode } from '../model/chart-geometry.ts'
import { flowOf, OTHERS, type FlowNodeName } from '../model/report-charts.ts'
import { t } from '../text/language.ts'
import { nameText } from '../text/report-text.ts'
import { ChartTable } from './chart-table.tsx'
import { ChartPicture } from './chart-picture.tsx'
import { countText, shareText } from './figure-text.ts'
import { names } from './reports-state.ts'

const HEIGHT_PX = 380
/** Beside the last column there is room for its words. */
const boxIn = (widthPx: number): Box => ({ x: 4, y: 8, width: widthPx - 220, height: HEIGHT_PX - 20 })
/** Three columns with their words, side by side. */
const LEAST_WIDTH_PX = 640
/** Counts are the same at any width. */
const ANY_BOX = boxIn(LEAST_WIDTH_PX)

const nodeWords = {
  answered: 'figure.answered',
  abandoned: 'figure.abandoned',
  flowedOut: 'reportFigure.flowedOut',
  stillWaiting: 'report.stillWaiting',
  solved: 'report.solved',
  notSolved: 'report.notSolved',
  notSaid: 'report.notSaid',
} as const satisfies Record<FlowNodeName, string>

function nodeText(id: string): string {
  if (id in nodeWords) return t(nodeWords[id as FlowNodeName])
  const from = id.slice('from/'.length)
  return from === OTHERS ? t('report.others') : nameText(names.value, 'matter', from)
}

export function FlowChart({ reply }: { reply: ReportReply }): JSX.Element {
  const { nodes, links } = flowOf(reply.rows)
  const placed = flowIn(ANY_BOX, nodes, links)
  const offered = reply.total.sums['offered'] ?? 0
  if (offered === 0) return <p class="chart-missing quiet">{t('figures.empty')}</p>
  const counted = (id: string): number => placed.nodes.find((node) => node.id === id)?.count ?? 0
  const answered = counted('answered')
  const summary = t('report.flowSummary', {
    offered: countText(offered),
    answered: shareText(answered / offered),
    abandoned: shareText(counted('abandoned') / offered),
    solved: answered > 0 ? shareText(counted('solved') / answered) : '–',
  })
  return (
    <figure class="report-chart">
      <ChartPicture heightPx={HEIGHT_PX} leastWidthPx={LEAST_WIDTH_PX} summary={summary}>
        {(widthPx) => {
          const drawn = flowIn(boxIn(widthPx), nodes, links)
          return (
            <>
              {drawn.links.map(({ from, to, count, path }) => (
                <path key={`${from} ${to}`} class={`band band-${to}`} d={path}>
                  <title>{`${nodeText(from)} → ${nodeText(to)}: ${countText(count)} (${shareText(count / offered)})`}</title>
                </path>
              ))}
              {drawn.nodes.map((node) => (
                <Node key={node.id} node={node} words={nodeText(node.id)} />
              ))}
            </>
          )
        }}
      </ChartPicture>
      <figcaption>
        <p>{summary}</p>
      </figcaption>
      <ChartTable
        caption={t('report.flow')}
        head={[t('report.flowStep'), t('figure.offered'), t('report.share')]}
        rows={placed.links.map(({ from, to, count }) => [
          `${nodeText(from)} → ${nodeText(to)}`,
          count,
          shareText(count / offered),
        ])}
      />
    </figure>
  )
}

interface NodeProps {
  readonly node: PlacedNode
  readonly words: string
}

function Node({ node: { id, x, y, width, height, count }, words }: NodeProps): JSX.Element {
  return (
    <g>
      <rect class={`node node-${id.startsWith('from/') ? 'from' : id}`} x={x} y={y} width={width} height={height} />
      <text class="node-words" x={x + width + 6} y={y + height / 2 + 4}>
        {words} <tspan class="node-count">{countText(count)}</tspan>
      </text>
    </g>
  )
}
