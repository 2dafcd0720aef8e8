import type { ErrorCode } from '../../../shared/errors.ts';
import { contract, type CallOutput } from '../../../shared/contract/index.ts';
import { QUEUES, type QueueItem, type QueueName, type ReviewDetail } from '../../../shared/contract/review.ts';
import {
  anchor,
  categoryId,
  personId,
  type Category,
  type PassageId,
  type PersonId,
  REVIEW_ORDER,
  type Role,
  type ShownState,
  type Source,
} from '../../../shared/model/index.ts';

const id = (kind: number, n: number): string =>
  `00000000-0000-7000-8000-${String(kind).padStart(4, '0')}${String(n).padStart(8, '0')}`;
const HOUR = 3_600_000;

interface Somebody {
  readonly id: PersonId;
  readonly name: string;
  readonly roles: Role[];
}
const somebody = (n: number, name: string, ...roles: Role[]): Somebody => ({
  id: personId.parse(id(7, n)),
  name,
  roles,
});
/** The first is the acting person, see fixtures.ts. */
export const TEAM = {
  me: somebody(1, 'A. Lindqvist', 'checker'),
  analyst: somebody(2, 'J. Moreau', 'analyst', 'coder'),
  translator: somebody(3, 'T. Abliz', 'translator'),
  editor: somebody(4, 'H. Okada', 'editor'),
} as const;

const WORDS: readonly {
  readonly text: string;
  readonly source: number;
  readonly state: ShownState;
  readonly by: Somebody;
}[] = [
  {
    text: 'ناھىيىمىز يېزا ئىگىلىكىدىكى ئېشىنچا ئەمگەك كۈچلىرىنى تەشكىللىك ھالدا يۆتكەپ ئىشقا ئورۇنلاشتۇرۇشنى چىڭ تۇتۇپ، 2023-يىلى 386 ئادەمنى ئۆلكە ھالقىپ ئىشقا ئورۇنلاشتۇردى.',
    source: 2,
    state: 'translated',
    by: TEAM.translator,
  },
  { text: 'ئۆيمۇ-ئۆي كىرىپ ئەھۋال ئىگىلەپ', source: 2, state: 'translated', by: TEAM.translator },
  { text: '对口支援省市用工规模', source: 1, state: 'reopened', by: TEAM.me },
  {
    text: '与援疆指挥部签订劳务协作协议，落实订单式培训，先培训后上岗',
    source: 1,
    state: 'second-coded',
    by: TEAM.analyst,
  },
  { text: '从土地上解放劳动力3200余人', source: 1, state: 'coded', by: TEAM.analyst },
  { text: '流转土地4.8万亩', source: 1, state: 'returned', by: TEAM.editor },
  { text: '确保零就业家庭动态清零', source: 1, state: 'checked', by: TEAM.me },
  { text: '赴对口援疆省市就业386人', source: 1, state: 'approved', by: TEAM.editor },
];

const IN_QUEUE: Readonly<Record<QueueName, (state: ShownState, isTranslated: boolean) => boolean>> = {
  'to-code': (state) => state === 'draft',
  'to-second-code': (state) => state === 'coded',
  'to-translate': (state, isTranslated) => state === 'coded' && !isTranslated,
  'to-check': (state) => ['second-coded', 'translated', 'reopened'].includes(state),
  'to-approve': (state) => state === 'checked',
  'to-release': (state) => state === 'approved',
  mine: (state) => state === 'returned',
  all: () => true,
};

/** A fake review that remembers what it receives, so that a screen can be worked in. */
export class FakeReview {
  readonly asked: { readonly name: string; readonly input: Record<string, unknown> }[] = [];
  readonly details = new Map<string, ReviewDetail>();
  /** The next call of this name fails with this message. */
  refuse: { readonly name: string; readonly code: ErrorCode; readonly message: string } | null = null;

  constructor(categories: readonly Category[], sources: readonly Source[], count = WORDS.length) {
    for (let n = 0; n < count; n += 1) {
      const detail = detailOf(n, categories, sources);
      if (detail !== null) this.details.set(detail.passage.id, detail);
    }
  }

  people(): CallOutput<'people.list'>['people'] {
    return Object.values(TEAM).map((one, n) => ({
      ...one,
      key: null,
      fingerprint: '3F0A 77C2 91B4 0E5D A9E1 92E3 724F D85C',
      minisign: null,
      commits: 3,
      first: null,
      last: null,
      isMe: n === 0,
      sameInstallation: [],
      isOne: false,
      confirmedBy: [],
    }));
  }

