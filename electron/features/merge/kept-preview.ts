import { renameSync } from 'node:fs';
import { join } from 'node:path';
import type { IncomingRecords, ProjectDb } from '../../db/types.ts';
import { type IncomingFiles, openIncomingFiles } from '../../project/files/incoming-files.ts';
import type { WriteContext } from '../../project/context.ts';
import type { Work } from './incoming.ts';

/** What a preview leaves for whoever wants to see it item by item: the other log, in a folder that goes again. */
interface Kept {
  readonly room: IncomingFiles;
  readonly database: string;
  readonly refused: ReadonlySet<string>;
  records: IncomingRecords | null;
}

const kept = new WeakMap<ProjectDb, Kept>();
const closing = new WeakSet<ProjectDb>();

/** Keeps the log that was looked at, until another is looked at, it is merged, or the project is closed. */
export function keepPreview(context: WriteContext, { incoming }: Work, refused: ReadonlySet<string>): void {
  const { project } = context;
  dropPreview(project);
  const room = openIncomingFiles(project.folder, context.files);
  const database = join(room.folder, 'looked-at.sqlite');
  incoming.log.close();
  renameSync(incoming.database, database);
  kept.set(project, { room, database, refused, records: null });
  if (closing.has(project)) return;
  closing.add(project);
  context.atClose(() => dropPreview(project));
}

export function dropPreview(project: ProjectDb): void {
  const one = kept.get(project);
  kept.delete(project);
  one?.records?.close();
  one?.room.close();
}

/** The records it would bring; null where nothing was looked at, or it was merged since. */
export function previewedRecords(project: ProjectDb): IncomingRecords | null {
  const one = kept.get(project);
  if (one === undefined) return null;
  one.records ??= project.team.incomingRecords(one.database, one.refused);
  return one.records;
}
