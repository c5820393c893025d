/** Whether a call would get through from here, tried before the first one: made-up sound and picture to an SFU and back. */
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import { tryWay, type WayFound } from '#sfu/client/try-way.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import { Icon } from '../components/icons.tsx'
import { judgeWay } from '../model/way.ts'
import { formatTag, t } from '../text/language.ts'
import { askPathTest, sayPathTested } from './desk-state.ts'

type Tried = { readonly kind: 'running' | 'not-tried' } | { readonly kind: 'tried'; readonly found: WayFound }

const tried = signal<Tried>({ kind: 'running' })

/** Tries by itself, once for each time it is shown, and again when asked. */
export function PathCheck(): JSX.Element {
  useEffect(() => {
    const stopper = new AbortController()
    void tryPath(stopper.signal)
    return () => stopper.abort()
  }, [])
  const { tone, icon, words } = shownOf(tried.value)
  return (
    <div class="path-check">
      <p id="path-title">{t('path.title')}</p>
      <p class={`path-words ${tone}`} role="status">
        <Icon name={icon} />
        <span>{words}</span>
      </p>
      {tried.value.kind !== 'running' && (
        <button type="button" onClick={() => void tryPath(new AbortController().signal)}>
          {t('path.again')}
        </button>
      )}
    </div>
  )
}

async function tryPath(stop: AbortSignal): Promise<void> {
  tried.value = { kind: 'running' }
  try {
    const found = await tryWay(await askPathTest(), stop)
    // Null where somebody went on before the end.
    if (found !== null) tried.value = { kind: 'tried', found }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (!stop.aborted) tried.value = { kind: 'not-tried' }
    return
  }
  sayPathTested()
}

function shownOf(now: Tried): { tone: string; icon: 'clock' | 'check' | 'warning'; words: string } {
  if (now.kind !== 'tried') {
    const isRunning = now.kind === 'running'
    return {
      tone: 'tone-quiet',
      icon: isRunning ? 'clock' : 'warning',
      words: isRunning ? t('path.running') : t('path.notTried'),
    }
  }
  const { found } = now
  const verdict = judgeWay(found)
  if (verdict === 'none') return { tone: 'tone-alarm', icon: 'warning', words: t('path.none') }
  const figures = t('path.figures', {
    ms: found.roundTripMs ?? 0,
    loss: (found.lossPercent ?? 0).toLocaleString(formatTag()),
  })
  if (verdict === 'good') return { tone: 'tone-good', icon: 'check', words: `${t('path.good')} ${figures}` }
  const words = verdict === 'detour' ? t('path.detour') : t('path.weak')
  return { tone: 'tone-busy', icon: 'warning', words: `${words} ${figures}` }
}
