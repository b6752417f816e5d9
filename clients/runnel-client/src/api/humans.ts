import type { KnowledgeType } from '../events/learned.ts';
import type { Transport } from '../http/transport.ts';
import type { RoundItem } from '../training/round.ts';
import { type Page, type PageOptions, paged, path } from './path.ts';

export interface DigitalHuman {
  readonly id: number;
  readonly name: string;
  readonly persona: string;
  readonly greeting: string | null;
  readonly model: string | null;
  readonly temperature: number | null;
  readonly is_public: boolean;
  /** Whether the caller may change and train it. */
  readonly is_own: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

export type NewDigitalHuman = Pick<DigitalHuman, 'name' | 'persona'> &
  Partial<Pick<DigitalHuman, 'greeting' | 'model' | 'temperature' | 'is_public'>>;

export interface KnowledgeNode {
  readonly id: string;
  readonly name: string;
  readonly type: KnowledgeType;
  readonly description: string | null;
  readonly properties: Readonly<Record<string, string>>;
  readonly confidence: number;
  /** The message that it was learned from last. */
  readonly message_id: string;
  readonly learned_at: string;
}

export interface KnowledgeEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly description: string | null;
  readonly confidence: number;
  readonly message_id: string;
}

export interface KnowledgeGraph {
  readonly nodes: readonly KnowledgeNode[];
  readonly edges: readonly KnowledgeEdge[];
  readonly statistics: {
    readonly nodes: number;
    readonly edges: number;
    readonly facts: number;
    readonly by_type: Readonly<Partial<Record<KnowledgeType, number>>>;
  };
}

/** What was said in training, the oldest first, and the place of the training's stream at that moment. */
export interface RoundPage extends Page<RoundItem> {
  readonly cursor: string;
}

/** Digital humans, what they know, and how they learned it. */
export class DigitalHumans {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  create(human: NewDigitalHuman): Promise<DigitalHuman> {
    return this.#transport.json(path`/digital-humans`, { method: 'POST', body: human });
  }

  /** One's own and all public ones, the newest first. */
  list(options?: PageOptions & { readonly own?: boolean }): Promise<Page<DigitalHuman>> {
    return this.#transport.json(path`/digital-humans`, paged({ ...options }));
  }

  get(id: number, signal?: AbortSignal): Promise<DigitalHuman> {
    return this.#transport.json(path`/digital-humans/${id}`, { signal });
  }

  /** Changes what is named; null takes a greeting, model or temperature back. */
  change(id: number, change: Partial<NewDigitalHuman>): Promise<DigitalHuman> {
    return this.#transport.json(path`/digital-humans/${id}`, { method: 'PATCH', body: change });
  }

  delete(id: number): Promise<void> {
    return this.#transport.json(path`/digital-humans/${id}`, { method: 'DELETE' });
  }

  knowledge(
    id: number,
    options: { readonly limit?: number; readonly types?: readonly KnowledgeType[]; readonly signal?: AbortSignal } = {},
  ): Promise<KnowledgeGraph> {
    const { limit, types, signal } = options;
    const query = { limit, types: types?.join(',') };
    return this.#transport.json(path`/digital-humans/${id}/knowledge`, { query, signal });
  }

  /** Ends the round that runs; what it has learned so far stays. */
  stopTraining(id: number): Promise<unknown> {
    return this.#transport.json(path`/digital-humans/${id}/train/stop`, { method: 'POST', body: {} });
  }

  /** Takes a message out of the training, and with it what only it had said. */
  forgetMessage(id: number, messageId: string): Promise<void> {
    return this.#transport.json(path`/digital-humans/${id}/training-messages/${messageId}`, { method: 'DELETE' });
  }

  forget(id: number, nodeId: string): Promise<void> {
    return this.#transport.json(path`/digital-humans/${id}/knowledge/${nodeId}`, { method: 'DELETE' });
  }

  /** What was said in training, and what was learned from each message. */
  trainingMessages(id: number, options?: PageOptions): Promise<RoundPage> {
    return this.#transport.json(path`/digital-humans/${id}/training-messages`, paged({ ...options }));
  }
}
