// Starts Azurite in a process group of its own, so that a Ctrl-C or a kill meant for LocalHost does not reach it: Azurite
// writes to disk only every five seconds and loses acknowledged messages when it is killed.
//
//   node azurite.cjs <settings as JSON>
//
// The settings: script (Azurite's entry), folder, ports [blob, queue, table] (0: any), owner (process id, 0: nobody), inMemory.
'use strict';
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const settings = JSON.parse(process.argv[2]);
const inFolder = name => path.join(settings.folder, name);

if (!process.env.UON_AZURITE_DETACHED) {
  const log = fs.openSync(inFolder('azurite.log'), 'w');
  spawn(process.execPath, [__filename, process.argv[2]], {
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, UON_AZURITE_DETACHED: '1' },
  }).unref();
} else {
  const state = inFolder('process.json');
  const stop = inFolder('stop');
  const listening = [];
  let stopping = false;

  // Azurite handles SIGTERM once and would die of a second one in the middle of writing.
  process.on('SIGTERM', () => { stopping = true; });
  process.on('SIGINT', () => { stopping = true; });
  process.on('exit', code => {
    fs.rmSync(state, { force: true });
    fs.rmSync(stop, { force: true });
    console.error(`Azurite ended with code ${code}`);
  });

  // Azurite's own words are the only way to learn the ports it was given, and that everything is on disk: after that it would
  // wait for idle clients to hang up.
  const say = console.log;
  let closed = 0;
  console.log = (...words) => {
    say(...words);
    const text = words.join(' ');
    if (text.includes('successfully closed') && ++closed === 3) setImmediate(() => process.exit(0));
    const port = /successfully listening at http:\/\/127\.0\.0\.1:(\d+)/.exec(text);
    if (!port || listening.push(Number(port[1])) < 3) return;
    const [blob, queue, table] = listening;
    fs.writeFileSync(state + '.new', JSON.stringify({ pid: process.pid, blob, queue, table }));
    fs.renameSync(state + '.new', state);
  };

  // Where there are no signals, a file asks for the end. A test run's Azurite also ends with the test run.
  const end = () => { if (!stopping) { stopping = true; process.emit('message', 'shutdown'); } };
  const alive = pid => { try { process.kill(pid, 0); return true; } catch (error) { return error.code === 'EPERM'; } };
  setInterval(() => {
    if (fs.existsSync(stop) || (settings.owner && !alive(settings.owner))) end();
  }, 500).unref();

  // Azurite throws at each 404 and 409, which are answers like others here; nobody reads where it threw.
  Error.stackTraceLimit = 0;

  if (settings.inMemory) {
    // In memory each message is an extent of its own, and each extent that is collected sorts the index of all: thousands of
    // messages block Azurite for minutes. What lives in memory is gone soon, with its process.
    for (const service of ['queue', 'blob']) {
      require(path.join(path.dirname(settings.script), service, 'utils', 'constants.js')).DEFAULT_GC_INTERVAL_MS = 24 * 60 * 60 * 1000;
    }
  }

  const [blob, queue, table] = settings.ports;
  process.argv = [process.argv[0], settings.script, ...(settings.inMemory ? ['--inMemoryPersistence'] : ['--location', settings.folder]), '--silent', '--skipApiVersionCheck', '--disableTelemetry',
    '--blobPort', String(blob), '--queuePort', String(queue), '--tablePort', String(table)];
  require(settings.script);
}
