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

/** A message that said something. */
export interface FactSource {
  readonly message_id: string;
  readonly round_id: string;
  readonly learned_at: string;
}

/** A value of a property that another one took the place of. */
export interface SupersededValue {
  readonly property: string;
  readonly value: string;
  readonly message_id: string;
  /** The message that said the value which holds. */
  readonly superseded_by: string;
}

export interface KnowledgeNode {
  readonly id: string;
  readonly name: string;
  readonly type: KnowledgeType;
  readonly description: string | null;
  readonly properties: Readonly<Record<string, string>>;
  readonly confidence: number;
  /** The message that named it first, its round, and when. */
  readonly message_id: string;
  readonly round_id: string;
  readonly learned_at: string;
  readonly superseded: readonly SupersededValue[];
  /** The messages that said something of it, the newest first. */
  readonly sources: readonly FactSource[];
}

export interface KnowledgeEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly description: string | null;
  readonly confidence: number;
  /** The message that said it first, its round, and when. */
  readonly message_id: string;
  readonly round_id: string;
  readonly learned_at: string;
  /** The edge that took its place; null while it holds. */
  readonly superseded_by: string | null;
  readonly sources: readonly FactSource[];
}

export interface KnowledgeGraph {
  readonly nodes: readonly KnowledgeNode[];
  readonly edges: readonly KnowledgeEdge[];
  /** Of everything, whatever was asked for. */
  readonly statistics: {
    readonly nodes: number;
    readonly edges: number;
    readonly facts: number;
    readonly max_facts: number;
    /** Messages that something was learned from. */
    readonly messages: number;
    readonly by_type: Readonly<Record<KnowledgeType, number>>;
    /** The types of which little is known, the thinnest first. */
    readonly thin_areas: readonly KnowledgeType[];
  };
}

/** What was said in training, the oldest first, and the place of the training's stream at that moment. */
export interface RoundPage extends Page<RoundItem> {
  readonly cursor: string;
}

export interface RoundStop {
  readonly stopped: boolean;
  readonly round_id: string | null;
  readonly status: string | null;
  /** The cursor of the round's last event on the stream of its digital human. */
  readonly last_event_id: string;
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

  /** Ends the round that is named, or the one that runs; what it has learned so far stays. */
  stopTraining(
    id: number,
    round: { readonly round_id?: string; readonly client_message_id?: string } = {},
  ): Promise<RoundStop> {
    return this.#transport.json(path`/digital-humans/${id}/train/stop`, { method: 'POST', body: round });
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
