import { fakeItems } from './merge-items.ts';
import { contract, type CallOutput } from '../../../shared/contract/index.ts';
import type { MergePreview } from '../../../shared/contract/merge.ts';
import type { KnownPerson } from '../../../shared/contract/people.ts';
import { Fault } from '../../../shared/errors.ts';
import { snapshotId } from '../../../shared/model/index.ts';
import type { Answers } from './fake-bridge.ts';
import { PERSON } from './fixtures.ts';
import {
  DAY,
  fakeConflicts,
  fakeEdited,
  fakeNothing,
  fakeOther,
  fakePeople,
  fakePlaces,
  fakePreview,
  hash,
  NOW,
  uuid,
  type World,
} from './merge-preview.ts';

/** The kind of merge that is previewed. */
export type FakeMerge = 'usual' | 'other' | 'nothing' | 'edited' | 'takenBack' | 'sealed' | 'failing' | 'slow';

export interface TeamScene {
  readonly merge: FakeMerge;
  /** How many differences two states have. */
  readonly differences: number;
  /** No merges, snapshots or conflicts yet. */
  readonly fresh: boolean;
}
export const TEAM_USUAL: TeamScene = { merge: 'usual', differences: 14, fresh: false };

const knownOf = (over: Partial<KnownPerson>): object => ({
  id: PERSON.id,
  name: PERSON.name,
  roles: ['analyst'],
  key: null,
  fingerprint: PERSON.fingerprint,
  minisign: null,
  commits: 1290,
  first: NOW - 90 * DAY,
  last: NOW,
  isMe: false,
  trust: 'confirmed',
  confirmedFingerprint: null,
  age: null,
  ...over,
});

function fakeDifferences(count: number): CallOutput<'snapshots.compare'> {
  const hows = ['added', 'changed', 'removed'] as const;
  const entities = ['passage', 'tag', 'memo', 'category'] as const;
  const differences = Array.from({ length: count }, (_, n) => ({
    entity: entities[Math.floor((n * entities.length) / count)],
    id: uuid(70, n),
    label: n % 2 === 0 ? '与援疆指挥部签订劳务协作协议，落实订单式培训' : `Quota of the county, ${String(n)}`,
    how: hows[n % 3],
    fields:
      n % 3 === 1
        ? [{ field: 'definition', before: 'Organised by the state.', after: 'Organised by an authority.' }]
        : [],
  }));
  const of = (how: string): number => differences.filter((one) => one.how === how).length;
  return contract['snapshots.compare'].output.parse({
    differences,
    added: of('added'),
    changed: of('changed'),
    removed: of('removed'),
  });
}

/** The fake host's answers about working together. `asked` records the changes requested. */
export function teamAnswers(world: World, scene: TeamScene, asked: { name: string; input: unknown }[] = []): Answers {
  let conflicts = scene.fresh ? [] : fakeConflicts(world);
  let takenBack = false;
  const places = fakePlaces(world);
  const note = (name: string, input: unknown): void => void asked.push({ name, input });
  const preview = (input: Record<string, unknown>): MergePreview => {
    switch (scene.merge) {
      case 'other':
        return fakeOther(world);
      case 'nothing':
        return fakeNothing(world, null);
      case 'edited':
        return { ...fakeNothing(world, null), edited: fakeEdited() };
      case 'takenBack':
        return fakeNothing(world, hash(1));
      case 'sealed':
        if (input['passphrase'] === 'right') return fakePreview(world);
        throw new Fault(
          input['passphrase'] === undefined ? 'PASSWORD_NEEDED' : 'PASSWORD_WRONG',
          'This file is encrypted.',
        );
      case 'failing':
        throw new Fault('DAMAGED', 'The file is cut short. Ask for it again.');
      case 'usual':
      case 'slow':
        return fakePreview(world);
    }
  };
  return {
    'app.pickMerge': () => ({ offers: [{ token: 'token-of-moreau', name: 'liuquan-moreau.sbk' }] }),
    'app.previewMerge': preview,
    'app.merge': (input) => {
      note('app.merge', input);
      return {
        ...fakePreview(world),
        id: hash(3),
        undoneMerge: null,
        restored: input['restore'] === true,
        putBack: { records: 0, left: 0 },
      };
    },
    'app.cancelMerge': (input) => {
      note('app.cancelMerge', input);
      return {};
    },
    'app.conflictCopies': () => ({
      copies: scene.fresh
        ? []
        : [{ key: 'copy', name: 'project (conflict from PC-2, 2025-06-02).sqlite', at: NOW - 2 * DAY }],
    }),
    'app.people': () =>
      contract['app.people'].output.parse({
        people: [
          knownOf({ isMe: true, trust: 'me' }),
          knownOf({
            id: fakePeople()[0]?.person ?? PERSON.id,
            name: 'J. Moreau',
            fingerprint: '7C41 9E02 A8D5 B36F AD0E F471 CF68 99F2',
          }),
        ],
      }),
    'passages.get': ({ id }) => {
      const found = places.find((one) => one.id === id);
      if (found === undefined) throw new Fault('NOT_FOUND', 'No such passage.');
      return found;
    },
    'merge.conflicts': ({ limit = 1000 }) => ({
      conflicts: conflicts.slice(0, Number(limit)),
      total: conflicts.length,
      next: null,
    }),
    'merge.items': (asked) => contract['merge.items'].output.parse({ items: fakeItems(asked), next: null }),
    'merge.resolve': (input) => {
      note('merge.resolve', input);
      conflicts = conflicts.filter(({ id }) => id !== input['conflict']);
      return {};
    },
    'merge.leftTags': () => ({ left: [] }),
    'merge.list': () =>
      contract['merge.list'].output.parse({
        merges: scene.fresh
          ? []
          : [
              {
                id: hash(1),
                at: NOW - 3 * DAY,
                from: 'liuquan-abliz.sbk',
                commits: 61,
                changes: 380,
                people: ['T. Abliz'],
                undone: takenBack,
              },
              {
                id: hash(2),
                at: NOW - 40 * DAY,
                from: 'moreau-april.sbk',
                commits: 102,
                changes: 900,
                people: ['J. Moreau', 'T. Abliz'],
                undone: true,
              },
            ],
      }),
    'merge.undo': (input) => {
      note('merge.undo', input);
      takenBack = true;
      return contract['merge.undo'].output.parse({
        left: [{ entity: 'memo', id: uuid(9, 1), field: 'text', why: 'changed since', about: '“Land use rights”' }],
      });
    },
    'merge.restore': (input) => {
      note('merge.restore', input);
      takenBack = false;
      return contract['merge.restore'].output.parse({ putBack: { records: 106, left: 1 } });
    },
    'snapshots.list': () =>
      contract['snapshots.list'].output.parse({
        snapshots: scene.fresh
          ? []
          : ['Submitted to the editors', 'Before the codebook changed', 'First round of coding'].map((name, n) => ({
              id: uuid(80, n),
              name,
              state: hash(400 + n)
                .split('')
                .toReversed()
                .join(''),
              person: PERSON.id,
              at: NOW - n * 20 * DAY,
              commits: 1290 - n * 300,
            })),
      }),
    'timestamps.list': () => contract['timestamps.list'].output.parse({ timestamps: [] }),
    'snapshots.make': (input) => {
      note('snapshots.make', input);
      throw new Fault('EXISTS', `There is a snapshot called ${String(input['name'])} already. Choose another name.`);
    },
    'snapshots.verify': ({ id }) => ({ ok: snapshotId.parse(id) === uuid(80, 0), state: hash(9) }),
    'snapshots.compare': () => fakeDifferences(scene.differences),
  };
}
