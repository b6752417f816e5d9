import type { Model } from 'runnel-client';
import { answerTo } from '../api/answer';
import { runnel } from '../api/runnel';
import { keep, recall } from '../state/kept';
import { create } from '../state/store';

/** What can answer; null until the server has said it. */
export const models = create<readonly Model[] | null>(null);

/** The reader's choice for new messages; null: the server's standard. */
export const chosenModel = create<string | null>(recall('model'));

export function chooseModel(name: string | null) {
  keep('model', name);
  chosenModel.set(name);
}

export async function loadModels() {
  const answer = await answerTo(runnel.models());
  if (!answer.ok) return;
  models.set(answer.data);
  const chosen = chosenModel.get();
  if (chosen && !answer.data.some(model => model.name === chosen)) chooseModel(null);
}

/** The model that answers the next message. */
export function nextModel(all: readonly Model[] | null, chosen: string | null): Model | undefined {
  return all?.find(model => model.name === chosen) ?? all?.find(model => model.is_default);
}
