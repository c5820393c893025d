import { fileURLToPath } from 'node:url'
import { lingui } from '@lingui/vite-plugin'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Eight pages below `/agent/`: the desk, the supervisor's page, the figures, the reports, a day to come, the administrators' page, one's own
 * sign-in, and the screen of a kiosk that is not set up yet. Nothing is inlined, neither
 * script nor style nor font, because the pages run under a policy without `unsafe-*`.
 */
export default defineConfig({
  root: here('.'),
  base: '/agent/',
  plugins: [
    lingui({ cwd: here('.'), configPath: here('lingui.config.js'), failOnMissing: true, failOnCompileError: true }),
  ],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: here('../dist/agent'),
    emptyOutDir: true,
    target: 'chrome120',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      treeshake: {
        // Schemas are made by calls that change nothing: what no page uses stays out of it, and typebox with it.
        // A name counts in every file of the bundle, and so do methods of what bears it: none may be a common word,
        // because with `entries` here `entries.push(…)` was left out of the pages.
        manualPureFunctions: ['Type', 'slug', 'orNull', 'schemaByKey'],
        moduleSideEffects: [{ test: /\/contract\/|\/typebox\//, sideEffects: false }],
      },
      input: {
        desk: here('index.html'),
        supervisor: here('supervisor.html'),
        figures: here('figures.html'),
        reports: here('reports.html'),
        tomorrow: here('tomorrow.html'),
        enrol: here('enrol.html'),
        admin: here('admin.html'),
        mySignIn: here('my-sign-in.html'),
      },
    },
  },
})
