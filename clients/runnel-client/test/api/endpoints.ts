/** Which endpoints were asked, of those that the server has. */
export class Endpoints {
  readonly #asked: { method: string; path: string }[] = [];

  /** A `fetch` that takes note, and says that it is of the server's own page. */
  readonly fetch: typeof fetch = (input, init) => {
    const url = new URL(String(input));
    this.#asked.push({ method: init?.method ?? 'GET', path: url.pathname });
    const headers = new Headers(init?.headers);
    headers.set('origin', url.origin);
    return fetch(input, { ...init, headers });
  };

  /** Those below `/api/v1` that nobody asked. */
  async unasked(baseUrl: string): Promise<string[]> {
    const description = (await (await fetch(`${baseUrl}/openapi/v1.json`)).json()) as { paths: Record<string, object> };
    return Object.entries(description.paths)
      .filter(([path]) => path.startsWith('/api/v1/'))
      .flatMap(([path, verbs]) => Object.keys(verbs).map(verb => ({ method: verb.toUpperCase(), path })))
      .filter(({ method, path }) => method !== 'HEAD' && !this.#wasAsked(method, path))
      .map(({ method, path }) => `${method} ${path}`)
      .sort();
  }

  #wasAsked(method: string, template: string): boolean {
    const path = new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`);
    return this.#asked.some(asked => asked.method === method && path.test(asked.path));
  }
}
