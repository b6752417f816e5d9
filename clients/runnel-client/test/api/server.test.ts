import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EventStream, isTerminal, RunnelClient, type RunnelEvent, type Tokens } from '../../src/index.ts';
import { Answers } from './answers.ts';
import { Endpoints } from './endpoints.ts';
import { startRunnel } from './runnel-server.ts';

const password = 'a long password';
const answers = new Answers();
const endpoints = new Endpoints();
let server: Awaited<ReturnType<typeof startRunnel>>;
let runnel: RunnelClient;

const guest = () => new RunnelClient({ baseUrl: server.url, fetch: endpoints.fetch });
const withTokens = (tokens: Tokens) => RunnelClient.withTokens({ baseUrl: server.url, fetch: endpoints.fetch }, tokens);

/** Everything up to the end of a turn or round. */
async function toEnd(method: string, stream: EventStream): Promise<RunnelEvent[]> {
  const events: RunnelEvent[] = [];
  for await (const event of stream) {
    events.push(event);
    if (isTerminal(event)) break;
  }
  answers.events(method, events);
  return events;
}

beforeAll(async () => {
  server = await startRunnel();
  await answers.of('account.setup', guest().account.setup());
  runnel = withTokens(await guest().account.register('ann@example.org', password));
});

afterAll(() => server?.stop());

/** Every method of the client and of its parts. */
function methodsOf(client: RunnelClient): string[] {
  const names = (of: object) => Object.getOwnPropertyNames(Object.getPrototypeOf(of));
  const parts = Object.entries(client).filter(([name]) => name !== 'transport');
  return [...names(client), ...parts.flatMap(([name, part]) => names(part).map(method => `${name}.${method}`))]
    .filter(name => !name.endsWith('constructor'))
    .sort();
}

