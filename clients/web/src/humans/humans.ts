import { request, withQuery } from '../api/request';
import { create } from '../state/store';

export interface DigitalHuman {
  id: number;
  name: string;
  persona: string;
  greeting: string | null;
  model: string | null;
  temperature: number | null;
  is_public: boolean;
  is_own: boolean;
}

export type HumanFields = Omit<DigitalHuman, 'id' | 'is_own'>;

/** All that are known here, by id; null for one that is not there. */
export const humans = create<ReadonlyMap<number, DigitalHuman | null>>(new Map());

const asked = new Set<number>();

const learn = (all: readonly DigitalHuman[]) =>
  humans.set(known => new Map([...known, ...all.map((one): [number, DigitalHuman] => [one.id, one])]));

const lose = (id: number) => humans.set(known => new Map([...known, [id, null]]));

/** Asks for one, once. */
export async function needHuman(id: number) {
  if (asked.has(id) || humans.get().has(id)) return;
  asked.add(id);
  const answer = await request<DigitalHuman>('GET', `/digital-humans/${id}`);
  asked.delete(id);
  if (answer.ok) learn([answer.data]);
  else if (answer.status === 404) lose(id);
}

export async function loadHumans(before?: string) {
  const answer = await request<{ items: DigitalHuman[]; next_before: string | null }>(
    'GET',
    withQuery('/digital-humans', { limit: 200, before }),
  );
  if (answer.ok) learn(answer.data.items);
  return answer;
}

export async function saveHuman(id: number | null, fields: HumanFields) {
  const answer = await (id === null
    ? request<DigitalHuman>('POST', '/digital-humans', fields)
    : request<DigitalHuman>('PATCH', `/digital-humans/${id}`, fields));
  if (answer.ok) learn([answer.data]);
  return answer;
}

export async function deleteHuman(id: number) {
  const answer = await request('DELETE', `/digital-humans/${id}`, undefined, 120_000);
  if (answer.ok || answer.status === 404) lose(id);
  return answer;
}
