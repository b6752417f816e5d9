import type { Rating } from '../events/conversation.ts';
import { ProblemError } from '../http/problem.ts';
import type { Transport } from '../http/transport.ts';
import type { ConversationPage, MessagePage } from '../state/actions.ts';
import type { ConversationItem } from '../state/state.ts';
import { type PageOptions, paged, path } from './path.ts';

export interface NewConversation {
  readonly title?: string;
  readonly digital_human_id?: number;
}

/** Conversations and their histories. */
export class Conversations {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  create(
    conversation: NewConversation = {},
  ): Promise<Pick<ConversationItem, 'thread_id' | 'title' | 'digital_human_id' | 'created_at'>> {
    return this.#transport.json(path`/conversations`, { method: 'POST', body: conversation });
  }

  /** Newest activity first; `search` finds those whose title contains it. */
  list(options?: PageOptions & { readonly search?: string }): Promise<ConversationPage> {
    return this.#transport.json(path`/conversations`, paged({ ...options }));
  }

  get(threadId: string, signal?: AbortSignal): Promise<ConversationItem> {
    return this.#transport.json(path`/conversations/${threadId}`, { signal });
  }

  rename(threadId: string, title: string): Promise<ConversationItem> {
    return this.#transport.json(path`/conversations/${threadId}`, { method: 'PATCH', body: { title } });
  }

  /** Stops what runs, and leaves nothing. */
  delete(threadId: string): Promise<void> {
    return this.#transport.json(path`/conversations/${threadId}`, { method: 'DELETE' });
  }

  /** The active branch, oldest first within a page; `before` pages backwards. */
  messages(threadId: string, options?: PageOptions): Promise<MessagePage> {
    return this.#transport.json(path`/conversations/${threadId}/messages`, paged({ ...options }));
  }

  /** Makes the branch of a message the active one. */
  branch(
    threadId: string,
    messageId: string,
  ): Promise<{ readonly thread_id: string; readonly active_message_id: string }> {
    const body = { message_id: messageId };
    return this.#transport.json(path`/conversations/${threadId}/branch`, { method: 'POST', body });
  }

  /** `none` takes it back. */
  feedback(threadId: string, messageId: string, rating: Rating, comment?: string): Promise<void> {
    const url = path`/conversations/${threadId}/messages/${messageId}/feedback`;
    return this.#transport.json(url, { method: 'PUT', body: { rating, comment } });
  }

  /** The whole conversation as a file; its name is in `content-disposition`. */
  async export(threadId: string, format: 'json' | 'markdown' = 'json', signal?: AbortSignal): Promise<Response> {
    const response = await this.#transport.ask(path`/conversations/${threadId}/export`, { query: { format }, signal });
    if (!response.ok) throw await ProblemError.from(response);
    return response;
  }
}