describe.concurrent('of the server itself, the client asks for', () => {
  test('conversations and their turns', async () => {
    const { conversations } = runnel;
    await answers.of('models', runnel.models());
    const { thread_id } = await answers.of('conversations.create', conversations.create({ title: 'Rivers' }));
    const turn = await answers.of('send', runnel.send({ thread_id, message: 'What is a river?' }));
    const events = await toEnd('follow', runnel.follow(thread_id, { after: turn.cursor }));
    expect(events.at(-1)).toMatchObject({ type: 'ai_response_complete', message_id: turn.message_id });
    await toEnd('followAll', runnel.followAll({ after: turn.user_cursor }));

    await answers.of('conversations.feedback', conversations.feedback(thread_id, turn.message_id, 'up', 'So it is.'));
    const again = await answers.of('regenerate', runnel.regenerate(thread_id, turn.message_id));
    await answers.of('stop', runnel.stop(thread_id, { turn_id: again.turn_id }));
    const edited = await answers.of('edit', runnel.edit(thread_id, turn.user_message_id, 'What is a lake?'));
    await answers.of('stop', runnel.stop(thread_id, { turn_id: edited.turn_id }));
    await answers.of('conversations.branch', conversations.branch(thread_id, turn.message_id));
    await answers.of('conversations.messages', conversations.messages(thread_id));

    await answers.of('conversations.rename', conversations.rename(thread_id, 'Waters'));
    await answers.of('conversations.get', conversations.get(thread_id));
    const list = await answers.of('conversations.list', conversations.list({ limit: 1 }));
    expect(list.items).toMatchObject([{ title: 'Waters' }]);
    await answers.of('conversations.list', conversations.list({ search: 'water' }));
    const exported = await conversations.export(thread_id, 'markdown');
    expect(await exported.text()).toContain('What is a river?');
    await answers.of('conversations.delete', conversations.delete(thread_id));
    expect(await runnel.follow(thread_id).listen({ onEvent: () => {} })).toMatchObject({ reason: 'gone' });
  });

  test('digital humans, their training and what they know', async () => {
    const { humans } = runnel;
    const { id } = await answers.of('humans.create', humans.create({ name: 'Li', persona: 'A friend.' }));
    const message = 'My name is Ada. I live in Paris and I like chess.';
    const round = await toEnd('train', runnel.train({ digital_human_id: id, message }));
    expect(round.at(-1)?.type).toBe('training_complete');
    await toEnd('followTraining', runnel.followTraining(id, { after: '0' }));

    // Another place, which contradicts the first, and one that waits, for what the events of both are like.
    await toEnd('train', runnel.train({ digital_human_id: id, message: 'I live in Rome.' }));
    const first = runnel.train({ digital_human_id: id, message: 'I like rowing.' })[Symbol.asyncIterator]();
    await first.next();
    await toEnd('train', runnel.train({ digital_human_id: id, message: 'I like wine.', when_busy: 'enqueue' }));
    await first.return?.();

    const talk = await toEnd('ask', runnel.ask({ message: 'Where does Ada live? Paris?', digital_human_id: id }));
    const [turn] = talk.flatMap(event => (event.type === 'ai_response_complete' ? [event] : []));
    expect(turn?.knowledge_used.length).toBeGreaterThan(0);
    await answers.of('conversations.messages', runnel.conversations.messages(turn?.thread_id ?? ''));

    const page = await answers.of('humans.trainingMessages', humans.trainingMessages(id));
    expect(page.items).toHaveLength(4);
    const graph = await answers.of(
      'humans.knowledge',
      humans.knowledge(id, { types: ['location', 'person', 'hobby'] }),
    );
    const paris = graph.nodes.find(node => node.name === 'Paris');
    await answers.of('humans.forget', humans.forget(id, paris?.id ?? ''));
    await answers.of('humans.stopTraining', humans.stopTraining(id));
    await answers.of('humans.forgetMessage', humans.forgetMessage(id, page.items[0]?.message_id ?? ''));
    await answers.of('humans.change', humans.change(id, { greeting: 'Hello.', is_public: true }));
    await answers.of('humans.get', humans.get(id));
    await answers.of('humans.list', humans.list({ own: true }));
    await answers.of('humans.delete', humans.delete(id));
  });

  test('the account, its keys and its sessions', async () => {
    const email = 'eve@example.org';
    const tokens = await answers.of('account.register', guest().account.register(email, password));
    await answers.of('account.login', guest().account.login(email, password));
    const { account } = withTokens(await answers.of('account.refresh', guest().account.refresh(tokens.refresh_token)));
    await answers.of('account.me', account.me());
    const sessions = await answers.of('account.sessions', account.sessions());
    const other = sessions.find(session => !session.is_current);
    await answers.of('account.endSession', account.endSession(other?.session_id ?? ''));
    const key = await answers.of('account.makeApiKey', account.makeApiKey('backup'));
    await answers.of('account.apiKeys', account.apiKeys());
    await answers.of('account.revokeApiKey', account.revokeApiKey(key.key_id));
    await answers.of('account.streamTicket', account.streamTicket());
    await answers.of('account.changePassword', account.changePassword(password, `${password}!`));
    await answers.of('account.delete', account.delete(`${password}!`));
    await answers.of('account.logout', account.logout());

    await answers.of('account.registerHere', guest().account.registerHere('bob@example.org', password));
    await answers.of('account.loginHere', guest().account.loginHere('bob@example.org', password));
  });
});

describe('so it has asked for', () => {
  test('every endpoint there is, by every method there is', async () => {
    // Which a stream asks for by itself, where a proxy mutes it.
    const byStreams = ['GET /api/v1/conversations/events', 'GET /api/v1/conversations/{threadId}/events'];
    expect(await endpoints.unasked(server.url)).toEqual(byStreams);
    expect([...answers.methods, 'conversations.export'].sort()).toEqual(methodsOf(runnel));
  });

  test('what comes back as it is declared: everything, and nothing besides', () => {
    expect(answers.faults()).toBe('');
  });
});
