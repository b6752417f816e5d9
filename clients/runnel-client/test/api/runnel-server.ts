import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** The server itself, as it was built last, with an empty database and the model that is built in. */
export async function startRunnel(...options: string[]): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'runnel-'));
  const server = spawn('dotnet', [built(), '--Urls=http://127.0.0.1:0', '--Models:Discover=false', ...options], {
    cwd: folder,
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !configures(name))),
  });
  const ended = new Promise<void>(resolve => server.once('exit', () => resolve()));
  const stop = async () => {
    server.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: await address(server), stop };
}

function built(): string {
  const files = ['release', 'debug'].map(name => join(root, 'artifacts/bin/Runnel.Server', name, 'Runnel.Server.dll'));
  const [newest] = files
    .map(file => ({ file, at: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.at - a.at);
  if (!newest?.at) throw new Error('There is no server. Build it: dotnet build src/Runnel.Server');
  return newest.file;
}

function address(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (text: Buffer) => {
      said += text;
      const url = /Now listening on: (\S+)/.exec(said)?.[1];
      if (url) resolve(url);
    };
    server.stdout?.on('data', hear);
    server.stderr?.on('data', hear);
    server.once('error', reject);
    server.once('exit', code => reject(new Error(`The server ended with ${code}: ${said}`)));
  });
}

// What the machine has set for itself must not reach the server.
const configures = (name: string) =>
  /^(ASPNETCORE_|OPENAI_)|__/.test(name) || name === 'URLS' || name === 'DOTNET_ENVIRONMENT';
