import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { beforeAll, describe, expect, it, vi } from 'vitest';

let files: ReadonlyMap<string, Rolldown.OutputChunk | Rolldown.OutputAsset>;

beforeAll(async () => {
  // React is another one in tests.
  vi.stubEnv('NODE_ENV', 'production');
  const built = (await build({ logLevel: 'error', build: { write: false } })) as Rolldown.RolldownOutput;
  files = new Map(built.output.map(file => [file.fileName, file]));
}, 120_000);

const packed = (name: string) => {
  const file = files.get(name);
  return gzipSync(file?.type === 'chunk' ? file.code : (file?.source ?? '')).length;
};

/** A file and all that must be here before it can run. */
function withImports(name: string, found = new Set<string>()): Set<string> {
  const file = files.get(name);
  if (file?.type !== 'chunk' || found.has(name)) return found;
  found.add(name);
  for (const style of file.viteMetadata?.importedCss ?? []) found.add(style);
  for (const other of file.imports) withImports(other, found);
  return found;
}

const entry = () => [...files.values()].find(file => file.type === 'chunk' && file.isEntry)?.fileName ?? '';
const chunkWith = (module: string) =>
  [...files.values()].find(
    file => file.type === 'chunk' && Object.keys(file.modules).some(id => id.includes(`/node_modules/${module}/`)),
  )?.fileName ?? '';

describe('what a page loads before it shows anything', () => {
  it('is below 150 kB, compressed', () => {
    const sizes = [...withImports(entry())].map(packed);
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(150_000);
  });

  it.each(['react-markdown', 'katex', 'highlight.js', 'cytoscape'])(
    'has no %s, which comes when it is needed',
    module => {
      expect(chunkWith(module)).not.toBe('');
      expect([...withImports(entry())]).not.toContain(chunkWith(module));
    },
  );
});

it('An answer without formulas and code loads neither', () => {
  const renderer = withImports(chunkWith('react-markdown'));
  expect([...renderer]).not.toContain(chunkWith('katex'));
  expect([...renderer]).not.toContain(chunkWith('highlight.js'));
});
