import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { importProject, openIncomingLog } from '../../db/index.ts';
import { fieldOf, isWithheld } from '../../../shared/changes/fields.ts';
import type { Json, Show } from '../../db/types.ts';
import type { WriteContext } from '../../project/context.ts';
import { newPrivateKey, personOf } from '../../project/people/people.ts';
import { exportWorkplace, type ProjectFileParts, TEMPORARY } from '../../project/export/project-file.ts';
import type { Part } from './part.ts';
import { allPeople, removedRecords } from './queries.ts';
import { scrubber, scrubValue } from './scrub.ts';

/** Left out: they say who or which machine, or name commits of a log that nobody has there, and nothing of the evidence. */
const LEFT_OUT: ReadonlySet<string> = new Set(['assignment', 'snapshot']);
const QUOTED: ReadonlySet<string> = new Set(['quote']);
/** Accounts that name nobody. */
const NOBODY = /^(?:root|admin|administrator|user|guest|localhost)$/i;

/**
 * Tells `work` what goes into a project file under other names: a new project with throwaway keys, “Coder 1” and so on for
 * people, and neither names nor this machine's account, host name or paths in any text that somebody wrote. What is quoted
 * from a source is left, and so are the sources. Nothing goes out that was removed, nor what hangs on it. The annotations are
 * made of the new log, not of this one.
 */
export async function withPseudonyms<T>(
  context: WriteContext,
  part: Part | null,
  work: (parts: ProjectFileParts) => Promise<T>,
): Promise<T> {
  const { folder, remove } = exportWorkplace(context.project);
  const place = join(folder, `${TEMPORARY}${context.newId()}`);
  mkdirSync(place, { mode: 0o700 });
  const log = join(place, 'log.sqlite');
  try {
    writeLog(context, part?.show ?? (() => true), log);
    const project = read(log, join(place, 'project'));
    try {
      return await work({
        sources: part?.sources ?? null,
        // The new log has nothing else, and other ids.
        annotations: true,
        from: { read: project.read, id: project.id, head: project.head() },
        top: 'project',
        writeDatabase: (target) => {
          mkdirSync(dirname(target), { recursive: true });
          renameSync(log, target);
        },
      });
    } finally {
      project.close();
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
    remove();
  }
}

function writeLog(context: WriteContext, show: Show, target: string): void {
  const names = namesOf(context);
  const removed = new Set(context.db.all(removedRecords, {}).map(({ id }) => id));
  const scrub = scrubber({ names: names.texts, machine: machineWords() });
  context.project.exports.writePseudonymous(target, {
    show: (entity, id, field) =>
      !LEFT_OUT.has(entity) && !isWithheld(entity, field, 'pseudonyms') && !removed.has(id) && show(entity, id, field),
    nameOf: names.of,
    text: (entity, field, value): Json => {
      const how = fieldOf(entity, field)?.scrub;
      if (how === 'never') return value;
      return scrubValue(
        value,
        how === 'parts' ? scrub.notes : scrub.evidence,
        entity === 'review' ? QUOTED : undefined,
      );
    },
  });
}

/** The project as whoever gets the file will have it. The log is taken in like anybody's. */
function read(log: string, folder: string) {
  const incoming = openIncomingLog(log);
  try {
    const nobody = personOf('Nobody', newPrivateKey());
    return importProject({
      folder,
      person: nobody,
      project: incoming.project,
      packets: () => incoming.packets(),
      judge: () => undefined,
    });
  } finally {
    incoming.close();
  }
}

/** “Coder 1” and on, in the order in which people came into the project; and every name that any of them ever had. */
function namesOf({ db, project, person }: WriteContext) {
  const given = new Map<string, string>();
  const of = (id: string): string => {
    const known = given.get(id) ?? `Coder ${given.size + 1}`;
    given.set(id, known);
    return known;
  };
  const texts = new Map<string, string>();
  const people = db.all(allPeople, {}).map(({ id }) => id);
  for (const id of people) of(id);
  // Oldest first: where two used one name, it stands for whoever had it last.
  for (const { id, value } of project.log.changes('person', people, ['name']))
    if (typeof value === 'string' && value.trim() !== '') texts.set(value, of(id));
  if (!texts.has(person.name)) texts.set(person.name, of(person.id));
  return { of, texts };
}

/** What names this machine and whoever uses it. */
function machineWords(): string[] {
  const host = hostname();
  const words = [homedir(), homedir().replaceAll('\\', '/'), userInfo().username, host, host.split('.')[0] ?? ''];
  return words.filter((word) => word.length > 1 && !NOBODY.test(word));
}
