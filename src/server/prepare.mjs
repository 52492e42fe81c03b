// Runs before `npm start`, `npm test` and the other commands, on whatever Node the machine has (20 or newer): installs what
// package-lock.json names, Node 24 included, when that is missing or out of date. Otherwise it takes a few milliseconds.
// Folders named as arguments have a package-lock.json of their own: theirs are installed too, where they can be had.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const lock = path.join(root, '.cache', 'install.lock');
const product = {
  ...placeOf('.'),
  name: 'dependencies',
  flags: ['--include=dev', '--include=optional'],
  isUsable: hasNode,
  checkInstalled: checkNode,
};
const others = process.argv.slice(2).map((folder) => ({
  ...placeOf(folder),
  name: `what ${folder} names`,
  flags: ['--prefix', folder, '--ignore-scripts', '--fetch-retries=1'],
  isUsable: () => true,
  checkInstalled: () => {},
}));

for (const place of [product, ...others]) {
  try {
    if (!isInstalled(place)) await installAlone(place);
  } catch (error) {
    process.stderr.write(`Utväg: ${error instanceof Error ? error.message : error}\n`);
    if (place === product) process.exit(1);
  }
}

function placeOf(folder) {
  const modules = path.join(root, folder, 'node_modules');
  const lockFile = readFileSync(path.join(root, folder, 'package-lock.json'), 'utf8');
  const wanted = createHash('sha256').update(`${process.platform} ${process.arch} ${lockFile}`).digest('hex');
  return { modules, lockFile, wanted, stamp: path.join(modules, '.utvag-installed') };
}

function hasNode() {
  return existsSync(path.join(product.modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node'));
}

function isInstalled(place) {
  return place.isUsable() && (read(place.stamp) === place.wanted || isInstalledByHand(place));
}

// After a developer's own `npm install`, npm's note of what it put there (written last) says the same as the lock file.
function isInstalledByHand({ modules, lockFile, wanted, stamp }) {
  const note = read(path.join(modules, '.package-lock.json'));
  if (!note) return false;
  const [has, wants] = [JSON.parse(note).packages, JSON.parse(lockFile).packages];
  for (const [where, { version, integrity, optional }] of Object.entries(wants)) {
    const found = where === '' || has[where];
    if (!found && !optional) return false;
    if (found?.version !== undefined && (found.version !== version || found.integrity !== integrity)) return false;
  }
  writeFileSync(stamp, wanted);
  return true;
}

async function installAlone(place) {
  await takeLock();
  try {
    if (!isInstalled(place)) await install(place);
  } finally {
    rmSync(lock, { force: true });
  }
}

// A link to a finished file: whoever finds the lock finds the number of the process that holds it.
async function takeLock() {
  mkdirSync(path.dirname(lock), { recursive: true });
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    for (let waited = false; ; waited = true) {
      try {
        return linkSync(mine, lock);
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const holder = Number(read(lock) ?? process.pid);
      if (!isAlive(holder)) rmSync(lock, { force: true });
      else if (!waited) process.stderr.write(`Utväg: process ${holder} installs dependencies, waiting for it …\n`);
      await sleep(200);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

async function install({ name, flags, stamp, wanted, checkInstalled }) {
  const startedAtMs = Date.now();
  process.stderr.write(`Utväg: installing ${name}, this takes a minute or two …\n`);
  const command = ['ci', ...flags];
  const { code, output } = await run('npm', [...command, '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) {
    const all = `npm ${command.join(' ')}`;
    throw new Error(`installing ${name} failed: ${explain(output)}. Run \`${all}\` to see all of it.`);
  }
  await checkInstalled();
  writeFileSync(stamp, wanted);
  process.stderr.write(`Utväg: ${name} installed in ${Math.round((Date.now() - startedAtMs) / 1000)} s.\n`);
}

async function checkNode() {
  const { output: version } = await run(path.join(product.modules, '.bin', 'node'), ['--version']);
  if (!/^v2[4-9]\./.test(version)) {
    throw new Error('Node 24 was not installed: npm must be allowed to run the install script of the package `node`.');
  }
}

// npm removes node_modules, and with it the Node that a script of npm's may be running on: so it runs on the machine's own.
function run(command, args) {
  const entries = (process.env.PATH ?? '').split(path.delimiter);
  const PATH = entries.filter((entry) => !entry.includes('node_modules')).join(path.delimiter);
  const shell = process.platform === 'win32';
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, PATH },
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

function explain(output) {
  const lines = output.split('\n').flatMap((line) => /^npm (?:error|ERR!) +(.+)/.exec(line)?.[1] ?? []);
  const reasons = lines.filter((line) => !/^(?:errno|syscall|A complete log|path)\b/.test(line)).slice(0, 2);
  return (reasons.join(', ') || output.trim().split('\n')[0]).replace(/\.$/, '');
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
