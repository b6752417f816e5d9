/** How long text and reasoning were after an event. */
export interface Mark {
  readonly content: number;
  readonly reasoning: number;
}

/**
 * Which events a text is made of, by cursor. Immutable, and cheap to add to: the newest are in a short list, the others in
 * maps of doubling size.
 */
export interface Applied {
  readonly newest: readonly (readonly [string, Mark])[];
  readonly older: readonly ReadonlyMap<string, Mark>[];
}

export const nothingApplied: Applied = { newest: [], older: [] };

const most = 32;

export function markOf({ newest, older }: Applied, cursor: string): Mark | undefined {
  return newest.find(([id]) => id === cursor)?.[1] ?? older.find(map => map.has(cursor))?.get(cursor);
}

export function withMark({ newest, older }: Applied, cursor: string, mark: Mark): Applied {
  const next = [...newest, [cursor, mark] as const];
  if (next.length < most) return { newest: next, older };
  const maps = [...older];
  let merged = new Map(next);
  for (let last = maps.at(-1); last && last.size <= merged.size; last = maps.at(-1)) {
    merged = new Map([...last, ...merged]);
    maps.pop();
  }
  return { newest: [], older: [...maps, merged] };
}
