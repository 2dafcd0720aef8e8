/**
 * Merges a file into a project, saying each phase it comes to; the test kills it. Run as
 * `node merge-child.ts <folder> <person as JSON> <file>`.
 */
import { writeSync } from 'node:fs';
import { openIncomingLog, openProject } from '../../electron/db/index.ts';
import type { Person } from '../../electron/db/types.ts';

const [folder = '', personText = '', file = ''] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, `${line}\n`);
const db = openProject({ folder, person: JSON.parse(personText) as Person });
const watch = { progress: (phase: string, done: number) => say(`${phase} ${done}`), cancelled: () => false };
say('open');
db.merges.merge(openIncomingLog(file), { from: 'b', dryRun: false, watch, judge: () => say('judged') });
say('merged');
setInterval(() => undefined, 1000);
