import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { importProject, openIncomingLog } from '../../db/index.ts';
import { fieldOf, isWithheld } from '../../../shared/changes/fields.ts';
import type { Json, Show } from '../../db/types.ts';
import type { WriteContext } from '../context.ts';
import { newPrivateKey, personOf } from '../people/people.ts';
import { exportWorkplace, type ProjectFileParts, TEMPORARY } from './project-file.ts';
import type { Part } from './part.ts';
import { removedRecords } from './part-queries.ts';
import { pseudonymsOf } from './pseudonyms.ts';
import { scrubValue } from './scrub.ts';

/** Left out: they identify people or machines, or name commits of the original log, and are no evidence. The filter of a view or a dossier, and a draft, can name people. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'assignment',
  'snapshot',
  'timestamp',
  'view',
  'dossier',
  'draft',
  'draftlink',
  'draftmark',
  'draftrelease',
  'draftremedy',
]);
const QUOTED: ReadonlySet<string> = new Set(['quote']);

/**
 * Calls `work` with the parts of a pseudonymous project file: a new project with throwaway keys and people named “Coder 1” and so
 * on. Names, this machine's account, host name and paths are removed from all text that people wrote, but not from sources and
 * quotations. `free` takes masked words out of the same texts. Removed records, and those that depend on them, are left out. The annotations are made from the new log.
 */
export async function withPseudonyms<T>(
  context: WriteContext,
  part: Part | null,
  work: (parts: ProjectFileParts) => Promise<T>,
  free: (text: string) => string = (text) => text,
): Promise<T> {
  const { folder, remove } = exportWorkplace(context.project);
  const place = join(folder, `${TEMPORARY}${context.newId()}`);
  mkdirSync(place, { mode: 0o700 });
  const log = join(place, 'log.sqlite');
  try {
    writeLog(context, part?.show ?? (() => true), free, log);
    const project = read(log, join(place, 'project'));
    try {
      return await work({
        sources: part?.sources ?? null,
        // The new log contains nothing else, and has other ids.
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

function writeLog(context: WriteContext, show: Show, free: (text: string) => string, target: string): void {
  const { of: nameOf, scrub } = pseudonymsOf(context);
  const removed = new Set(context.db.all(removedRecords, {}).map(({ id }) => id));
  context.project.exports.writePseudonymous(target, {
    show: (entity, id, field) =>
      !LEFT_OUT.has(entity) && !isWithheld(entity, field, 'pseudonyms') && !removed.has(id) && show(entity, id, field),
    nameOf,
    text: (entity, field, value): Json => {
      const { kind, scrub: how } = fieldOf(entity, field) ?? {};
      // Names that people gave to places and terms are kept, except for masked words.
      if (how === 'never') return kind === 'text' ? scrubValue(value, free) : value;
      const unnamed = how === 'parts' ? scrub.notes : scrub.evidence;
      return scrubValue(value, (text) => free(unnamed(text)), entity === 'review' ? QUOTED : undefined);
    },
  });
}

/** The project as the recipient will have it: its log is imported like any other. */
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
