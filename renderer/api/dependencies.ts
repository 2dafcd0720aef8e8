import type { RendererCallName } from '../../shared/contract/index.ts';

/** The entities of the change log that a read depends on; `*`: any commit. */
type Reads = readonly string[] | '*';

/** What a passage’s answer contains. A review looked at the category’s definition, so changing that reopens passages. */
const PASSAGE: Reads = [
  'passage',
  'tag',
  'setting',
  'memo',
  'source',
  'person',
  'review',
  'translation',
  'comment',
  'adjudication',
  'category',
];

/** Figures of a source: read by the rules, and checked by people. */
const FIGURE = ['figure', 'figurecheck', 'source', 'layer', 'place', 'placename', 'placechoice'] as const;

/** What a relation is computed from, and what its warnings are about. */
const RELATION: Reads = ['relation', 'relationcheck', 'conversion', 'reference', ...FIGURE];

/** Masks, and passages that are marked as naming a private person. */
const MASKED: Reads = ['mask', 'notprivate', 'setting', 'dimension', 'value', 'passage', 'source', 'layer'];

/**
 * Which reads a commit makes stale. A read that is not listed is repeated after every commit: being slow is a smaller
 * mistake than showing stale data.
 */
export const READS: Partial<Record<RendererCallName, Reads>> = {
  'sources.list': ['source', 'layer', 'passage'],
  'sources.get': ['source', 'layer', 'passage'],
  'exchange.annotations': ['source', 'layer', 'passage', 'tag', 'memo'],
  'sources.verify': ['source'],
  'sources.suggestions': ['layer'],
  // No commit changes it: common/sources/read-state.ts invalidates it.
  'sources.readBy': [],
  'layers.get': [],
  'layers.check': [],
  'layers.frozen': [],
  'layers.text': [],
  'passages.list': PASSAGE,
  'passages.get': PASSAGE,
  'passages.visibility': ['passage', 'layer'],
  'passages.movedTags': ['tag', 'person'],
  'passages.foundBy': ['passage', 'suggestion', 'assignment'],
  'memos.list': ['memo'],
  'layers.list': ['layer', 'passage', 'source'],
  'versions.list': ['source', 'passage'],
  'versions.compare': ['passage', 'source', 'layer'],
  'versions.figures': ['figure', 'figurecheck', 'source', 'layer'],
  // Its counts change with every tag; they are updated separately (hooks.tsx).
  'copies.list': ['copy', 'source', 'layer'],
  'copies.groups': ['copy', 'source'],
  'copies.compare': ['source', 'layer'],
  'search.query': [
    'source',
    'layer',
    'passage',
    'tag',
    'memo',
    'category',
    'translation',
    'comment',
    // For the query’s conditions: category:, person:, state:, collection: and dimensions.
    'review',
    'person',
    'setting',
    'collection',
    'membership',
    'adjudication',
    'copy',
    // For the condition place:
    'place',
    'placename',
    'placechoice',
  ],
  'search.spans': ['source', 'layer', 'passage'],
  'collections.list': ['collection', 'membership', 'source'],
  'places.find': ['place', 'placename', 'placechoice', 'source', 'layer'],
  'places.list': ['place', 'placename'],
  'places.choices': ['placechoice'],
  'places.get': ['place', 'placename', 'placechoice'],
  'places.own': ['place', 'placename'],
  'suggestions.list': ['suggestion', 'category', 'source', 'layer', 'passage', 'tag', 'assignment'],
  'suggestions.terms': ['suggestion', 'category'],
  'suggestions.count': ['category', 'source', 'layer'],
  // Learned when somebody asks for it, not after each edit.
  'suggestions.learned': ['assignment'],
  // A state compares what was reviewed with what is there now; sources, people and the codebook give names and dates.
  'evidence.rows': '*',
  'evidence.matrix': '*',
  'evidence.timeline': '*',
  'evidence.places': '*',
  'evidence.coverage': '*',
  'views.list': ['view'],
  // A state compares what was reviewed with what is there now.
  'claims.list': '*',
  'figures.find': ['source', 'layer', 'place', 'placename', 'placechoice'],
  'figures.ofSource': [
    'figure',
    'figurecheck',
    'passage',
    'source',
    'layer',
    'place',
    'placename',
    'placechoice',
    'conversion',
    'reference',
  ],
  'relations.ofSource': RELATION,
  'relations.recorded': RELATION,
  'relations.across': RELATION,
  'figures.cards': ['figure', 'figurecheck', 'passage', 'source', 'layer'],
  'masks.list': MASKED,
  'projectFile.masks': '*',
  'masks.preview': MASKED,
  'masks.find': ['source', 'layer'],
  'masks.everywhere': ['mask', 'source', 'layer'],
  'drafts.list': ['draft', 'draftmark', 'draftrelease', 'person', 'confirmation'],
  // It looks through all texts, and states depend on links, claims and people.
  'drafts.desk': '*',
  'drafts.report': '*',
  'dossiers.list': ['dossier'],
  'conversions.list': ['conversion'],
  'references.list': ['reference', 'source', 'place'],
  'dossier.preview': '*',
  'dossier.show': '*',
  'codebook.get': ['category', 'dimension', 'value', 'project'],
  'codebook.counts': ['category', 'tag', 'passage', 'source'],
  'categories.use': ['category', 'tag', 'passage', 'source'],
  'categories.passages': ['category', 'tag', 'passage', 'source'],
  'trash.list': ['source', 'passage', 'memo', 'category', 'person', 'project'],
  // Each person’s number of commits changes with every commit; it is not read again for that.
  'people.list': ['person', 'confirmation'],
  'app.people': ['person', 'confirmation'],
  // A review state compares what was reviewed with what is there now, so it depends on everything reviewed.
  'report.count': ['passage', 'tag', 'source', 'review', 'translation', 'memo', 'setting', 'category', 'adjudication'],
  'assignments.count': ['source', 'layer', 'passage'],
  'app.conflictCopies': '*',
  'app.lacking': '*',
  'merge.conflicts': '*',
  'merge.leftTags': ['tag', 'category', 'passage'],
  'merge.list': '*',
  // Opening the preview of a file again reads it again.
  'merge.items': [],
  'review.queue': '*',
  'review.get': '*',
  'assignments.list': ['assignment'],
  'agreement.report': ['tag', 'passage', 'category', 'assignment', 'review'],
  'agreement.differences': ['tag', 'passage', 'category', 'assignment', 'adjudication'],
  'adjudications.list': ['adjudication'],
  'tags.stale': ['tag', 'category', 'passage'],
  'snapshots.list': ['snapshot', 'person'],
  'timestamps.list': ['timestamp', 'snapshot', 'dossier', 'person'],
  // No commit changes it: features/settings/RootsSettings.tsx invalidates it.
  'app.trustedRoots': [],
  'project.info': '*',
  'history.state': '*',
  'history.list': '*',
  'project.backups': [],
  'view.get': [],
  'app.state': ['project', 'person'],
};

/** Whether `name` may answer differently after a commit that touched `entities`. */
export function isStale(name: string, entities: readonly string[]): boolean {
  const reads = Object.hasOwn(READS, name) ? READS[name as RendererCallName] : undefined;
  if (reads === undefined || reads === '*') return true;
  return reads.some((entity) => entities.includes(entity));
}
