// A registry that has only the packages of one platform makes npm leave the others out of the lock, and `npm ci` then
// refuses it. This puts them back, by version alone: node complete-lock.mjs, after `npm install`.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
const libraries = { musl: 'musl', gnu: 'glibc', gnueabihf: 'glibc', musleabihf: 'musl' };

function platform(name) {
  const words = name.split(/[/-]/);
  const libc = words.map(word => libraries[word]).find(Boolean);
  return {
    ...found(
      'cpu',
      processors.filter(word => words.includes(word)),
    ),
    ...found('libc', libc ? [libc] : []),
    ...found(
      'os',
      systems.filter(word => words.includes(word)),
    ),
  };
}

const found = (key, values) => (values.length ? { [key]: values } : {});

let added = 0;
for (const parent of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const path = `node_modules/${name}`;
    if (lock.packages[path] || !/^\d/.test(version)) continue;
    lock.packages[path] = { version, ...(parent.dev ? { dev: true } : {}), optional: true, ...platform(name) };
    added++;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added ? `${added} packages of other platforms added` : 'nothing is missing');
