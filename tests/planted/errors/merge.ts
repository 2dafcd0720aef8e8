import type { PlantedError } from '../planted-error.ts';

const UNION = ['tests/unit/db/merge/union.test.ts'];
const MERGE = ['tests/unit/db/merge/merge.test.ts'];
const UNDO = ['tests/unit/db/merge/undo-merge.test.ts'];
const FEATURE = ['tests/unit/features/merge/merge.test.ts'];
const TAGS = ['tests/unit/features/merge/tag-conflicts.test.ts'];
const SIDES = ['tests/unit/features/merge/conflict-sides.test.ts'];
const TRASHED = ['tests/unit/features/merge/trashed-work.test.ts'];
const OTHER = ['tests/unit/features/merge/other-project.test.ts'];
const BLIND = ['tests/unit/features/merge/blind.test.ts'];

/** What is merged from another log, what counts as a conflict, how one is resolved, and what undoing a merge changes. */
export const merge: readonly PlantedError[] = [
  {
    file: 'electron/db/merge/merge.ts',
    from: 'if (incoming.project !== idText(log.project))',
    to: 'if (incoming.project === null)',
    why: 'the log of another project is merged into this one',
    tests: MERGE,
  },
  {
    file: 'electron/db/merge/merge.ts',
    from: 'throw new Preview();',
    to: '',
    why: 'a merge that was only to be looked at is kept',
    tests: MERGE,
  },
  {
    file: 'electron/db/merge/merge.ts',
    from: 'said.c >= stored.first && said.c <= stored.last',
    to: 'said.c >= stored.first',
    why: 'undoing a merge takes back what was written here since',
    tests: UNDO,
  },
  {
    file: 'electron/db/merge/merge.ts',
    from: 'return then !== undefined && isMerged(then);',
    to: 'return then !== undefined;',
    why: 'undoing a merge names or changes fields that it never changed',
    tests: UNDO,
  },
  {
    file: 'electron/db/merge/merge.ts',
    from: 'hadSeen: (link) => link.c <= stored.last || own.has(link.c)',
    to: 'hadSeen: () => true',
    why: 'undoing a merge deletes a record on which somebody has worked since',
    tests: UNDO,
  },
  {
    file: 'electron/db/merge/union.ts',
    from: 'if (!isValidSignature(header, sig, key)) throw new FastPathFailed();',
    to: 'if (sig.length === 0) throw new FastPathFailed();',
    why: 'a commit from outside with a forged signature is taken',
    tests: UNION,
  },
  {
    file: 'electron/db/merge/union.ts',
    from: 'this.options.everySignature && !isValidSignature(bytes, sig, header.key)',
    to: 'false',
    why: 'once a signature has failed, none is checked any more',
    tests: UNION,
  },
  {
    file: 'electron/db/merge/union.ts',
    from: 'if (body !== null && !bodyRoot(body).equals(header.root))',
    to: 'if (body === null && header.root.length === 0)',
    why: 'other words are taken under somebody’s signature',
    tests: UNION,
  },
  {
    file: 'electron/db/merge/union.ts',
    from: 'if (own !== null && !this.isOf(own, header.replica, header.key))',
    to: 'if (own !== null && own.hash.length === 0)',
    why: 'a commit continues the chain of somebody else',
    tests: UNION,
  },
  {
    file: 'electron/db/merge/union.ts',
    from: 'return isValidClock(header.clock, seen) ? null',
    to: 'return isValidClock(header.clock, 0) ? null',
    why: 'a commit with a clock before its parents’ is taken, and loses against what it replaced',
    tests: UNION,
  },
  {
    file: 'electron/db/merge/union.ts',
    from: 'for (const packet of this.waiting) this.refused.set(nameOf(packet), NOT_HERE);',
    to: '',
    why: 'commits whose parents are missing are left out without a word',
    tests: MERGE,
  },
  {
    file: 'electron/db/merge/check.ts',
    from: 'return bodyRoot(body).equals(header.root) && commitHash',
    to: 'return commitHash',
    why: 'words that were altered on the way are taken',
    tests: MERGE,
  },
  {
    file: 'electron/db/merge/incoming-writer.ts',
    from: 'if (own !== null) this.heads.delete(own.c);',
    to: '',
    why: 'the list of the latest commits is wrong after a merge',
    tests: MERGE,
  },
  {
    file: 'electron/db/merge/incoming-writer.ts',
    from: 'if (this.projected.has(ent)) this.toFold.add(ent);',
    to: 'if (this.projected.has(ent)) continue;',
    why: 'of a record that comes with a merge only its first commit is shown',
    tests: MERGE,
  },
  {
    file: 'electron/db/merge/incoming-writer.ts',
    from: 'writeConflicts(this.log, ent, folded.conflicts);',
    to: '',
    why: 'a conflict that a merge brings is not raised, and one value is lost without a word',
    tests: UNION,
  },
  {
    file: 'electron/db/merge/incoming-writer.ts',
    from: 'if (!was.has(field)) this.opened.push({ ent, field });',
    to: 'if (was.has(field)) this.opened.push({ ent, field });',
    why: 'the report of a merge does not name the conflicts that it opened',
    tests: MERGE,
  },
  {
    file: 'electron/features/merge/resolve.ts',
    from: "if (keep === 'incoming') return { label, edits: [set(entity, record, field, incoming.value)] };",
    to: "if (keep === 'incoming') return { label, edits: [set(entity, record, field, mine.value)] };",
    why: 'who keeps the incoming value gets their own',
    tests: SIDES,
  },
  {
    file: 'electron/features/merge/resolve.ts',
    from: 'const texts = [mine, ...others].map(',
    to: 'const texts = [mine].map(',
    why: 'who keeps the words of both loses those of the others',
    tests: SIDES,
  },
  {
    file: 'electron/features/merge/resolve.ts',
    from: "if (keep === 'mine') return [set(entity, record, 'deleted', mine.deleted)];",
    to: "if (keep === 'mine') return [set(entity, record, 'deleted', incoming.deleted)];",
    why: 'who keeps their record finds it deleted',
    tests: SIDES,
  },
  {
    file: 'electron/features/merge/resolve.ts',
    from: '[tag, !given] as const',
    to: '[tag, given] as const',
    why: 'who keeps one side’s tags loses just those',
    tests: TAGS,
  },
  {
    file: 'electron/features/merge/tag-conflicts.ts',
    from: '!saw(other, one) &&',
    to: '',
    why: 'a tag that somebody took away knowing the other’s work is told as a conflict',
    tests: TAGS,
  },
  {
    file: 'electron/features/merge/conflict-sides.ts',
    from: 'sort((a, b) => a.c - b.c)',
    to: 'sort((a, b) => b.c - a.c)',
    why: 'a lead who keeps “mine” keeps what has just come',
    tests: SIDES,
  },
  {
    file: 'electron/features/merge/trashed-work.ts',
    from: 'if (isRemoval(one)) continue;',
    to: '',
    why: 'a tag that was taken away and brought back makes a conflict that cannot be shown',
    tests: TRASHED,
  },
  {
    file: 'electron/db/log/concurrent.ts',
    from: 'removal !== undefined && !saw(removal, said) && !saw(said, removal)',
    to: 'removal !== undefined && !saw(said, removal)',
    why: 'work that the remover had seen is told as a conflict',
    tests: TRASHED,
  },
  {
    file: 'electron/features/merge/files.ts',
    from: "(kind === 'original' ? originals : wanted).has(hash)",
    to: 'true',
    why: 'files that only refused commits name stay in the project',
    tests: FEATURE,
  },
  {
    file: 'electron/features/merge/same-project.ts',
    from: '(!leads.has(id) || coderDone !== 1)',
    to: 'coderDone !== 1',
    why: 'the lead sees the coder’s blind work before finishing their own',
    tests: BLIND,
  },
  {
    file: 'electron/features/merge/same-project.ts',
    from: 'assignments.size === 0 ||',
    to: '',
    why: 'blind work is shown where nothing says for which assignment it was made',
    tests: BLIND,
  },
  {
    file: 'electron/features/merge/add-sources.ts',
    from: "known?.['deleted'] === 1 && this.restored.has(row.id)",
    to: "known?.['deleted'] === 1",
    why: 'what was moved to the trash here comes back with somebody else’s project',
    tests: OTHER,
  },
  {
    file: 'electron/features/merge/add-sources.ts',
    from: 'mapped.get(name)?.get(String(row[name])) ?? row[name] ?? null] as const',
    to: 'row[name] ?? null] as const',
    why: 'a tag from another project names a category that is not here',
    tests: OTHER,
  },
  {
    file: 'electron/db/merge/merge.ts',
    from: 'writer.before.c, replica) !== undefined) open.startReplica();',
    to: 'writer.before.c, replica) === null) open.startReplica();',
    why: 'a restored copy goes on under the id of the folder that it was copied from, and each forks the other’s chain',
    tests: MERGE,
  },
  {
    file: 'electron/db/merge/incoming-records.ts',
    from: 'one.clock > other.clock || (one.clock === other.clock && one.hash > other.hash)',
    to: 'one.clock > 0 && other.clock > 0',
    why: 'the preview of a merge shows the value that was read last, and not the one that will win',
    tests: ['tests/unit/features/merge/items.test.ts'],
  },
];
