/** How requests say who asks. Without any, browsers send the server's cookie to its own origin. */
export interface Credentials {
  /** Headers of the next request, such as `Authorization`. */
  headers?(): HeadersInit | Promise<HeadersInit>;
  /** Called once when a request got 401. True when it is worth asking again. Throws when there was no answer. */
  refresh?(): Promise<boolean>;
}

/** What signing in answers. */
export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly token_type: string;
}

/** An API key, or a token that somebody else renews. */
export class BearerKey implements Credentials {
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  headers(): HeadersInit {
    return { authorization: `Bearer ${this.#key}` };
  }
}

/** Tokens that renew themselves, once for however many requests found them expired. */
export class BearerTokens implements Credentials {
  readonly #renew: (refreshToken: string) => Promise<Tokens | undefined>;
  readonly #onChange: ((tokens: Tokens | undefined) => void) | undefined;
  #tokens: Tokens | undefined;
  #renewing: Promise<boolean> | undefined;

  /**
   * @param renew Gives new tokens, or undefined when the session is over; throws when there was no answer.
   * @param onChange Called with every change, to keep the tokens; undefined when the session is over.
   */
  constructor(
    tokens: Tokens | undefined,
    renew: (refreshToken: string) => Promise<Tokens | undefined>,
    onChange?: (tokens: Tokens | undefined) => void,
  ) {
    this.#tokens = tokens;
    this.#renew = renew;
    this.#onChange = onChange;
  }

  get current(): Tokens | undefined {
    return this.#tokens;
  }

  set(tokens: Tokens | undefined): void {
    this.#tokens = tokens;
    this.#onChange?.(tokens);
  }

  headers(): HeadersInit {
    return this.#tokens ? { authorization: `Bearer ${this.#tokens.access_token}` } : {};
  }

  refresh(): Promise<boolean> {
    this.#renewing ??= this.#refresh().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  async #refresh(): Promise<boolean> {
    const before = this.#tokens;
    if (!before) return false;
    const renewed = await this.#renew(before.refresh_token);
    // Whoever signed in or out meanwhile is right.
    if (this.#tokens === before) this.set(renewed);
    return this.#tokens !== undefined;
  }
}
