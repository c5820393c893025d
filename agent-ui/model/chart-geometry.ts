/** Where the marks of charts stand, in the units of their `viewBox`. Pure: no DOM, no colours, no words. */

/** Round steps from 0 to at least `max`, four or five of them: the lines of a scale. A scale of nothing goes to 1. */
export function scaleSteps(max: number): number[] {
  if (!(max > 0)) return [0, 1]
  const rough = max / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough)
  return Array.from({ length: Math.ceil(max / step - 1e-9) + 1 }, (_, i) => i * step)
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Bars side by side from the ground of `box` up, the tallest value of the scale as tall as the box. */
export function barsIn(box: Box, values: readonly number[], scaleMax: number, gapShare = 0.15): Box[] {
  const slot = box.width / Math.max(1, values.length)
  return values.map((value, i) => {
    const height = scaleMax > 0 ? (value / scaleMax) * box.height : 0
    return {
      x: box.x + (i + gapShare / 2) * slot,
      y: box.y + box.height - height,
      width: slot * (1 - gapShare),
      height,
    }
  })
}

/** Parts of one bar, one after the other, of a box that is as wide as `scaleMax`. */
export function stackedIn(box: Box, values: readonly number[], scaleMax: number): Box[] {
  let x = box.x
  return values.map((value) => {
    const width = scaleMax > 0 ? (value / scaleMax) * box.width : 0
    const part = { x, y: box.y, width, height: box.height }
    x += width
    return part
  })
}

/** How far right the point `i` of so many stands; a single one stands in the middle. */
export function placeAlong(box: Box, count: number, i: number): number {
  return count === 1 ? box.x + box.width / 2 : box.x + (i / (count - 1)) * box.width
}

/** The ground below a line of {@link linePath}, each piece of it closed at the foot of the box. */
export function areaPath(box: Box, line: string): string {
  const foot = box.y + box.height
  return line
    .split('M')
    .slice(1)
    .map((piece) => {
      const ends = piece.split('L').map((point) => point.split(' ')[0] ?? '')
      return `M${piece}L${ends.at(-1)} ${foot}L${ends[0]} ${foot}Z`
    })
    .join('')
}

/** The path of a line through values that stand at equal distances; where one is null, the line is broken. */
export function linePath(box: Box, values: readonly (number | null)[], scaleMax: number): string {
  let isPenDown = false
  return values
    .flatMap((value, i) => {
      if (value === null) {
        isPenDown = false
        return []
      }
      const x = placeAlong(box, values.length, i)
      const y = box.y + box.height * (1 - (scaleMax > 0 ? value / scaleMax : 0))
      const command = isPenDown ? 'L' : 'M'
      isPenDown = true
      return [`${command}${round(x)} ${round(y)}`]
    })
    .join('')
}

/**
 * Where a wait stands among buckets that are drawn equally wide: between the ends of its own bucket by its share of it. What
 * is longer than all bounds stands in the middle of the last one.
 */
export function placeAmongBuckets(box: Box, upToMs: readonly (number | null)[], waitMs: number): number {
  const slot = box.width / Math.max(1, upToMs.length)
  const at = upToMs.findIndex((end) => end === null || waitMs <= end)
  const bucket = at < 0 ? upToMs.length - 1 : at
  const end = upToMs[bucket]
  const start = bucket === 0 ? 0 : (upToMs[bucket - 1] ?? 0)
  const share = end === null || end === undefined ? 0.5 : (waitMs - start) / (end - start)
  return box.x + (bucket + share) * slot
}

/** How full a cell of a heat map is, from 0 (nothing) to `steps`: of the greatest value there is. */
export function heatStep(value: number | null, max: number, steps: number): number {
  if (value === null || value <= 0 || max <= 0) return 0
  return Math.min(steps, Math.max(1, Math.ceil((value / max) * steps)))
}

