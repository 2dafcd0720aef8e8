import { resolve } from 'node:path';
import { toErrorData } from '../../shared/errors.ts';
import { makeSample } from './make-sample.ts';

/** `npm run sample [-- folder]`: creates the sample project. */
const folder = resolve(process.argv[2] ?? 'sample.sourcebook');
try {
  await makeSample(folder);
  process.stdout.write(`Made the sample project in ${folder}. Open it with: npm start -- ${folder}\n`);
} catch (thrown) {
  process.stderr.write(`${toErrorData(thrown).message}\n`);
  process.exitCode = 1;
}
