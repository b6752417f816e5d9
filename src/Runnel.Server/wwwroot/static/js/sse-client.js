// Made of clients/runnel-client by "npm run classic". Pages of the original load it as a classic script.
var RunnelClassic = (function (exports) {
  Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
  // src/api/path.ts
  function path(parts, ...values) {
    return `/api/v1${parts.reduce((text, part, index) => text + encodeURIComponent(values[index - 1] ?? '') + part)}`;
  }
  // src/stream/backoff.ts
  var Backoff = class {
      #tuning;
      #random;
      #failures = 0;
      #retryMs = 0;
      constructor(tuning, random = Math.random) {
        (this.#tuning = tuning), (this.#random = random);
      }
      get failures() {
        return this.#failures;
      }
      set retryMs(ms) {
        this.#retryMs = ms;
      }
      lived(ms) {
        ms >= this.#tuning.stableMs && (this.#failures = 0);
      }
      next(atLeastMs = 0) {
        let { backoffMs, backoffCapMs } = this.#tuning,
          span = Math.min(backoffCapMs, backoffMs * 2 ** Math.min(this.#failures++, 30));
        return Math.max(atLeastMs, this.#retryMs) + this.#random() * span;
      }
    },
    isPassing = status => status >= 500 || status === 408 || status === 425 || status === 429,
    defaultTuning = {
      backoffMs: 500,
      backoffCapMs: 3e4,
      stableMs: 1e4,
      openingMs: 1e4,
      silentHeartbeats: 2.5,
      pollWaitMs: 25e3,
      muteMs: 6e5,
    };
  // src/stream/wake.ts
  function onWake(callback) {
    let online = () => callback('online'),
      visible = () => {
        globalThis.document?.visibilityState !== 'hidden' && callback('visible');
      };
    return (
      globalThis.addEventListener?.('online', online),
      globalThis.addEventListener?.('pageshow', visible),
      globalThis.document?.addEventListener('visibilitychange', visible),
      () => {
        globalThis.removeEventListener?.('online', online),
          globalThis.removeEventListener?.('pageshow', visible),
          globalThis.document?.removeEventListener('visibilitychange', visible);
      }
    );
  }
  function wait(ms, signal, atLeastMs = 0) {
    return new Promise((resolve, reject) => {
      let begun = performance.now(),
        asleep = onWake(() => {
          let left = atLeastMs - (performance.now() - begun);
          clearTimeout(timer), (timer = setTimeout(done, Math.max(0, left)));
        }),
        timer = setTimeout(done, ms);
      signal.addEventListener('abort', abort, { once: !0 }), signal.aborted && abort();
      function end() {
        clearTimeout(timer), asleep(), (asleep = () => {}), signal.removeEventListener('abort', abort);
      }
      function done() {
        end(), resolve();
      }
      function abort() {
        end(), reject(signal.reason);
      }
    });
  }
  // src/classic/lasting-source.ts
  var LastingSource = class {
    #url;
    #listeners;
    #onError;
    #onReplaced;
    #backoff = new Backoff(defaultTuning);
    #closing = new AbortController();
    source;
    #lastEventId = '';
    #openedAt = 0;
    constructor(url, listeners, onError, onReplaced) {
      (this.#url = url),
        (this.#listeners = listeners),
        (this.#onError = onError),
        (this.#onReplaced = onReplaced),
        (this.source = this.#open(url));
    }
    #open(url) {
      let source = new EventSource(url),
        close = source.close.bind(source);
      source.close = () => {
        close(), this.#closing.signal.aborted || (this.#closing.abort(), this.source.close());
      };
      for (let [name, listen] of Object.entries({
        connected: () => {},
        ...this.#listeners,
      }))
        source.addEventListener(name, event => {
          (this.#lastEventId = event.lastEventId || this.#lastEventId), listen(event);
        });
      return (
        (source.onopen = () => {
          this.#openedAt = performance.now();
        }),
        (source.onerror = error => {
          this.#onError(error), source.readyState === EventSource.CLOSED && this.#again();
        }),
        source
      );
    }
    async #again() {
      let { signal } = this.#closing;
      this.#openedAt && this.#backoff.lived(performance.now() - this.#openedAt);
      try {
        await wait(this.#backoff.next(), signal);
        let url = this.#lastEventId ? this.#after(this.#lastEventId) : this.#url,
          answer = await fetch(url, {
            method: 'HEAD',
            signal,
          }).catch(() => void 0);
        if (!answer || isPassing(answer.status)) return await this.#again();
        if (answer.status !== 200) return;
        (this.source = this.#open(url)), this.#onReplaced(this.source);
      } catch {}
    }
    #after(cursor) {
      return `${this.#url}${this.#url.includes('?') ? '&' : '?'}after=${encodeURIComponent(cursor)}`;
    }
  };
  return (
    (exports.AIAgentsSSE = class {
      baseUrl;
      connections = new Map();
      constructor(baseUrl = '') {
        this.baseUrl = baseUrl;
      }
      connectToTrainingStream(digitalHumanId, onMessage, onError, onComplete) {
        let name = `training_${digitalHumanId}`,
          url = `${path`/digital-humans/train/stream`}?digital_human_id=${encodeURIComponent(digitalHumanId)}`;
        return this.#connect(name, url, onError, {
          training_start: event => onMessage?.(JSON.parse(event.data)),
          training_chunk: event =>
            onMessage?.({
              type: 'training_chunk',
              data: event.data,
            }),
          training_complete: event => {
            this.disconnect(name), onComplete?.(JSON.parse(event.data));
          },
          training_error: event => {
            this.disconnect(name), onError?.(JSON.parse(event.data));
          },
        });
      }
      connectToConversationStream(threadId, onMessage, onError) {
        return this.#connect(`conversation_${threadId}`, path`/conversations/${threadId}/stream`, onError, {
          ai_response_chunk: event => {
            let chunk = JSON.parse(event.data);
            this.updateAIResponse(chunk.content, chunk.accumulated_content), onMessage?.(chunk);
          },
          ai_response_complete: event => {
            let answer = JSON.parse(event.data);
            this.completeAIResponse(answer.final_content), onMessage?.(answer);
          },
        });
      }
      disconnect(name) {
        this.connections.get(name)?.close(), this.connections.delete(name);
      }
      disconnectAll() {
        for (let name of [...this.connections.keys()]) this.disconnect(name);
      }
      updateAIResponse(chunk, accumulated) {
        let element = document.getElementById('current-ai-response');
        element && (element.textContent = accumulated ?? (element.textContent ?? '') + chunk);
      }
      completeAIResponse(finalContent) {
        let element = document.getElementById('current-ai-response');
        element && ((element.id = ''), (element.textContent = finalContent));
      }
      #connect(name, url, onError, listeners) {
        this.disconnect(name);
        let lasting = new LastingSource(
          this.baseUrl + url,
          listeners,
          error => onError?.(error),
          source => this.connections.set(name, source),
        );
        return (this.connections.set(name, lasting.source), lasting.source);
      }
    }),
    exports
  );
})({});
class AIAgentsSSE extends RunnelClassic.AIAgentsSSE {}
