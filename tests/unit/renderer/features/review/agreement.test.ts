import { beforeEach, expect, it } from 'vitest';
import {
  agree,
  agreesWith,
  dropsChoices,
  toConfirm,
  useAgreement,
} from '../../../../../renderer/features/review/useActs.ts';
import type { ReviewDetail } from '../../../../../shared/contract/review.ts';
import { categoryId, passageId, personId } from '../../../../../shared/model/index.ts';
import { fakeCodebook, fakeSources } from '../../../../support/shell/fixtures.ts';
import { FakeReview } from '../../../../support/shell/review.ts';

const id = (n: number): string => `00000000-0000-4000-8000-00000000000${String(n)}`;
const [ann, ben] = [personId.parse(id(1)), personId.parse(id(2))];
const [land, act] = [categoryId.parse(id(3)), categoryId.parse(id(4))];
const passage = passageId.parse(id(5));
const review = new FakeReview(fakeCodebook().categories, fakeSources(9));
const [fake = expect.fail('There is one.')] = [...review.details.values()];
const detail = (allowed = true): ReviewDetail => ({
  ...fake,
  passage: {
    ...fake.passage,
    id: passage,
    tags: [land, act, land].map((category) => ({ category, person: ann, at: 1 })),
  },
  steps: [{ to: 'second-coded', allowed, why: '', code: null }],
});

beforeEach(() => useAgreement.setState({ passage: null, without: new Set() }));

it('asks a second coder without own tags which tags they confirm', () => {
  expect(toConfirm(detail(), ben)).toEqual([land, act]);
  expect(toConfirm(detail(), ann)).toEqual([]);
  expect(toConfirm(detail(false), ben)).toEqual([]);
});

it('sends only what was excluded, for that passage and that step alone', () => {
  expect(agreesWith(detail(), 'second-coded', ben)).toEqual({});
  agree(passage, act, false);
  expect(agreesWith(detail(), 'second-coded', ben)).toEqual({ agrees: [land] });
  expect(agreesWith(detail(), 'checked', ben)).toEqual({});
  agree(passageId.parse(id(6)), land, false);
  expect(agreesWith(detail(), 'second-coded', ben)).toEqual({});
  agree(passage, act, true);
  expect(agreesWith(detail(), 'second-coded', ben)).toEqual({});
});

it('no other step vouches for a tag that was deselected: it would forget that', () => {
  agree(passage, act, false);
  const drops = (['second-coded', 'checked', 'approved', 'returned'] as const).filter((to) =>
    dropsChoices(detail(), to, ben),
  );
  expect(drops).toEqual(['checked', 'approved']);
  expect(dropsChoices(detail(false), 'checked', ben)).toBe(false);
  agree(passage, act, true);
  expect(dropsChoices(detail(), 'checked', ben)).toBe(false);
});

it('confirms nothing for someone who excluded tags and then tagged the passage themselves', () => {
  agree(passage, act, false);
  const { passage: before, ...rest } = detail();
  const tagged = { ...rest, passage: { ...before, tags: [...before.tags, { category: act, person: ben, at: 2 }] } };
  expect(agreesWith(tagged, 'second-coded', ben)).toEqual({});
});

it('says that nothing is confirmed if everything was excluded', () => {
  for (const category of [land, act]) agree(passage, category, false);
  expect(agreesWith(detail(), 'second-coded', ben)).toEqual({ agrees: [] });
});
