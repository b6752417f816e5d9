import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Where the server has it, so that it is there without Node too. */
export const classicFile = fileURLToPath(
  new URL('../../../src/Runnel.Server/wwwroot/static/js/sse-client.js', import.meta.url),
);

const head =
  '// Made of clients/runnel-client by "npm run classic". Pages of the original load it as a classic script.\n';
const foot = 'class AIAgentsSSE extends RunnelClassic.AIAgentsSSE {}\n';

/** The classic script: one name of its own, and the class at the top. */
export async function buildClassic() {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('..', import.meta.url)),
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: 'src/classic/ai-agents-sse.ts', formats: ['iife'], name: 'RunnelClassic' },
      rolldownOptions: {
        output: { exports: 'named', minify: { compress: true, mangle: false, codegen: { removeWhitespace: false } } },
      },
    },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (!output || !('output' in output)) throw new Error('Nothing was built.');
  const code = output.output[0].code.trimEnd();
  const file = ['format', '--stdin-file-path=sse-client.js', '--indent-style=space', '--line-width=120'];
  return execFileSync('npx', ['biome', ...file], { input: `${head}${code}\n${foot}`, encoding: 'utf8' });
}
