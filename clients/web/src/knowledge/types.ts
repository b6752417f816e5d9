import type { KnowledgeType } from 'runnel-client';

/** The kinds of things, each with a colour that stands out from white and from black. */
const colours: Record<KnowledgeType, string> = {
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

export const types = Object.keys(colours) as KnowledgeType[];

export const colourOf = (type: string): string => colours[type as KnowledgeType] ?? colours.other;
