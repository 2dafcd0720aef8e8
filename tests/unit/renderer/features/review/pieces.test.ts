import { describe, expect, it } from 'vitest';
import { checksOf } from '../../../../../renderer/common/review/checks.tsx';
import { directionOf, languageName } from '../../../../../renderer/common/review/languages.ts';
import { answersTo, beingCalled, callables, saidPieces } from '../../../../../renderer/common/review/CommentField.tsx';
import { markedPieces } from '../../../../../renderer/common/review/MarkedWords.tsx';
import { mainStep, ownQueue, tabsOf } from '../../../../../renderer/common/review/state.ts';
import { openTalks, talksOf } from '../../../../../renderer/common/review/Thread.tsx';
import { historyOf } from '../../../../../renderer/features/review/History.tsx';
import { afterDone, beside, inKeptOrder, queueWithWork } from '../../../../../renderer/features/review/useQueue.ts';
import { progressOf } from '../../../../../renderer/features/review/PassagePane.tsx';
import { surroundings } from '../../../../../renderer/features/review/Original.tsx';
import type { QueueItem, ReviewDetail } from '../../../../../shared/contract/review.ts';
import { passageId, personId, textAnchor, type ShownState } from '../../../../../shared/model/index.ts';
import { joined, rangesWithout } from '../../../../../renderer/features/review/useSeen.ts';
import { isInOtherLanguage } from '../../../../../shared/review/queues.ts';
import { mentionsIn } from '../../../../../shared/review/mentions.ts';
import { glossaryOf } from '../../../../../shared/review/terms.ts';
import { FakeReview, TEAM } from '../../../../support/shell/review.ts';
import { fakeCodebook, fakeSources } from '../../../../support/shell/fixtures.ts';

const { categories } = fakeCodebook();
const review = new FakeReview(categories, fakeSources(9));
const items: readonly QueueItem[] = review.queue({ queue: 'all' }).items;
const at = (n: number): QueueItem => items[n] ?? expect.fail('There are fewer.');
const idOf = (n: number) => at(n).passage;
const detailIn = (state: ShownState): ReviewDetail =>
  [...review.details.values()].find((one) => one.state === state) ?? expect.fail(`None is ${state}.`);

describe('a queue', () => {
  it('keeps its first order, whatever the engine sorts by; new items come last', () => {
    const order = [idOf(2), idOf(0), idOf(1)];
    expect(inKeptOrder(order, [at(3), at(1), at(0), at(2)], []).map(({ passage }) => passage)).toEqual([
      idOf(2),
      idOf(0),
      idOf(1),
      idOf(3),
    ]);
  });

  it('shows the item just done in its place, with its new state', () => {
    const done = { ...at(0), state: 'checked' as const };
    const rows = inKeptOrder([idOf(2), idOf(0), idOf(1)], [at(2), at(1)], [null, done]);
    expect(rows.map(({ passage }) => passage)).toEqual([idOf(2), idOf(0), idOf(1)]);
    expect(rows[1]?.state).toBe('checked');
    // It is no longer kept in the list.
    expect(inKeptOrder([idOf(2), idOf(0), idOf(1)], [at(2), at(1)], [])).toHaveLength(2);
  });

  it('goes on to the next item, from the last to the one before, and nowhere from the only one', () => {
    const rows = [at(0), at(1), at(2)];
    expect(afterDone(rows, idOf(0))).toBe(idOf(1));
    expect(afterDone(rows, idOf(2))).toBe(idOf(1));
    expect(afterDone([at(0)], idOf(0))).toBeNull();
    expect(beside(rows, idOf(1), -1)).toBe(idOf(0));
    expect(beside(rows, idOf(2), 1)).toBeNull();
    expect(beside(rows, passageId.parse('00000000-0000-7000-8000-000000000001'), 1)).toBe(idOf(0));
  });
});

