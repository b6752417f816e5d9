import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compile } from '../compile.ts';

/** What the examples take from whoever reads them. */
const reader = `
import type { RunnelClient, RunnelEvent, Tokens } from 'runnel-client';
declare global {
  const runnel: RunnelClient;
  const output: HTMLElement;
  const user: { id: string };
  const threadId: string;
  const id: number;
  function render(state: unknown): void;
  function show(event: RunnelEvent): void;
  function keep(tokens: Tokens | undefined): void;
  function signIn(): void;
}
`;

const languages = ['README.md', 'README.zh-CN.md'];
const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const examplesIn = (name: string) => [...read(name).matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code ?? '');
const withoutComments = (code: string) => code.replace(/ *\/\/.*$/gm, '');

test('every example compiles', () => {
  const examples = examplesIn('README.md').map((code, index) => [`example${index}.ts`, `${code}export {};\n`]);
  expect(examples.length).toBeGreaterThan(5);
  expect(compile({ ...Object.fromEntries(examples), 'reader.d.ts': reader })).toBe('');
});

test.each(languages)('%s has examples of at most ten lines', name => {
  for (const code of examplesIn(name)) expect(code.trim().split('\n').length, code).toBeLessThanOrEqual(10);
});

test('both languages have the same examples, chapters and rows', () => {
  const [english, chinese] = languages.map(name => ({
    examples: examplesIn(name).map(withoutComments),
    chapters: read(name).match(/^## /gm)?.length,
    rows: read(name).match(/^\|/gm)?.length,
  }));
  expect(chinese).toEqual(english);
});
