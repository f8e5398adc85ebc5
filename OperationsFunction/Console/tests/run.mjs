// Bundles each test, because Node runs TypeScript only from version 22.18 on, and runs them all.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const home = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const output = path.join(home, 'obj', 'tests');
const names = fs.readdirSync(path.join(home, 'tests')).filter((name) => name.endsWith('.test.ts'));
fs.rmSync(output, { recursive: true, force: true });
await build({
  absWorkingDir: home,
  entryPoints: names.map((name) => `tests/${name}`),
  outdir: output,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  sourcemap: 'inline',
  logLevel: 'warning',
});
const files = names.map((name) => path.join(output, name.replace(/\.ts$/, '.mjs')));
const { status } = spawnSync(process.execPath, ['--enable-source-maps', '--test', '--test-reporter=spec', ...files], {
  cwd: home,
  stdio: 'inherit',
  env: { ...process.env, TZ: 'Europe/Moscow' },
});
process.exitCode = status ?? 1;
