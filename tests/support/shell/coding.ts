import { contract, type CallOutput } from '../../../shared/contract/index.ts';
import type { Disagreement } from '../../../shared/contract/coding.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Answers } from './fake-bridge.ts';
import { PERSON } from './fixtures.ts';
import { TEAM_USUAL, teamAnswers } from './merge.ts';
import { DAY, hash, NOW, uuid, type World } from './merge-preview.ts';

export interface CodingScene {
  /** Nothing was assigned, no one second-coded, no definition changed. */
  readonly fresh: boolean;
  /** The project is the coder's own blind copy. */
  readonly blind: boolean;
  /** No one else works on the project. */
  readonly alone: boolean;
}
export const CODING_USUAL: CodingScene = { fresh: false, blind: false, alone: false };

const BEN = uuid(90, 1);
const LONG = 'Dr. Wilhelmina Featherstonehaugh-Cholmondeley of the Northern Working Group on Labour';
const UYGHUR = 'ھەر بىر ئائىلە بىر كىشى چىقىرىدۇ.';
const CHINESE = '与援疆指挥部签订劳务协作协议，落实订单式培训，超额完成年初下达的各项目标任务。';

const figures = (over: object): object => ({
  n: 66,
  prevalence: 0.172,
  percent: 89.9,
  kappa: 0.645,
  fleiss: 0.645,
  alpha: 0.646,
  interval: [0.49, 0.78],
  ...over,
});
const SILENT = {
  prevalence: 0,
  percent: 100,
  kappa: 'undefined',
  fleiss: 'undefined',
  alpha: 'undefined',
  interval: null,
};

/** The fake host's answers about coding by several people. `asked` records the changes requested. */
export function codingAnswers(
  world: World,
  scene: CodingScene,
  asked: { name: string; input: unknown }[] = [],
): Answers {
  const { categories, sources } = world;
  const note = (name: string, input: unknown): void => void asked.push({ name, input });
  const [first, second] = categories.filter(({ code }) => code.includes('.'));
  const [source, other] = sources;
  if (first === undefined || second === undefined || source === undefined || other === undefined)
    throw new Error('The fixtures have too little.');
  let decided: Disagreement['decided'] = null;
  const units = Array.from({ length: 12 }, (_, n) => ({
    source: n < 10 ? source.id : other.id,
    layer: (n < 10 ? source.layer : other.layer) ?? source.layer,
    start: n * 12,
    end: n * 12 + 11,
    passage: null,
  }));
  const assignment = (n: number, over: object): object => ({
    id: uuid(91, n),
    name: '',
    coder: BEN,
    coderName: 'Ben',
    person: PERSON.id,
    unit: 'sentence',
    units,
    seed: 1,
    codebook: hash(5),
    leadDone: true,
    coderDone: true,
    at: NOW - n * DAY,
    ...over,
  });
  const differences = (): CallOutput<'agreement.differences'> =>
    contract['agreement.differences'].output.parse({
      differences: scene.fresh
        ? []
        : [CHINESE, UYGHUR, CHINESE].map((text, n) => ({
            source: n === 1 ? other.id : source.id,
            sourceTitle: n === 1 ? `${LONG}, notice` : 'Work report of Liuquan county',
            page: n + 1,
            start: 100 * n,
            end: 100 * n + 30,
            text,
            before: n === 1 ? UYGHUR : CHINESE,
            after: n === 1 ? UYGHUR : CHINESE,
            coders: [
              { person: PERSON.id, name: PERSON.name, passages: [], categories: [first.id] },
              { person: BEN, name: n === 2 ? LONG : 'Ben', passages: [], categories: n === 0 ? [] : [second.id] },
            ],
            passage: uuid(92, n),
            decided: n === 0 ? decided : null,
          })),
      decided: decided === null ? 0 : 1,
    });
  return {
    ...teamAnswers(world, TEAM_USUAL),
    'app.conflictCopies': () => ({ copies: [] }),
    'assignments.list': () =>
      contract['assignments.list'].output.parse({
        removed: [],
        assignments: scene.fresh
          ? []
          : scene.blind
            ? [assignment(1, { coder: PERSON.id, coderName: PERSON.name, person: BEN, coderDone: false })]
            : [
                assignment(1, { name: 'First round' }),
                assignment(2, { coderName: LONG, coder: null, coderDone: false, leadDone: false, unit: 'paragraph' }),
              ],
        blind: scene.blind ? uuid(91, 1) : null,
      }),
    'assignments.count': () => ({ units: 7, sources: 3 }),
    'assignments.done': (input) => {
      note('assignments.done', input);
      return {};
    },
    'app.assign': (input) => {
      note('app.assign', input);
      return { done: true, name: 'for-ben.sbk', bytes: 94_000, download: null, assignment: null };
    },
    'agreement.report': (input) => {
      note('agreement.report', input);
      return contract['agreement.report'].output.parse({
        as: 'handed-in' as const,
        handedIn: 1_799_000_000_000,
        submittedAgain: null,
        secondCoded: { own: 2, confirmed: 1, unsaid: 0 },
        unit: 'sentence',
        units: 66,
        coders: scene.fresh
          ? []
          : [
              { id: PERSON.id, name: PERSON.name, units: 66 },
              { id: BEN, name: 'Ben', units: 66 },
            ],
        codebook: { title: 'Coercive labour policy', version: '0.1.0', digest: hash(5), changed: [first.id] },
        thresholds: { good: 0.8, tentative: 0.667 },
        bootstrap: { samples: 1000, seed: 1 },
        categories: categories.map(({ id, code, name }) => ({
          ...(id === first.id
            ? figures({ alpha: 0.871 })
            : id === second.id
              ? figures({ alpha: -0.083 })
              : figures(SILENT)),
          id,
          code,
          name,
        })),
        overall: figures({ alpha: 0.7 }),
        note: 'Each sentence is a unit; only units judged by two or more are counted (n).',
      });
    },
    'agreement.differences': differences,
    'adjudications.decide': (input) => {
      note('adjudications.decide', input);
      const made = contract['adjudications.decide'].output.parse({
        id: uuid(93, 1),
        passage: input['passage'],
        categories: input['categories'],
        reason: input['reason'],
        person: PERSON.id,
        at: NOW,
      });
      decided = made;
      return made;
    },
    'tags.stale': () =>
      contract['tags.stale'].output.parse({
        tags: scene.fresh
          ? []
          : [CHINESE, UYGHUR, 'One person a household'].map((quote, n) => ({
              passage: uuid(94, n),
              source: n === 1 ? other.id : source.id,
              quote,
              category: first.id,
              person: n === 2 ? BEN : PERSON.id,
              name: n === 2 ? 'Ben' : PERSON.name,
              given: NOW - 30 * DAY,
              changed: NOW - DAY,
              differences: [
                { field: 'definition', before: 'Organised by the state.', after: 'Organised by any authority.' },
                { field: 'include', before: '', after: 'Work teams that are sent to villages' },
              ],
            })),
      }),
    'tags.confirm': (input) => {
      note('tags.confirm', input);
      return { passages: [] };
    },
    'app.people': () => fakeKnown(scene),
    'people.setRoles': (input) => {
      note('people.setRoles', input);
      return {};
    },
    'app.trustPerson': (input) => {
      note('app.trustPerson', input);
      throw new Fault(
        'BAD_INPUT',
        'That isn’t the fingerprint of the key signing as J. Moreau. Ask again by phone or in person; if it still differs, someone else is using this name.',
      );
    },
    'report.count': () => ({ passages: 151, exhibits: 151, sources: 9, withPassages: 9 }),
    'app.exportProject': (input) => {
      note('app.exportProject', input);
      return { done: true, name: 'liuquan.sbk', bytes: 94_000, download: null, signature: null, missing: [] };
    },
    'app.cancelExport': (input) => {
      note('app.cancelExport', input);
      return {};
    },
    'app.stopChange': (input) => {
      note('app.stopChange', input);
      return {};
    },
  };
}

