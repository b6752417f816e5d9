import { chromium } from 'playwright';
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const base = 'http://127.0.0.1:5173';
const shots = '/tmp/team/web2/shots/';
const opts = JSON.parse(process.argv[2] ?? '{}');
export async function ctx(o = {}) { const c = await b.newContext({ baseURL: base, viewport: { width: 1280, height: 800 }, locale: 'en-GB', ...o }); c.setDefaultTimeout(15000); return c; }
async function signIn(p) { await p.goto('/'); const begin = p.getByTestId('begin'); const si = p.getByTestId('sign-in'); await begin.or(si).waitFor();
  if (await begin.count()) { await p.locator('#password').fill('correct horse'); await begin.click(); } else { await p.locator('#email').fill('me@localhost'); await p.locator('#password').fill('correct horse'); await si.click(); } await p.getByTestId('composer').waitFor(); }
export { b, base, shots, signIn };
const { default: run } = await import(process.argv[3]);
try { await run({ b, base, shots, signIn, ctx }); } finally { await b.close(); }
