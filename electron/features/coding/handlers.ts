import type { coding } from '../../../shared/contract/coding.ts';
import { passageId } from '../../../shared/model/index.ts';
import type { Handlers } from '../../project/context.ts';
import { decide, differences } from './differences.ts';
import { assign, count, list, markDone, restore, readAdjudications } from './assignments.ts';
import { confirmTags, staleTags } from './stale-tags.ts';
import { passagesAt } from '../../project/passages/places.ts';
import { report } from './report.ts';

export const codingHandlers: Handlers<typeof coding> = {
  'assignments.create': assign,
  'assignments.count': count,
  'assignments.list': list,
  'assignments.done': (context, input) => {
    markDone(context, input);
    return {};
  },
  'assignments.restore': (context, { id }) => {
    restore(context, id);
    return {};
  },
  'agreement.report': report,
  'agreement.differences': differences,
  'adjudications.decide': decide,
  'adjudications.list': (context, { passage }) => {
    const { db } = context;
    const all = readAdjudications(context);
    if (passage === undefined) return { adjudications: all };
    // A decision holds for all passages at the same place.
    const same = new Set<string>([passage, ...passagesAt(db, [passage]).flat()]);
    return { adjudications: all.filter((one) => same.has(one.passage)) };
  },
  'tags.stale': (context, { person, category }) => ({
    tags: staleTags(
      context,
      (tag) => (person === undefined || tag.person === person) && (category === undefined || tag.category === category),
    ),
  }),
  'tags.confirm': (context, input) => ({ passages: confirmTags(context, input).map((id) => passageId.parse(id)) }),
};
