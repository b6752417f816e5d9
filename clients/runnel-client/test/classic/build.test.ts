import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildClassic, classicFile } from '../../scripts/classic.mjs';

test('the script that the server has is the one that these sources make', async () => {
  const script = await buildClassic();

  expect(readFileSync(classicFile, 'utf8'), 'npm run classic writes it').toBe(script);
  expect(script).toMatch(/^class AIAgentsSSE /m);
  expect(script).not.toMatch(/^\s*(export|import)\b/m);
});