export interface FlowNode {
  readonly id: string
  readonly column: number
}
export interface FlowLink {
  readonly from: string
  readonly to: string
  readonly count: number
}
export interface PlacedNode extends FlowNode, Box {
  readonly count: number
}
export interface PlacedLink extends FlowLink {
  /** A band as wide as its count at both ends. */
  readonly path: string
  readonly width: number
}

const NODE_WIDTH = 12
const NODE_GAP = 14

/**
 * Nodes in columns, as tall as what flows through them, and bands between them. The order of `nodes` is the order from
 * top to bottom; nodes and links of nothing are left out. One scale for all columns, so that heights compare.
 */
export function flowIn(
  box: Box,
  nodes: readonly FlowNode[],
  links: readonly FlowLink[],
): { readonly nodes: PlacedNode[]; readonly links: PlacedLink[] } {
  const through = (id: string): number =>
    Math.max(sumOf(links.filter(({ from }) => from === id)), sumOf(links.filter(({ to }) => to === id)))
  const counted = nodes.map((node) => ({ ...node, count: through(node.id) })).filter(({ count }) => count > 0)
  const columns = [...new Set(counted.map(({ column }) => column))].toSorted((a, b) => a - b)
  const inColumn = (column: number) => counted.filter((node) => node.column === column)
  const scale = Math.min(
    ...columns.map((column) => {
      const those = inColumn(column)
      return (box.height - NODE_GAP * (those.length - 1)) / those.reduce((sum, { count }) => sum + count, 0)
    }),
  )
  const last = columns.at(-1) ?? 0
  const placed = columns.flatMap((column) => {
    let y = box.y
    return inColumn(column).map((node): PlacedNode => {
      const height = node.count * scale
      const x = last === 0 ? box.x : box.x + (column / last) * (box.width - NODE_WIDTH)
      const at = { ...node, x, y, width: NODE_WIDTH, height }
      y += height + NODE_GAP
      return at
    })
  })
  return { nodes: placed, links: bandsOf(placed, links, scale) }
}

/** Bands leave and enter their nodes in the order of the nodes on the other side, so that they cross as little as may be. */
function bandsOf(nodes: readonly PlacedNode[], links: readonly FlowLink[], scale: number): PlacedLink[] {
  const index = new Map(nodes.map((node, i) => [node.id, i]))
  const nodeOf = (id: string) => nodes[index.get(id) ?? -1]
  const order = (id: string): number => index.get(id) ?? 0
  const drawn = links.filter(({ from, to, count }) => count > 0 && index.has(from) && index.has(to))
  const starts = new Map<FlowLink, number>()
  const ends = new Map<FlowLink, number>()
  for (const node of nodes) {
    const out = drawn.filter(({ from }) => from === node.id).toSorted((a, b) => order(a.to) - order(b.to))
    const into = drawn.filter(({ to }) => to === node.id).toSorted((a, b) => order(a.from) - order(b.from))
    for (const [list, tops] of [[out, starts] as const, [into, ends] as const]) {
      let y = node.y
      for (const link of list) {
        tops.set(link, y)
        y += link.count * scale
      }
    }
  }
  return drawn.map((link) => {
    const width = link.count * scale
    const from = { x: (nodeOf(link.from)?.x ?? 0) + NODE_WIDTH, y: starts.get(link) ?? 0 }
    const to = { x: nodeOf(link.to)?.x ?? 0, y: ends.get(link) ?? 0 }
    return { ...link, width, path: bandPath(from, to, width) }
  })
}

function bandPath(from: { x: number; y: number }, to: { x: number; y: number }, width: number): string {
  const middle = round((from.x + to.x) / 2)
  const [x1, y1, x2, y2, w] = [from.x, from.y, to.x, to.y, width].map(round) as [number, number, number, number, number]
  return (
    `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}` +
    `V${round(y2 + w)}C${middle} ${round(y2 + w)} ${middle} ${round(y1 + w)} ${x1} ${round(y1 + w)}Z`
  )
}

const sumOf = (links: readonly FlowLink[]): number => links.reduce((sum, { count }) => sum + count, 0)
const round = (value: number): number => Math.round(value * 10) / 10
