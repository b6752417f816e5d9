import { useEffect } from 'react';
import { useSelect } from '../state/store';
import { type DigitalHuman, humans, needHuman } from './humans';

/** A digital human by its id: undefined while it is asked for, null where there is none. */
export function useHuman(id: number | null | undefined): DigitalHuman | null | undefined {
  useEffect(() => {
    if (id) void needHuman(id);
  }, [id]);
  return useSelect(humans, all => (id ? all.get(id) : null));
}
