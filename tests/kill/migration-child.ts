/** Opens a project and goes on having it open; the test kills it. Run as `node migration-child.ts <folder> <person as JSON>`. */
import { writeSync } from 'node:fs';
import { openProject } from '../../electron/db/index.ts';
import type { Person } from '../../electron/db/types.ts';

const [folder = '', person = ''] = process.argv.slice(2);
writeSync(1, 'ready\n');
openProject({ folder, person: JSON.parse(person) as Person });
writeSync(1, 'open\n');
setInterval(() => undefined, 60_000);
