import { expectTypeOf, test } from 'vitest';
import type { ConversationEvent, TrainingEvent } from '../../src/index.ts';
import type { ServerEvents } from './server-events.ts';

type Known = ConversationEvent | TrainingEvent;
type ClientEvents = { readonly [T in Known['type']]: Extract<Known, { readonly type: T }> };

/** The members that are always there. */
type Required<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T];

type Fields<T> = { readonly [K in keyof T]: { readonly all: keyof T[K]; readonly always: Required<T[K]> } };

// The compiler is what fails here: `npm run check`.
test('every event of the server has its type, with every field, and none besides', () => {
  expectTypeOf<keyof ClientEvents>().toEqualTypeOf<keyof ServerEvents>();
  expectTypeOf<Fields<ClientEvents>>().toEqualTypeOf<Fields<ServerEvents>>();
});

test('what the client takes a field for, the server may send', () => {
  expectTypeOf<ClientEvents extends ServerEvents ? true : false>().toEqualTypeOf<true>();
});
