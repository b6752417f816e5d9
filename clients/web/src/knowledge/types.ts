export interface GraphNode {
  id: string;
  name: string;
  type: string;
  description: string | null;
  properties: Record<string, string>;
  confidence: number;
  message_id: string;
  learned_at: string;
  superseded?: readonly { what?: string; value?: string }[];
}

export interface GraphEdge {
  id: string;
  source: string;
  target: string;
  type: string;
  message_id: string;
}

export interface Graph {
  nodes: readonly GraphNode[];
  edges: readonly GraphEdge[];
  statistics: { nodes: number; edges: number; facts: number; by_type: Record<string, number> };
}

/** The kinds of things, each with a colour that stands out from white and from black. */
const colours: Record<string, string> = {
  person: '#0b8a7d',
  organization: '#3b6fd4',
  location: '#c2410c',
  skill: '#7c3aed',
  hobby: '#be185d',
  event: '#a16207',
  date: '#4d7c0f',
  concept: '#0e7490',
  other: '#64748b',
};

export const types = Object.keys(colours);

export const colourOf = (type: string): string => colours[type] ?? '#64748b';
