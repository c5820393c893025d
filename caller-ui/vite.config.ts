import { fileURLToPath } from 'node:url'
import { lingui } from '@lingui/vite-plugin'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * The kiosk's page, below `/kiosk/`. Nothing is inlined, neither script nor style nor font, because the page runs
 * under a policy without `unsafe-*`.
 */
export default defineConfig({
  root: here('.'),
  base: '/kiosk/',
  plugins: [
    lingui({ cwd: here('.'), configPath: here('lingui.config.js'), failOnMissing: true, failOnCompileError: true }),
  ],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: here('../dist/kiosk'),
    emptyOutDir: true,
    target: 'chrome120',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Pages need the contract's constants and types, never its schemas: building those is free of side effects.
      treeshake: { manualPureFunctions: ['Type'] },
    },
  },
})
