import { fileURLToPath } from 'node:url'
import { lingui } from '@lingui/vite-plugin'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * The page speaks over WebSockets alone (`server/client/connection.ts`). socket.io would bring its two other ways along, 2 KB of the
 * first script: this is its table of ways without them.
 */
const websocketsOnly: Plugin = {
  name: 'websockets-only',
  enforce: 'pre',
  load: {
    filter: { id: /engine\.io-client\/build\/esm\/transports\/index\.js$/ },
    handler: () => "import { WS } from './websocket.js'\nexport const transports = { websocket: WS }\n",
  },
}

/**
 * The kiosk's page, below `/kiosk/`. Nothing is inlined, neither script nor style nor font, because the page runs
 * under a policy without `unsafe-*`.
 */
export default defineConfig({
  root: here('.'),
  base: '/kiosk/',
  plugins: [
    websocketsOnly,
    lingui({ cwd: here('.'), configPath: here('lingui.config.js'), failOnMissing: true, failOnCompileError: true }),
  ],
  worker: {
    rolldownOptions: {
      output: {
        // A service worker rules over the folder it lies in, and is asked for anew under the same name.
        entryFileNames: ({ name }) => (name === 'shell-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: here('../dist/kiosk'),
    emptyOutDir: true,
    target: 'chrome120',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Which files there are, for the service worker that keeps them.
    manifest: 'shell.json',
    rolldownOptions: {
      treeshake: {
        // Schemas are made by calls that change nothing: what no page uses stays out of it, and typebox with it.
        manualPureFunctions: ['Type', 'slug', 'orNull'],
        moduleSideEffects: [
          { test: /\/contract\/|\/typebox\/|engine\.io-client\/.*\/transports\//, sideEffects: false },
        ],
      },
    },
  },
})
