import { useCallback, useEffect, useState } from 'react';
import type { Answer, Problem } from './answer';

/** What a request brings, why it brings nothing, and how to ask again. `load` must be the same function each time. */
export function useLoaded<T>(load: () => Promise<Answer<T>>) {
  const [data, setData] = useState<T | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  const again = useCallback(async () => {
    const answer = await load();
    if (answer.ok) setData(answer.data);
    setProblem(answer.ok ? null : answer.problem);
  }, [load]);

  useEffect(() => {
    void again();
  }, [again]);

  return { data, problem, again };
}
