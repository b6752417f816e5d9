import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What the compiler has against some files, which import the package by its name; empty when nothing. */
export function compile(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'runnel-client-'));
  const config = {
    extends: `${root}tsconfig.json`,
    compilerOptions: {
      rewriteRelativeImportExtensions: false,
      // Not everybody is so strict with `process.env`.
      noPropertyAccessFromIndexSignature: false,
      typeRoots: [`${root}../node_modules/@types`],
      paths: { 'runnel-client': [`${root}src/index.ts`], 'runnel-client/tabs': [`${root}src/tabs/index.ts`] },
    },
    files: Object.keys(files),
    include: [],
  };
  const settings = { 'tsconfig.json': JSON.stringify(config), 'package.json': '{"type":"module"}' };
  for (const [name, text] of Object.entries({ ...files, ...settings })) {
    writeFileSync(join(folder, name), text);
  }
  try {
    execFileSync(`${root}../node_modules/.bin/tsc`, ['-p', folder, '--pretty', 'false'], {
      cwd: folder,
      stdio: 'pipe',
    });
    return '';
  } catch (error) {
    return String((error as { stdout?: Buffer }).stdout) || String(error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
