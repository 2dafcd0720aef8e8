import { type ForeignAnnotation, type ForeignAnnotations, type ForeignTarget, UnreadList } from './model.ts';
import { placeOf } from './selectors.ts';
import { isObject, type Json, listOf, textOf, textsIn } from './values.ts';

/**
 * The annotations of a Hypothesis file, unread: what its search answers (`{total, rows}`, https://h.readthedocs.io/en/latest/api-reference/v1/),
 * what its client exports (`{export_date, export_userid, client_version, annotations}`), or a list of such. Null for any other JSON.
 */
export function hypothesisRows(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return listOf(value).some(isRow) ? listOf(value) : null;
  if (!isObject(value)) return null;
  if (isRow(value)) return [value];
  for (const name of ['rows', 'annotations']) {
    if (!Array.isArray(value[name])) continue;
    const list = listOf(value[name]);
    const isNamed = name === 'rows' ? 'total' in value : 'export_date' in value || 'client_version' in value;
    if (list.some(isRow) || (list.length === 0 && isNamed)) return list;
  }
  return null;
}

/** Only a Hypothesis annotation has both fields; a Web Annotation has a type instead. */
const isRow = (value: unknown): value is Json =>
  isObject(value) && typeof value['uri'] === 'string' && Array.isArray(value['target']) && !('type' in value);

/**
 * Reads Hypothesis annotations. Positions are in UTF-16 code units, since Hypothesis runs in a browser. A reply becomes a comment on the
 * annotation that it answers.
 */
export function readHypothesis(rows: readonly unknown[]): ForeignAnnotations {
  const unread = new UnreadList();
  const found = new Map<string, ForeignAnnotation & { comments: string[] }>();
  const replies: Json[] = [];
  for (const [n, row] of rows.entries()) {
    if (!isRow(row)) unread.add('Entry', 'It isn’t an annotation of Hypothesis.');
    else if (textsIn(row['references']).length > 0) replies.push(row);
    else found.set(textOf(row['id']) ?? `#${n}`, annotationOf(row));
  }
  for (const reply of replies) {
    const to = textsIn(reply['references']).flatMap((id) => found.get(id) ?? [])[0];
    const text = textOf(reply['text']);
    if (to === undefined) unread.add('Reply', 'The annotation that it answers isn’t in the file.');
    else if (text === null) unread.add('Reply', 'It has no text.');
    else to.comments.push(`${authorOf(reply) ?? 'Reply'}: ${text}`);
    if (textsIn(reply['tags']).length > 0) unread.add('Tag of a reply', 'Only annotations have tags here.');
  }
  return { annotations: [...found.values()], unread: unread.list() };
}

const authorOf = (row: Json): string | null => {
  const info = row['user_info'];
  const shown = isObject(info) ? textOf(info['display_name']) : null;
  return shown ?? textOf(row['user'])?.replace(/^acct:/, '') ?? null;
};

function annotationOf(row: Json): ForeignAnnotation & { comments: string[] } {
  const id = textOf(row['id']);
  const about = row['document'];
  const links = isObject(about)
    ? listOf(about['link']).flatMap((one) => (isObject(one) ? textsIn(one['href']) : []))
    : [];
  const targets = listOf(row['target']).flatMap((target): ForeignTarget[] => {
    if (!isObject(target)) return [];
    const addresses = [...new Set([...textsIn(target['source']), ...textsIn(row['uri']), ...links])];
    const { unread, ...place } = placeOf(target['selector'], 'units');
    // A range of nodes stands beside the quotation; alone it names nothing that a text layer has.
    return [{ addresses, hashes: [], ...place, unread: place.quote === null ? unread : [] }];
  });
  return {
    id: id === null ? null : `https://hypothes.is/a/${id}`,
    creator: authorOf(row),
    created: textOf(row['created']),
    tags: textsIn(row['tags']),
    values: [],
    comments: textsIn(row['text']),
    targets: targets.length > 0 ? targets : [wholePage(textsIn(row['uri']))],
  };
}

const wholePage = (addresses: readonly string[]): ForeignTarget => ({
  addresses,
  hashes: [],
  ...placeOf(undefined, 'units'),
});