  queue(input: Record<string, unknown>): CallOutput<'review.queue'> {
    const { queue, limit, filter } = contract['review.queue'].input.parse(input);
    const all = [...this.details.values()];
    const inQueue = (name: QueueName): ReviewDetail[] =>
      all.filter(({ state, translations }) => IN_QUEUE[name](state, translations.length > 0));
    const wanted = inQueue(queue).filter(({ state }) => filter.state === undefined || filter.state === state);
    return {
      items: wanted.slice(0, limit).map(itemOf),
      total: wanted.length,
      counts: contract['review.queue'].output.shape.counts.parse(
        Object.fromEntries(QUEUES.map((name) => [name, inQueue(name).length])),
      ),
    };
  }

  get(passage: unknown): ReviewDetail {
    const found = this.details.get(String(passage));
    if (found === undefined) throw new Error(`The fake review has no passage ${String(passage)}.`);
    return found;
  }

  move(input: Record<string, unknown>): ReviewDetail {
    this.asked.push({ name: 'review.move', input });
    const before = this.get(input['passage']);
    const { to, comment } = contract['review.move'].input.parse(input);
    const move = {
      state: to,
      comment,
      person: TEAM.me.id,
      name: TEAM.me.name,
      at: Date.now(),
      forged: false,
      second: null,
      counts: true,
      why: '',
      sameInstallation: [],
      confirmedBy: [],
    };
    const after = { ...before, state: to, differences: [], moves: [...before.moves, move], steps: stepsOf(to) };
    this.details.set(before.passage.id, after);
    return after;
  }

  translate(input: Record<string, unknown>): CallOutput<'translations.set'> {
    this.asked.push({ name: 'translations.set', input });
    const before = this.get(input['passage']);
    const text = String(input['text']);
    const translation = contract['translations.set'].output.shape.translation.parse({
      id: id(11, 1),
      passage: before.passage.id,
      text,
      person: TEAM.me.id,
      method: input['method'],
      language: input['language'],
      checker: null,
      state: 'draft',
      at: Date.now(),
    });
    if (translation === null) throw new Error('It is one.');
    const drafts = [{ language: translation.language, text, person: TEAM.me.name, at: Date.now() }, ...before.drafts];
    this.details.set(before.passage.id, { ...before, translations: [translation], drafts });
    return { translation };
  }

  comment(input: Record<string, unknown>): CallOutput<'comments.add'> {
    this.asked.push({ name: 'comments.add', input });
    const before = this.get(input['passage']);
    const comment = contract['comments.add'].output.parse({
      id: id(12, 90 + before.comments.length),
      passage: before.passage.id,
      parent: input['parent'] ?? null,
      text: input['text'],
      mentions: input['mentions'] ?? [],
      person: TEAM.me.id,
      at: Date.now(),
      resolved: false,
    });
    this.details.set(before.passage.id, { ...before, comments: [...before.comments, comment] });
    return comment;
  }

  /** Changes the comment with that id. */
  change(name: 'comments.edit' | 'comments.remove' | 'comments.resolve', input: Record<string, unknown>): ReviewDetail {
    this.asked.push({ name, input });
    const before = [...this.details.values()].find(({ comments }) => comments.some((one) => one.id === input['id']));
    if (before === undefined) throw new Error('The fake review has no such comment.');
    const { text, resolved } = input;
    const comments = before.comments
      .filter((one) => name !== 'comments.remove' || one.id !== input['id'])
      .map((one) =>
        one.id === input['id']
          ? {
              ...one,
              ...(typeof text === 'string' ? { text } : {}),
              ...(typeof resolved === 'boolean' ? { resolved } : {}),
            }
          : one,
      );
    const after = { ...before, comments };
    this.details.set(before.passage.id, after);
    return after;
  }
}

function itemOf({ passage, state, moves, comments }: ReviewDetail): QueueItem {
  const last = moves.at(-1);
  return {
    passage: passage.id,
    also: [],
    source: passage.source,
    sourceTitle: passage.source === id(1, 2) ? 'سۆگەتبۇلاق خەۋەرلىرى' : '柳泉县2023年政府工作报告',
    page: passage.anchor.page,
    quote: passage.anchor.kind === 'text' ? passage.anchor.exact.slice(0, 200) : '',
    language: passage.source === id(1, 2) ? 'ug' : 'zh-Hans',
    state,
    by: last?.name ?? TEAM.analyst.name,
    at: last?.at ?? passage.createdAt,
    comments: comments.length,
  };
}

/** For a checker: they can approve nothing that they checked. */
function stepsOf(state: ShownState): ReviewDetail['steps'] {
  const why = 'You checked this. Someone else must approve it: H. Okada can.';
  return (['coded', 'second-coded', 'translated', 'checked', 'approved', 'released', 'returned'] as const).map((to) => {
    const isNo = to === 'approved' || (to === 'released' && state !== 'approved');
    return { to, allowed: !isNo, why: isNo ? why : '', code: isNo ? ('FOUR_EYES' as const) : null };
  });
}

