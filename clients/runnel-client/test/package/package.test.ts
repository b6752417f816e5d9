import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

beforeAll(() => {
  execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'pipe' });
});

describe('the package', () => {
  test('takes at most 12 kB of a page, with its parser, compressed', async () => {
    const result = await build({
      configFile: false,
      logLevel: 'error',
      root,
      build: {
        write: false,
        target: 'es2023',
        lib: { entry: `${root}dist/index.js`, formats: ['es'] },
        rolldownOptions: { output: { minify: true } },
      },
    });
    const [output] = Array.isArray(result) ? result : [result];
    if (!output || !('output' in output)) throw new Error('Nothing was built.');

    const size = gzipSync(output.output[0].code, { level: 9 }).length;

    expect(size).toBeGreaterThan(3_000);
    expect(size).toBeLessThanOrEqual(12 * 1024);
  });

  test('holds what was built, its sources, and what it says about itself, and nothing else', () => {
    const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      stdio: 'pipe',
    });
    const paths: string[] = JSON.parse(packed.toString())[0].files.map((file: { path: string }) => file.path);

    expect(paths).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'README.zh-CN.md',
        'dist/index.js',
        'dist/index.d.ts',
        'package.json',
      ]),
    );
    expect(paths.filter(path => !/^(dist|src)\/|^(LICENSE|README\.(zh-CN\.)?md|package\.json)$/.test(path))).toEqual(
      [],
    );
    for (const entry of Object.values<Record<string, string>>(manifest.exports)) {
      for (const path of Object.values(entry)) expect(paths).toContain(path.replace('./', ''));
    }
  });

  test('depends on a parser and on nothing else', () => {
    expect(Object.keys(manifest.dependencies)).toEqual(['eventsource-parser']);
  });

  test.each(Object.keys(manifest.exports))('can be imported by Node as %s', entry => {
    const name = entry.replace('.', manifest.name);
    const script = `const entry = await import('${name}'); process.stdout.write(Object.keys(entry).join(' '))`;
    const names = execFileSync('node', ['--input-type=module', '-e', script], { cwd: root, stdio: 'pipe' }).toString();

    expect(names).toContain(entry === '.' ? 'RunnelClient' : 'shareStream');
  });
});
