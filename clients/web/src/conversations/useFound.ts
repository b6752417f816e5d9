import { useEffect, useState } from 'react';
import { answerTo } from '../api/answer';
import { runnel } from '../api/runnel';
import type { Row } from '../live/types';

const PAUSE = 200;

/** What the server finds; null where nothing is searched. The rows of the search before stay until the next ones are here. */
export function useFound(search: string): { rows: readonly Row[]; busy: boolean } | null {
  const [found, setFound] = useState<{ search: string; rows: readonly Row[] } | null>(null);
  const wanted = search.trim();

  useEffect(() => {
    if (!wanted) return setFound(null);
    let over = false;
    const timer = setTimeout(async () => {
      const answer = await answerTo(runnel.conversations.list({ search: wanted, limit: 100 }));
      if (!over && answer.ok) setFound({ search: wanted, rows: answer.data.items });
    }, PAUSE);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [wanted]);

  if (!wanted) return null;
  return { rows: found?.rows ?? [], busy: found?.search !== wanted };
}
