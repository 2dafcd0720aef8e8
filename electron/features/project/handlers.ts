import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { z } from 'zod';
import type { project, ProjectInfo } from '../../../shared/contract/project.ts';
import { Fault } from '../../../shared/errors.ts';
import { commitHash, type Person, person, recordId } from '../../../shared/model/index.ts';
import type { Left } from '../../db/types.ts';
import { type ChangedCode, freeTakenCodes } from '../../project/codebook/unique-codes.ts';
import { type Handlers, perProject, type ReadContext, type WriteContext } from '../../project/context.ts';
import { fingerprintOf, publicKeyOf } from '../../project/people/people.ts';
import { livePeople, shownNames } from '../../project/people/names.ts';
import { projectTitles } from '../../project/project-titles.ts';
import { signerOf } from '../../project/review/moves.ts';
import { chainsOfLog, totals } from './queries.ts';
import { verifyProject } from './verify.ts';

const SERVICES: readonly { readonly name: string; readonly folder: RegExp }[] = [
  // macOS names its folders with a hyphen: ~/Library/CloudStorage/OneDrive-Personal.
  { name: 'OneDrive', folder: /^OneDrive((?: - |-).+)?$/i },
  { name: 'Dropbox', folder: /^Dropbox( \(.+\)|-.+)?$/i },
  { name: 'iCloud', folder: /^(Mobile Documents|com~apple~CloudDocs|iCloudDrive|iCloud Drive)$/i },
  { name: 'Google Drive', folder: /^(Google ?Drive(-.+)?|My Drive)$/i },
  { name: 'Syncthing', folder: /^(Syncthing|Sync)$/i },
  { name: 'Nextcloud', folder: /^(Nextcloud|ownCloud)(-.+)?$/i },
];

/** Files that these services leave in the top folder they sync, whatever its name. */
const MARKS: readonly { readonly name: string; readonly mark: string }[] = [
  { name: 'Syncthing', mark: '.stfolder' },
  { name: 'Dropbox', mark: '.dropbox.cache' },
  { name: 'Nextcloud', mark: '.nextcloudsync.log' },
  { name: 'Nextcloud', mark: '.owncloudsync.log' },
];

/**
 * The service that syncs this folder, recognised by folder names and by the files it leaves; null if there is none. Two
 * computers writing to one synced database can lose work, so the interface warns.
 */
export function syncedBy(folder: string): string | null {
  const real = realpathSync(folder);
  const parts = real.split(sep);
  const named = SERVICES.find((service) => parts.some((part) => service.folder.test(part)))?.name;
  return named ?? markedBy(real);
}

function markedBy(folder: string): string | null {
  const found = MARKS.find(({ mark }) => existsSync(join(folder, mark)));
  const above = dirname(folder);
  return found?.name ?? (above === folder ? null : markedBy(above));
}

/** Key of the last verification's outcome. It is stored outside the log, since it only describes the files of this folder. */
const VERIFIED = 'project.verified';

const toPerson = (row: { id: string; name: string | null; key: string | null }): Person =>
  person.parse({
    id: row.id,
    name: row.name ?? row.id.slice(0, 8),
    fingerprint: row.key === null ? 'no key' : fingerprintOf(Buffer.from(row.key, 'hex')),
  });
/** The acting person, who may have no record in the project yet. */
const toActing = (acting: ReadContext['person']): Person =>
  person.parse({ id: acting.id, name: acting.name, fingerprint: fingerprintOf(publicKeyOf(acting)) });

const outcomeSchema = z.object({ at: z.number(), ok: z.boolean(), failures: z.number() });
/** The outcome since the project was opened, for one that can't be written: read-only, or on a full disk. */
const verifiedHere = perProject((): { last: ProjectInfo['verified'] } => ({ last: null }));

function lastVerified(context: ReadContext): ProjectInfo['verified'] {
  const stored = outcomeSchema.safeParse(context.project.local(VERIFIED));
  return verifiedHere(context).last ?? (stored.success ? stored.data : null);
}

