/** A path of the API: `path\`/conversations/${id}\`` with every value escaped. */
export function path(parts: TemplateStringsArray, ...values: (string | number)[]): string {
  return `/api/v1${parts.reduce((text, part, index) => text + encodeURIComponent(values[index - 1] ?? '') + part)}`;
}

/** Keyset pages: `before` is the `next_before` of the page before. */
export interface PageOptions {
  readonly limit?: number;
  readonly before?: string;
  readonly signal?: AbortSignal;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next_before: string | null;
}

/** The options of a request: what goes into the query, and the signal. */
export function paged({ signal, ...query }: PageOptions & Record<string, unknown> = {}) {
  return { query: query as Record<string, string | number | boolean | undefined>, signal };
}
