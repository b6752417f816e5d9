import type { TestProject } from 'vitest/node';
import { startServer } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    server: string;
  }
}

export default async function setup({ provide }: TestProject): Promise<() => void> {
  const { url, stop } = await startServer();
  provide('server', url);
  return stop;
}
