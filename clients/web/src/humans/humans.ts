import type { DigitalHuman, NewDigitalHuman } from 'runnel-client';
import { answerTo } from '../api/answer';
import { patiently, runnel } from '../api/runnel';
import { create } from '../state/store';

export type { DigitalHuman };
export type HumanFields = NewDigitalHuman;

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
  const answer = await answerTo(runnel.humans.get(id));
  asked.delete(id);
  if (answer.ok) learn([answer.data]);
  else if (answer.problem.status === 404) lose(id);
}

export async function loadHumans(before?: string) {
  const answer = await answerTo(runnel.humans.list({ limit: 200, ...(before ? { before } : {}) }));
  if (answer.ok) learn(answer.data.items);
  return answer;
}

export async function saveHuman(id: number | null, fields: HumanFields) {
  const answer = await answerTo(id === null ? runnel.humans.create(fields) : runnel.humans.change(id, fields));
  if (answer.ok) learn([answer.data]);
  return answer;
}

export async function deleteHuman(id: number) {
  const answer = await answerTo(patiently.humans.delete(id));
  if (answer.ok || answer.problem.status === 404) lose(id);
  return answer;
}
