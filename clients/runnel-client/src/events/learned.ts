/** What was said otherwise before. */
export interface Contradiction {
  /** The name of the property, or the type of the relation. */
  readonly what: string;
  readonly value: string;
  readonly message_id: string;
  /** Null for a property. */
  readonly edge_id: string | null;
}

/** A thing that a message was about, as it is in the graph now. */
export interface LearnedNode {
  readonly id: string;
  readonly name: string;
  readonly type: KnowledgeType;
  /** What this message said of it. */
  readonly description?: string | null;
  readonly properties: Readonly<Record<string, string>>;
  /** How sure the model is, 0 to 1. */
  readonly confidence: number;
  /** False where an earlier message named it. */
  readonly is_new: boolean;
  readonly contradicts: readonly Contradiction[];
}

/** A relation that a message stated. */
export interface LearnedEdge {
  readonly id: string;
  readonly source: string;
  readonly source_name: string;
  readonly target: string;
  readonly target_name: string;
  readonly type: string;
  readonly confidence: number;
  readonly is_new: boolean;
  readonly contradicts: readonly Contradiction[];
}

export interface Learned {
  readonly nodes: readonly LearnedNode[];
  readonly edges: readonly LearnedEdge[];
}

export type KnowledgeType =
  | 'person'
  | 'organization'
  | 'location'
  | 'skill'
  | 'hobby'
  | 'event'
  | 'date'
  | 'concept'
  | 'other';