function info(context: ReadContext): ProjectInfo {
  const { db, project: open } = context;
  const row = db.get(projectTitles, { id: open.id });
  const known = livePeople(db).map(toPerson);
  return {
    id: open.id,
    title: row?.title ?? 'Untitled project',
    person: known.find((one) => one.id === context.person.id) ?? toActing(context.person),
    people: known,
    ...(db.get(totals, {}) ?? { sources: 0, passages: 0, bytes: 0 }),
    head: open.head(),
    verified: lastVerified(context),
    codebook: { title: row?.codebookTitle ?? '', version: row?.codebookVersion ?? '' },
    syncedBy: syncedBy(open.folder),
    backupProblem: open.backupProblem(),
    readOnly: open.readOnly,
    diskFull: open.diskFull,
    holder: open.holder,
    replacedWhileOpen: open.replacedWhileOpen,
  };
}

async function verify(context: ReadContext) {
  const report = await verifyProject(context);
  const outcome = { at: context.now(), ok: report.ok, failures: report.failures.length };
  verifiedHere(context).last = outcome;
  if (!context.project.readOnly) keepVerified(context, outcome);
  context.emit('project.verified', outcome);
  return report;
}

/** A disk that has become full takes nothing from the report. */
function keepVerified({ project: open }: ReadContext, outcome: z.infer<typeof outcomeSchema>): void {
  try {
    open.setLocal(VERIFIED, outcome);
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.data.code !== 'DISK_FULL') throw thrown;
  }
}

const named = (left: readonly Left[]) => left.map((one) => ({ ...one, id: recordId.parse(one.id) }));

function step(context: WriteContext, which: 'undo' | 'redo') {
  let taken: readonly ChangedCode[] = [];
  const { label, left } = context.project[which](
    (edits) => {
      const freed = freeTakenCodes(context.db, edits);
      taken = freed.changed;
      return freed.edits;
    },
    (share) => {
      if (context.interrupted())
        throw new Fault(
          'CANCELLED',
          which === 'undo' ? 'Stopped. Nothing was undone.' : 'Stopped. Nothing was redone.',
        );
      context.emit('history.progress', { what: which, share });
    },
  );
  return { label, left: [...named(left), ...taken.flatMap(notRestored)] };
}

/** What was not restored, because another category uses the code or shortcut by now. */
function notRestored({ id, name, was, code, letter }: ChangedCode) {
  const left = (field: string, why: string) => ({ entity: 'category', id: recordId.parse(id), field, why });
  return [
    ...(code === was.code ? [] : [left('code', `“${name}” now has the code ${code}, because ${was.code} is in use`)]),
    ...(letter === was.letter
      ? []
      : [left('shortcut', `“${name}” has lost its shortcut, because ${was.letter ?? ''} is in use`)]),
  ];
}

export const projectHandlers: Handlers<typeof project> = {
  'project.info': info,
  'project.rename': (context, { title }) => {
    context.db.commit(`Rename project: ${title}`, [
      { entity: 'project', id: context.project.id, field: 'title', value: title },
    ]);
    return {};
  },
  'project.verify': verify,
  'project.backups': ({ project: open }) => ({ backups: open.backups() }),
  'project.backUp': ({ project: open }) => {
    open.backup('asked');
    return {};
  },
  'project.logHas': ({ project: open }, { commit }) => ({
    project: open.id,
    head: open.head(),
    ...open.logHas(commit),
    heldSince: open.holder?.since ?? null,
  }),
  'project.chains': ({ db, project: open }, { tips }) => {
    const names = shownNames(db);
    return {
      project: open.id,
      chains: db.all(chainsOfLog, {}).map(({ first, tip, edits, key }) => ({
        first: commitHash.parse(first),
        tip: commitHash.parse(tip),
        edits,
        person: names.get(signerOf(key)) ?? signerOf(key).slice(0, 8),
      })),
      lacking: tips.filter((tip) => !open.logHas(tip).has),
    };
  },
  'project.verifyDatabase': async ({ project: open }) => ({
    failures: (await open.verifyInBackground())?.failures ?? null,
  }),
  'project.rebuild': ({ project: open }) => ({ differed: open.rebuild() }),
  'history.state': ({ project: open }) => open.undoLabels(),
  'history.undo': (context) => step(context, 'undo'),
  'history.redo': (context) => step(context, 'redo'),
  'history.list': ({ project: open }, { limit, before }) => ({ commits: open.history(limit, before) }),
  'view.get': ({ project: open }, { key }) => ({ value: z.json().parse(open.local(key) ?? null) }),
  'view.set': ({ project: open }, { key, value }) => {
    if (!open.readOnly) open.setLocal(key, value);
    return {};
  },
};