function fakeKnown({ alone }: CodingScene): CallOutput<'app.people'> {
  const known = (over: object): object => ({
    id: BEN,
    name: 'Ben',
    roles: [],
    key: 'ab'.repeat(32),
    fingerprint: '2368 51EA 74E3 F25E BDA6 0482 70D1 4850',
    minisign: null,
    commits: 36,
    first: NOW - 9 * DAY,
    last: NOW - DAY,
    isMe: false,
    sameInstallation: [],
    isOne: false,
    confirmedBy: [],
    trust: 'new',
    confirmedFingerprint: null,
    age: null,
    ...over,
  });
  const me = known({
    id: PERSON.id,
    name: PERSON.name,
    roles: ['analyst'],
    fingerprint: PERSON.fingerprint,
    isMe: true,
    trust: 'me',
    minisign: 'RWRd0PsXaSuNwqwzZfZejos2rdf1nAPeqUghl96DPi1Cix3Sfmx8KUfy',
    age: 'age18lnv4hklk748uuuzj3gu8mht08c42rgn95q3d3tzr0yndxjl2p6scea90v',
  });
  const others = [
    known({ trust: 'confirmed', roles: ['coder', 'checker'] }),
    known({ id: uuid(90, 2), name: LONG, roles: ['translator'] }),
    known({
      id: uuid(90, 3),
      name: 'Carl',
      trust: 'changed',
      confirmedFingerprint: 'F23C EECC 9662 8C05 A3C9 9288 FD5D 2337',
    }),
    known({ id: uuid(90, 4), name: '阿布力孜', key: null, fingerprint: '', commits: 0, first: null, last: null }),
  ];
  return contract['app.people'].output.parse({ people: alone ? [me] : [me, ...others] });
}
