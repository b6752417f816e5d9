import type { RunnelEvent } from '../../src/index.ts';
import { compile } from '../compile.ts';

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
    const kinds = [...this.#lines.values()];
    const lines = [...this.#lines.keys()].map((line, index) => `const _${index}${line};`);
    const head = "import type { RunnelClient, RunnelEvent } from 'runnel-client';";
    const faults = compile({ 'answers.ts': [head, ...lines].join('\n') });
    return faults.replace(/^answers\.ts\((\d+),/gm, (all, line) => `${kinds[line - 2]}: ${all}`);
  }

  #add(method: string, type: string, value: unknown): void {
    this.#methods.add(method);
    this.#lines.set(`: ${type} = ${value === undefined ? 'undefined' : JSON.stringify(value)}`, method);
  }
}