function detailOf(n: number, categories: readonly Category[], sources: readonly Source[]): ReviewDetail | null {
  const sketch = WORDS[n % WORDS.length];
  const source = sketch === undefined ? undefined : sources[sketch.source];
  if (sketch === undefined || source === undefined) return null;
  const now = Date.now();
  const passage = {
    id: id(6, 500 + n),
    source: source.id,
    layer: source.layer ?? id(2, 1),
    anchor: anchor.parse({
      kind: 'text',
      start: 100 + n * 400,
      end: 100 + n * 400 + sketch.text.length,
      exact: sketch.text,
      prefix: sketch.source === 2 ? '' : '全年实现农村富余劳动力转移就业，',
      suffix: sketch.source === 2 ? ' خىزمەت ئەترىتى ئۆيمۇ-ئۆي كىرىپ ئەھۋال ئىگىلەپ' : '，全部实行“点对点”组织输送。',
      page: 3,
      quads: [],
    }),
    origin: null,
    person: TEAM.analyst.id,
    createdAt: now - 200 * HOUR,
    tags: ['TRF.ORG', 'TRF.XPROV', 'FIG.ACT'].flatMap((code) => {
      const found = categories.find((one) => one.code === code);
      return found === undefined ? [] : [{ category: categoryId.parse(found.id), person: TEAM.analyst.id, at: now }];
    }),
    settings: [],
    memos: [],
    state: sketch.state,
    translations: [],
    comments: n === 0 ? 4 : 0,
    deleted: false,
  };
  const { state, by } = sketch;
  const reached = state === 'reopened' ? 3 : state === 'returned' ? 0 : REVIEW_ORDER.findIndex((one) => one === state);
  const movers = [TEAM.analyst, TEAM.me, TEAM.translator, TEAM.me, TEAM.editor, TEAM.editor];
  const moves = REVIEW_ORDER.slice(0, reached + 1).map((to, at) => ({
    state: to,
    comment: '',
    person: movers[at]?.id,
    name: movers[at]?.name,
    at: now - (reached - at) * 20 * HOUR - HOUR,
    forged: false,
    second: null,
    counts: true,
    why: '',
    sameInstallation: [],
    confirmedBy: [],
  }));
  const isTranslated = n % WORDS.length < 2;
  const draft = {
    text: 'Our county kept firm hold of the arranged transfer of surplus farm labour into work, and in 2023 placed 386 persons in jobs across provinces.',
    person: TEAM.translator.id,
    method: 'human',
  };
  return contract['review.get'].output.parse({
    passage,
    state,
    unsigned: [],
    moves:
      state === 'returned'
        ? [
            ...moves,
            {
              state,
              comment: 'The report says 亩, not hectares. @coder please mend the figure.',
              person: by.id,
              name: by.name,
              at: now - HOUR,
              forged: false,
              second: null,
              counts: true,
              why: '',
              sameInstallation: [],
              confirmedBy: [],
            },
          ]
        : moves,
    beside: [],
    forgedBeside: [],
    differences:
      state === 'reopened'
        ? [
            {
              what: 'quote',
              before: '对口支援省市用工',
              after: sketch.text,
              person: TEAM.analyst.name,
              at: now - HOUR,
            },
            { what: 'tags', before: 'TRF.PAIR', after: 'TRF.PAIR, FIG.ACT', person: TEAM.analyst.name, at: now - HOUR },
          ]
        : [],
    steps: stepsOf(state),
    translations: isTranslated
      ? [
          {
            ...draft,
            id: id(11, n),
            passage: passage.id,
            language: 'en',
            checker: null,
            state: 'draft',
            at: now - HOUR,
          },
        ]
      : [],
    comments: n % WORDS.length === 0 ? talk(passage.id, now) : [],
    people: Object.values(TEAM),
    drafts: isTranslated
      ? [
          { language: 'en', text: draft.text, person: TEAM.translator.name, at: now - HOUR },
          {
            language: 'en',
            text: 'Our county kept a tight hold of the arranged transfer of surplus labour into work, and in 2023 placed 386 persons in jobs across provinces.',
            person: TEAM.translator.name,
            at: now - 90 * HOUR,
          },
        ]
      : [],
  });
}

const SAID = [
  ['translator', '“Tutush” here is to keep firm hold of a task. I chose “firm hold”.'],
  ['me', 'Agreed. Is ئۆلكە ھالقىپ “across provinces” or “to other provinces”?'],
  ['translator', 'Literally “crossing provinces”. The Chinese version of the page has 跨省.'],
  ['analyst', 'Then keep it, and note it in the memo. @editor please approve before Friday.'],
] as const;

const talk = (passage: PassageId | string, now: number): unknown[] =>
  SAID.map(([who, text], n) => ({
    id: id(12, n),
    passage,
    parent: n === 0 ? null : id(12, 0),
    text,
    mentions: n === 3 ? ['editor'] : [],
    person: TEAM[who].id,
    at: now - (SAID.length - n) * 0.4 * HOUR,
    resolved: false,
  }));
