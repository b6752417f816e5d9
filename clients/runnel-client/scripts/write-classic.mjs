import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { buildClassic, classicFile } from './classic.mjs';

mkdirSync(dirname(classicFile), { recursive: true });
writeFileSync(classicFile, await buildClassic());
console.log(classicFile);
