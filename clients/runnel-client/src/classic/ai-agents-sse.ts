import { path } from '../api/path.ts';
import type { AiResponseChunk, AiResponseComplete } from '../events/conversation.ts';
import type { TrainingComplete, TrainingError, TrainingStart } from '../events/training.ts';
import { LastingSource, type Listeners } from './lasting-source.ts';

type Training = TrainingStart | { readonly type: 'training_chunk'; readonly data: string };

/**
 * The class that pages of the original are written for: native `EventSource`s with the cookie of the page, by name in
 * `connections`, and the answer in the element `#current-ai-response`.
 */
export class AIAgentsSSE {
  readonly baseUrl: string;
  readonly connections = new Map<string, EventSource>();

  constructor(baseUrl = '') {
    this.baseUrl = baseUrl;
  }

  /** One round: `training_complete` and `training_error` close it. The data of a `training_chunk` is its JSON. */
  connectToTrainingStream(
    digitalHumanId: number | string,
    onMessage?: (message: Training) => void,
    onError?: (error: TrainingError | Event) => void,
    onComplete?: (result: TrainingComplete) => void,
  ): EventSource {
    const name = `training_${digitalHumanId}`;
    const url = `${path`/digital-humans/train/stream`}?digital_human_id=${encodeURIComponent(digitalHumanId)}`;
    return this.#connect(name, url, onError, {
      training_start: event => onMessage?.(JSON.parse(event.data)),
      training_chunk: event => onMessage?.({ type: 'training_chunk', data: event.data }),
      training_complete: event => {
        this.disconnect(name);
        onComplete?.(JSON.parse(event.data));
      },
      training_error: event => {
        this.disconnect(name);
        onError?.(JSON.parse(event.data));
      },
    });
  }

  connectToConversationStream(
    threadId: string,
    onMessage?: (message: AiResponseChunk | AiResponseComplete) => void,
    onError?: (error: Event) => void,
  ): EventSource {
    return this.#connect(`conversation_${threadId}`, path`/conversations/${threadId}/stream`, onError, {
      ai_response_chunk: event => {
        const chunk: AiResponseChunk = JSON.parse(event.data);
        this.updateAIResponse(chunk.content, chunk.accumulated_content);
        onMessage?.(chunk);
      },
      ai_response_complete: event => {
        const answer: AiResponseComplete = JSON.parse(event.data);
        this.completeAIResponse(answer.final_content);
        onMessage?.(answer);
      },
    });
  }

  disconnect(name: string): void {
    this.connections.get(name)?.close();
    this.connections.delete(name);
  }

  disconnectAll(): void {
    for (const name of [...this.connections.keys()]) this.disconnect(name);
  }

  /** Shows the answer so far; a chunk that does not say what that is comes after what is shown. */
  updateAIResponse(chunk: string, accumulated?: string): void {
    const element = document.getElementById('current-ai-response');
    if (element) element.textContent = accumulated ?? (element.textContent ?? '') + chunk;
  }

  /** Shows the whole answer; the element is then no longer the current one. */
  completeAIResponse(finalContent: string): void {
    const element = document.getElementById('current-ai-response');
    if (!element) return;
    element.id = '';
    element.textContent = finalContent;
  }

  #connect(
    name: string,
    url: string,
    onError: ((error: Event) => void) | undefined,
    listeners: Listeners,
  ): EventSource {
    this.disconnect(name);
    const lasting = new LastingSource(
      this.baseUrl + url,
      listeners,
      error => onError?.(error),
      source => this.connections.set(name, source),
    );
    this.connections.set(name, lasting.source);
    return lasting.source;
  }
}
