// Run by the build. Installs what the lock file says beside node_modules and then swaps the folder in by a rename, so that
// two builds at once never work in one folder and a broken download leaves the old one in place.
'use strict';
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const home = path.dirname(__dirname);
const target = path.join(home, 'node_modules');
const staging = fs.mkdtempSync(path.join(home, 'node_modules.'));
try {
  for (const file of ['package.json', 'package-lock.json']) {
    fs.copyFileSync(path.join(home, file), path.join(staging, file));
  }

  const windows = process.platform === 'win32';
  execFileSync(windows ? 'npm.cmd' : 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1'],
    { cwd: staging, stdio: 'inherit', shell: windows });

  const fresh = path.join(staging, 'node_modules');
  fs.writeFileSync(path.join(fresh, '.azurite.stamp'), '');
  if (fs.existsSync(target)) fs.renameSync(target, path.join(staging, 'old'));
  try {
    fs.renameSync(fresh, target);
  } catch (error) {
    // Another build was faster; what it brought came from the same lock file.
    if (!fs.existsSync(path.join(target, '.azurite.stamp'))) throw error;
  }
} finally {
  fs.rmSync(staging, { recursive: true, force: true });
}
