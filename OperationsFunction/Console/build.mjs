// Run by the build. `node build.mjs install` brings what the lock file says; `node build.mjs bundle FOLDER` writes the page there.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { fileURLToPath, pathToFileURL } from 'node:url';

const home = path.dirname(fileURLToPath(import.meta.url));
const target = path.join(home, 'node_modules');
const stamp = path.join(target, '.console.stamp');

const [task, folder] = process.argv.slice(2);
if (task === 'install') install();
else if (task === 'bundle') await bundle(path.resolve(folder));
else throw new Error('install, or bundle FOLDER');

// Beside node_modules first and then swapped in by a rename, so that two builds at once never work in one folder and a broken download
// leaves the old one in place.
function install() {
  const staging = fs.mkdtempSync(path.join(home, 'node_modules.'));
  try {
    for (const file of ['package.json', 'package-lock.json']) fs.copyFileSync(path.join(home, file), path.join(staging, file));
    const windows = process.platform === 'win32';
    const options = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1'];
    execFileSync(windows ? 'npm.cmd' : 'npm', options, { cwd: staging, stdio: 'inherit', shell: windows });
    const fresh = path.join(staging, 'node_modules');
    fs.writeFileSync(path.join(fresh, '.console.stamp'), '');
    if (fs.existsSync(target)) fs.renameSync(target, path.join(staging, 'old'));
    try {
      fs.renameSync(fresh, target);
    } catch (error) {
      // Another build was faster; what it brought came from the same lock file.
      if (!fs.existsSync(stamp)) throw error;
    }
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
}

async function bundle(output) {
  const { build } = await import(pathToFileURL(path.join(target, 'esbuild', 'lib', 'main.js')).href);
  const staging = `${output}.${process.pid}`;
  try {
    const { metafile } = await build({
      absWorkingDir: home,
      entryPoints: { app: 'src/main.ts', icon: 'icon.svg' },
      outdir: staging,
      // Names hold a hash of the content, so that browsers may keep the files for ever.
      entryNames: '[name]-[hash]',
      assetNames: '[name]-[hash]',
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      charset: 'utf8',
      legalComments: 'eof',
      loader: { '.svg': 'copy' },
      metafile: true,
      logLevel: 'warning',
    });
    const named = (ending) => Object.keys(metafile.outputs).map((file) => path.basename(file)).find((file) => file.endsWith(ending));
    const page = fs.readFileSync(path.join(home, 'index.html'), 'utf8')
      .replace('%script%', named('.js')).replace('%style%', named('.css')).replace('%icon%', named('.svg'));
    fs.writeFileSync(path.join(staging, 'index.html'), page);
    for (const file of fs.readdirSync(staging)) compress(path.join(staging, file));
    fs.rmSync(output, { recursive: true, force: true });
    fs.renameSync(staging, output);
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
}

// Beside the file, at the highest level: the app sends these bytes as they are, and the platform compresses nothing.
function compress(file) {
  const content = fs.readFileSync(file);
  fs.writeFileSync(`${file}.br`, zlib.brotliCompressSync(content, { params: { [zlib.constants.BROTLI_PARAM_MODE]: zlib.constants.BROTLI_MODE_TEXT } }));
  fs.writeFileSync(`${file}.gz`, zlib.gzipSync(content, { level: zlib.constants.Z_BEST_COMPRESSION }));
}
