import { account } from './account';
import { app } from './app';
import { composer } from './composer';
import { conversations } from './conversations';
import { errors } from './errors';
import { humans } from './humans';
import { messages } from './messages';
import { settings } from './settings';
import { streams } from './streams';

export const words = {
  ...app,
  ...account,
  ...conversations,
  ...messages,
  ...composer,
  ...humans,
  ...settings,
  ...streams,
  ...errors,
};

export type Word = keyof typeof words;
