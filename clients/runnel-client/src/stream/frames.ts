import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { RunnelEvent } from '../events/event.ts';
import type { Silence } from './silence.ts';

/** What came is not an event stream of Runnel. */
export class MalformedError extends Error {
  override readonly name = 'MalformedError';
}

/** The events of an event stream. A frame that was cut short is none. Its end is the end of the body. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  silence: Silence,
  onRetry: (ms: number) => void,
): AsyncGenerator<RunnelEvent, void> {
  let gathered: RunnelEvent[] = [];
  const parser = createParser({ onEvent: frame => gathered.push(toEvent(frame)), onRetry });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await silence.during(reader.read());
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      const events = gathered;
      gathered = [];
      yield* events;
    }
  } finally {
    // Also where the caller has left.
    reader.cancel().catch(() => {});
  }
}

function toEvent(frame: EventSourceMessage): RunnelEvent {
  return asEvent(parse(frame.data), frame.event, frame.id);
}

/** An event out of its parts; `type` of the data is the name of the frame. */
export function asEvent(data: unknown, name?: string, id?: string): RunnelEvent {
  if (typeof data !== 'object' || data === null) throw new MalformedError('An event without data.');
  const type = 'type' in data ? data.type : name;
  if (typeof type !== 'string') throw new MalformedError('An event without a name.');
  return { ...data, type, ...(id ? { id } : {}) } as RunnelEvent;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new MalformedError('An event that is not JSON.', { cause });
  }
}