describe('the next step', () => {
  it('is the queue’s own step while that is ahead', () => {
    expect(mainStep(detailIn('coded'), 'to-check')?.to).toBe('checked');
    expect(mainStep(detailIn('coded'), 'to-second-code')?.to).toBe('second-coded');
    // Someone else has approved it since.
    expect(mainStep(detailIn('approved'), 'to-check')?.to).toBe('released');
  });

  it('otherwise follows the state, and is to check again if something changed', () => {
    expect(mainStep(detailIn('translated'), 'all')?.to).toBe('checked');
    expect(mainStep(detailIn('checked'), 'mine')?.to).toBe('approved');
    expect(mainStep(detailIn('reopened'), 'mine')?.to).toBe('checked');
    expect(mainStep({ ...detailIn('approved'), state: 'released' }, 'all')).toBeNull();
  });

  it('comes between the steps done and those ahead', () => {
    const detail = detailIn('translated');
    const way = progressOf(detail, mainStep(detail, 'to-check'));
    expect(way.map(({ is }) => is)).toEqual(['done', 'done', 'done', 'now', 'ahead', 'ahead']);
    expect(way[0]?.move?.name).toBe(TEAM.analyst.name);
    // A step that no one took is skipped; a forged move does not count.
    const { moves } = detail;
    const forged = { ...detail, moves: moves.map((move) => ({ ...move, counts: move.state !== 'coded' })) };
    const untagged = { ...forged, passage: { ...forged.passage, tags: [] } };
    expect(progressOf(untagged, mainStep(untagged, 'to-check'))[0]?.is).toBe('skipped');
    // Tags count as coding, even without a move.
    expect(progressOf(forged, mainStep(forged, 'to-check'))[0]).toMatchObject({ is: 'done', move: null });
    const reopened = detailIn('reopened');
    expect(progressOf(reopened, mainStep(reopened, 'to-check')).map(({ is }) => is)).toEqual([
      'done',
      'done',
      'done',
      'now',
      'ahead',
      'ahead',
    ]);
  });

  it('is looked for in the queue of the person’s role', () => {
    expect(ownQueue(['analyst', 'checker'])).toBe('to-check');
    expect(ownQueue(['editor'])).toBe('to-approve');
    expect(ownQueue([])).toBeNull();
    expect(tabsOf(['translator'], 'mine')).toEqual(['to-translate', 'to-check', 'mine']);
    expect(tabsOf(['translator'], 'to-release')).toEqual(['to-translate', 'to-release', 'mine']);
  });
});

