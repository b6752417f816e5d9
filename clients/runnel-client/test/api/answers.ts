import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunnelEvent } from '../../src/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What the server answered, written down as literals of the types that the package declares: the compiler says whether
 * something is of another type, is not there, or is there and not declared.
 */
export class Answers {
  readonly #lines = new Map<string, string>();
  readonly #methods = new Set<string>();

  /** The methods whose answers are here, as `account.me`. */
  get methods(): readonly string[] {
    return [...this.#methods].sort();
  }

  async of<T>(method: string, answer: Promise<T>): Promise<T> {
    const value = await answer;
    const type = method.split('.').reduce((of, name) => `${of}['${name}']`, 'RunnelClient');
    this.#add(method, `Awaited<ReturnType<${type}>>`, value);
    return value;
  }

  events(method: string, events: readonly RunnelEvent[]): void {
    for (const event of events) this.#add(method, 'RunnelEvent', event);
  }

  /** What the compiler has against it; empty when nothing. */
  faults(): string {
    const folder = mkdtempSync(join(tmpdir(), 'runnel-answers-'));
    const lines = [...this.#lines.keys()].map((line, index) => `const _${index}${line};`);
    const kinds = [...this.#lines.values()];
    const source = `import type { RunnelClient, RunnelEvent } from '${root}src/index.ts';\n${lines.join('\n')}\n`;
    const config = {
      extends: `${root}tsconfig.json`,
      compilerOptions: { rewriteRelativeImportExtensions: false, typeRoots: [`${root}../node_modules/@types`] },
      files: ['answers.ts'],
      include: [],
    };
    writeFileSync(join(folder, 'answers.ts'), source);
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    try {
      execFileSync(`${root}../node_modules/.bin/tsc`, ['-p', folder], { stdio: 'pipe' });
      return '';
    } catch (error) {
      const said = String((error as { stdout?: Buffer }).stdout);
      return said.replace(/^.*answers\.ts\((\d+),/gm, (all, line) => `${kinds[line - 2]}: ${all}`) || String(error);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  #add(method: string, type: string, value: unknown): void {
    this.#methods.add(method);
    this.#lines.set(`: ${type} = ${value === undefined ? 'undefined' : JSON.stringify(value)}`, method);
  }
}
