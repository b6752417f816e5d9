// Every answer is a value: { ok, status, data } or { ok: false, status, error: { code, title, detail, retryAfter } }.
const base = '/api/v1';
export const streamPath = `${base}/conversations/stream`;

async function request(method, path, body) {
  let response, text;
  try {
    response = await fetch(base + path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: body ? { 'Content-Type': 'application/json' } : {},
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout?.(30_000),
    });
    text = await response.text(); // an answer that was cut is no answer
  } catch {
    return { ok: false, status: 0, error: { code: 'network' } };
  }
  const data = parse(text);
  if (response.ok) return { ok: true, status: response.status, data };
  const retryAfter = Number(response.headers.get('Retry-After')) || null;
  const { status } = response;
  return { ok: false, status, error: { code: `http_${status}`, ...data, status, retryAfter } };
}

function parse(text) {
  try { return JSON.parse(text); } catch { return null; }
}

const id = encodeURIComponent;
const query = fields => new URLSearchParams(Object.entries(fields).filter(([, value]) => value)).toString();

export const me = () => request('GET', '/auth/me');
export const setup = () => request('GET', '/setup');
export const register = account => request('POST', '/auth/register?use_cookies=true', account);
export const login = account => request('POST', '/auth/login?use_cookies=true', account);
export const logout = () => request('POST', '/auth/logout');
export const models = () => request('GET', '/models');
export const conversations = before => request('GET', `/conversations?${query({ limit: 30, before })}`);
export const conversation = thread => request('GET', `/conversations/${id(thread)}`);
export const messages = (thread, before) =>
  request('GET', `/conversations/${id(thread)}/messages?${query({ limit: 50, before })}`);
export const rename = (thread, title) => request('PATCH', `/conversations/${id(thread)}`, { title });
export const stop = thread => request('POST', `/conversations/${id(thread)}/stop`, {});
export const branch = (thread, message_id) => request('POST', `/conversations/${id(thread)}/branch`, { message_id });
export const regenerate = (thread, message) =>
  request('POST', `/conversations/${id(thread)}/messages/${id(message)}/regenerate`, { when_busy: 'enqueue' });
export const send = message => request('POST', '/conversations/send', message);