describe('words that differ', () => {
  it('keep the marks of the present text, also across insertions', () => {
    const text = 'kept firm hold of arranged transfer';
    const start = text.indexOf('arranged');
    const pieces = markedPieces('kept a tight hold of arranged transfer', text, [
      { start, end: start + 'arranged transfer'.length, title: 'organised transfer' },
    ]);
    expect(pieces.filter(({ kind }) => kind === 'gone').map((piece) => piece.text)).toEqual(['a tight']);
    expect(pieces.filter(({ kind }) => kind === 'new').map((piece) => piece.text)).toEqual(['firm']);
    expect(pieces.filter(({ title }) => title !== null).map((piece) => piece.text)).toEqual(['arranged transfer']);
    expect(
      pieces
        .filter(({ kind }) => kind !== 'gone')
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });

  it('contain every word of the text, however marks overlap', () => {
    for (const marks of [
      [{ start: 0, end: 4, title: 'a' }],
      [
        { start: 2, end: 9, title: 'a' },
        { start: 5, end: 30, title: 'b' },
      ],
      [{ start: 3, end: 3, title: 'nothing' }],
    ])
      expect(
        markedPieces(null, '就业386人 in jobs', marks)
          .map((piece) => piece.text)
          .join(''),
      ).toBe('就业386人 in jobs');
  });
});

describe('the checks of a translation', () => {
  const words = (mark: { kind: string }): string => mark.kind;
  it('say which figures are in both, which are not, and where a term is not the codebook’s', () => {
    const quote = '劳务协作，2023年转移就业386人';
    const text = 'Labour collaboration: in 2023, 368 persons.';
    const { lines, marks } = checksOf(quote, text, glossaryOf(categories), words);
    const figures = lines.filter((line) => line.kind === 'figure');
    expect(figures.map(({ what, where, holds }) => [what, where, holds])).toEqual([
      ['2023', 'original', true],
      ['386', 'original', false],
      ['368', 'translation', false],
    ]);
    expect(marks.map(({ start, end, title }) => [text.slice(start, end), title])).toContainEqual(['368', 'figure']);
    expect(lines.some((line) => line.kind === 'term' && !line.holds)).toBe(true);
  });
});

describe('a comment', () => {
  const people = Object.values(TEAM);
  it('mentions roles and people by their full names only', () => {
    const text = 'Thanks @T. Abliz. @editor, see a@b.example and @editorial @H. Okadamoto';
    expect(mentionsIn(text, people)).toEqual([TEAM.translator.id, 'editor']);
    expect(
      saidPieces(text, people)
        .filter(({ called }) => called)
        .map((one) => one.text),
    ).toEqual(['@T. Abliz', '@editor']);
    expect(
      saidPieces(text, people)
        .map((one) => one.text)
        .join(''),
    ).toBe(text);
  });

  it('offers names that match what was typed after @', () => {
    expect(beingCalled('Look @ch', 8)).toEqual({ from: 5, query: 'ch' });
    expect(beingCalled('a@ch', 4)).toBeNull();
    expect(answersTo(callables(people), 'oka').map(({ name }) => name)).toEqual(['H. Okada']);
    expect(answersTo(callables(people), 'ch').map(({ name }) => name)).toEqual(['checker']);
  });

  it('offers a name that two people share once, since it mentions both', () => {
    const namesake = { id: personId.parse('01890000-0000-7000-8000-000000000000'), name: 'h. okada', roles: [] };
    const found = answersTo(callables([...people, namesake]), 'oka');
    expect(found.map(({ name, people: called }) => [name, called.length])).toEqual([['H. Okada', 2]]);
    expect(mentionsIn('@H. Okada', [...people, namesake])).toEqual([TEAM.editor.id, namesake.id]);
  });

  it('is listed in its thread in order; an answer to a removed comment is listed on its own', () => {
    const { comments } = detailIn('translated');
    const [first, ...answers] = comments;
    expect(talksOf(comments).map((talk) => talk.answers.length)).toEqual([3]);
    expect(talksOf(answers)).toHaveLength(3);
    expect(openTalks(comments.map((one) => ({ ...one, resolved: one === first })))).toBe(0);
  });
});

describe('what happened to a passage', () => {
  it('numbers its drafts, and has the newest first', () => {
    const all = historyOf(detailIn('translated'));
    const drafts = all.flatMap((one) => (one.kind === 'draft' ? [one] : []));
    expect(drafts.map(({ number, before }) => [number, before === null])).toEqual([
      [2, false],
      [1, true],
    ]);
    expect(all.map((one) => one.at)).toEqual(all.map((one) => one.at).toSorted((a, b) => b - a));
  });

  it('has forged steps of the other passages at its place, with whose passage it is', () => {
    const detail = detailIn('approved');
    const [move] = detail.moves;
    if (move === undefined) throw new Error('An approved passage has moves.');
    const forged = { ...move, at: move.at + 1, forged: true, counts: false };
    const beside = historyOf({ ...detail, forgedBeside: [{ passage: detail.passage.id, of: 'Ben', move: forged }] });
    expect(beside.length).toBe(historyOf(detail).length + 1);
    expect(beside.flatMap((one) => (one.kind === 'move' && one.of !== null ? [one.of, one.move.forged] : []))).toEqual([
      'Ben',
      true,
    ]);
  });
});

describe('the context of a passage', () => {
  const anchor = textAnchor.parse({
    kind: 'text',
    start: 5,
    end: 9,
    exact: '386人',
    prefix: '另有',
    suffix: '，全部',
    page: 1,
    quads: [],
  });
  it('comes from the page if it contains the words with their prefix and suffix', () => {
    expect(surroundings(anchor, '共有386人，其中另有386人，全部实行输送。')).toEqual({
      before: '共有386人，其中另有',
      words: '386人',
      after: '，全部实行输送。',
    });
  });
  it('comes from the passage if the page does not contain them', () => {
    expect(surroundings(anchor, 'Another page.')).toEqual({ before: '另有', words: '386人', after: '，全部' });
    expect(surroundings(anchor, null).before).toBe('另有');
  });
  it('is shorter in Chinese, whose characters are wider: the words stay on a small screen', () => {
    const page = `${'转移就业'.repeat(100)}386人${'，全部'.repeat(100)}`;
    const { before, after } = surroundings({ ...anchor, prefix: '', suffix: '' }, page);
    expect([before.length, after.length]).toEqual([120, 120]);
  });
  it('is cut between words, never inside a character', () => {
    const page = `${'word '.repeat(60)}386人${' 𠮷'.repeat(60)}`;
    const { before, after } = surroundings({ ...anchor, prefix: '', suffix: '' }, page);
    expect(before.startsWith('word ')).toBe(true);
    expect(after.isWellFormed()).toBe(true);
  });
});

describe('what was on screen', () => {
  it('is the sum of what was looked at; the rest is named', () => {
    const seen = [
      { start: 0, end: 100 },
      { start: 250, end: 300 },
      { start: 90, end: 200 },
    ];
    expect(joined(seen)).toEqual([
      { start: 0, end: 200 },
      { start: 250, end: 300 },
    ]);
    expect(rangesWithout({ start: 40, end: 180 }, seen)).toEqual([]);
    expect(rangesWithout({ start: 150, end: 400 }, seen)).toEqual([
      { start: 200, end: 250 },
      { start: 300, end: 400 },
    ]);
    expect(rangesWithout({ start: 5, end: 9 }, [])).toEqual([{ start: 5, end: 9 }]);
  });
});

describe('the queue that opens', () => {
  const none = {
    'to-code': 0,
    'to-second-code': 0,
    'to-translate': 0,
    'to-check': 0,
    'to-approve': 0,
    'to-release': 0,
  };
  it('is one’s own if work waits there, else the first in which some does', () => {
    const counts = { ...none, 'to-approve': 2, 'to-code': 5, mine: 0, all: 9 };
    expect(queueWithWork('to-code', counts)).toBe('to-code');
    expect(queueWithWork('to-check', counts)).toBe('to-approve');
    expect(queueWithWork('to-check', { ...counts, mine: 1 })).toBe('mine');
    expect(queueWithWork('to-check', { ...none, mine: 0, all: 9 })).toBe('to-check');
    expect(queueWithWork('to-check', null)).toBe('to-check');
  });
});

describe('a language', () => {
  it('is English by the source, else by the letters: only other passages are to be translated', () => {
    expect([
      isInOtherLanguage('en-GB', '劳动力'),
      isInOtherLanguage('ug', 'labour'),
      isInOtherLanguage('zh', null),
    ]).toEqual([false, true, true]);
    expect([isInOtherLanguage(null, 'labour transfer'), isInOtherLanguage(null, 'the 劳动力')]).toEqual([false, true]);
  });
  it('has a name and a direction', () => {
    expect([languageName('ug'), languageName('zh-Hans'), languageName('no tag!')]).toEqual([
      'Uyghur',
      'Chinese',
      'no tag!',
    ]);
    expect([directionOf('ug'), directionOf('zh-Hans'), directionOf(null)]).toEqual(['rtl', 'ltr', 'auto']);
  });
});
