// Unpacks the Chromium that npm brought into FOLDER, once, and prints where it is: { executable, libraries, fontsFile }.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const folder = path.resolve(process.argv[2]);
fs.mkdirSync(folder, { recursive: true });
// Where the package unpacks to.
process.env.TMPDIR = folder;
const { default: chromium, inflate } = await import('@sparticuz/chromium');
const packed = path.join(path.dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..', 'bin');
const executable = await chromium.executablePath();
let libraries = null;
try {
  execFileSync(executable, ['--version'], { stdio: 'ignore' });
} catch {
  // A slim machine lacks the libraries that a browser expects; the package has those, too.
  await inflate(path.join(packed, 'al2023.tar.br'));
  libraries = path.join(folder, 'al2023', 'lib');
}

// One typeface everywhere, so that pictures look the same on every machine; the machine's own fill its gaps.
const fontsFile = path.join(folder, 'fonts.conf');
fs.writeFileSync(fontsFile, `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
  <alias><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
</fontconfig>
`);
console.log(JSON.stringify({ executable, libraries, fontsFile }));
