import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The pages live under /console/ of the API's own origin; with `vite` alone everything else goes to a local API. */
export default defineConfig({
  base: '/console/',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('../dist/console', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // The policy of the pages names no data: addresses; small files stay files.
    assetsInlineLimit: 0,
    // The size test of the work bench reads it.
    manifest: true,
    chunkSizeWarningLimit: 1_500,
    // What five and more of the files use comes in two: each of fifty small ones would be a request of its own.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'library', test: /node_modules/, minShareCount: 5 },
            { name: 'shared', test: /console.src/, minShareCount: 5 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/v1': 'http://127.0.0.1:8080', '/console/api': 'http://127.0.0.1:8080' } },
});
