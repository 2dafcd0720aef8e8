/**
 * Works on a project without end and says what is done once it is done; the test kills it. Run as
 * `node child.ts <folder> <person as JSON> <seed>`.
 */
import { writeSync } from 'node:fs';
import { createProject, newId, openProject } from '../../electron/db/index.ts';
import type { Edit, Person, ProjectDb } from '../../electron/db/types.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from '../support/seeded.ts';

const [folder = '', personText = '', seed = '0'] = process.argv.slice(2);
const person = JSON.parse(personText) as Person;
const random = seeded(Number(seed));
const say = (line: string): void => void writeSync(1, `${line}\n`);
const set = (entity: Edit['entity'], id: string, fields: Record<string, unknown>): Edit[] =>
  Object.entries(fields).map(([field, value]) => ({ entity, id, field, value }) as Edit);

function open(): ProjectDb {
  if (existsSync(join(folder, 'project.sqlite'))) return openProject({ folder, person });
  return createProject({
    folder,
    person,
    begin: { label: 'New project', edits: (id) => set('project', id, { title: 'Kill me' }) },
  });
}

const sources: string[] = [];
function act(db: ProjectDb, k: number): void {
  const what = random.next();
  if (what < 0.5 || sources.length === 0) {
    const id = newId();
    sources.push(id);
    const done = db.write.commit(`source ${k}`, set('source', id, { title: `t${k}`, bytes: k }));
    say(`c ${done?.hash ?? ''} ${id} t${k}`);
  } else if (what < 0.8) {
    const [passage, tag] = [newId(), newId()];
    const edits = [
      ...set('passage', passage, {
        source: random.pick(sources),
        anchor: { start: k, exact: 'x'.repeat(random.int(1, 3000)) },
      }),
      ...set('tag', tag, { passage }),
    ];
    say(`c ${db.write.commit(`passage ${k}`, edits)?.hash ?? ''}`);
  } else if (what < 0.85) {
    say(
      `c ${
        db.write.commit(
          'many',
          sources.flatMap((id) => set('source', id, { author: `a${k}` })),
        )?.hash ?? ''
      }`,
    );
  } else if (what < 0.93 && db.undoLabels().undo !== null) say(`c ${db.undo().commit?.hash ?? ''}`);
  else if (what < 0.97 && db.undoLabels().redo !== null) say(`c ${db.redo().commit?.hash ?? ''}`);
  else if (what < 0.98) {
    db.backup('asked');
    say('b');
  } else {
    db.setLocal('place', k);
    say(`l ${k}`);
  }
}

say('ready');
let db = open();
say('open');
for (let k = 0; ; k++) {
  act(db, k);
  if (random.chance(0.01)) {
    db.close();
    db = open();
  }
}
