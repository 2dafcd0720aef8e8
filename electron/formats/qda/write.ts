import type {
  QdaBy,
  QdaCode,
  QdaCoding,
  QdaNote,
  QdaProject,
  QdaSelection,
  QdaSet,
  QdaSource,
  QdaText,
  QdaValue,
  QdaVariable,
} from './model.ts';
import { attributes, element } from './xml.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const PROJECT_NAMESPACE = 'urn:QDA-XML:project:1.0';
export const CODEBOOK_NAMESPACE = 'urn:QDA-XML:codebook:1.0';
/** Where a file of the project is, as the standard names it; the folder is called `sources`. */
export const INTERNAL = 'internal://';

/**
 * A project as `project.qde`, in pieces, valid against the schema of REFI-QDA 1.0. Sources and notes are read once, in this order,
 * while it is written. Elements that would be empty are left out, since the schema wants at least one entry in each.
 */
export function* projectXml(project: QdaProject): Generator<string> {
  const { name, origin, users, codes, variables, sources, notes, sets, description, onProject } = project;
  yield `${HEAD}<Project xmlns="${PROJECT_NAMESPACE}"${attributes({ name, origin })}>\n`;
  yield* listed(
    'Users',
    users.map(({ guid, name: called }) => `<User${attributes({ guid, name: called })}/>\n`),
  );
  if (codes.length > 0)
    yield `<CodeBook>\n<Codes>\n${codes.map((one) => codeXml(one, true)).join('')}</Codes>\n</CodeBook>\n`;
  yield* listed('Variables', variables.map(variableXml));
  yield* listed('Sources', pieces(sources, sourceXml));
  yield* listed('Notes', pieces(notes, noteXml));
  yield* listed('Sets', sets.map(setXml));
  yield element('Description', description) + notesXml(onProject);
  yield '</Project>\n';
}

/** A codebook as a `.qdc` file, valid against the schema of REFI-QDA 1.0. It cannot be empty. */
export function codebookXml({ origin, codes, sets }: Pick<QdaProject, 'origin' | 'codes' | 'sets'>): string {
  const all = codes.map((one) => codeXml(one, false)).join('');
  const listedSets = [...listed('Sets', sets.map(codeSetXml))].join('');
  return `${HEAD}<CodeBook xmlns="${CODEBOOK_NAMESPACE}"${attributes({ origin })}>\n<Codes>\n${all}</Codes>\n${listedSets}</CodeBook>\n`;
}

function* pieces<T>(values: Iterable<T>, written: (value: T) => string): Generator<string> {
  for (const value of values) yield written(value);
}

function* listed(name: string, entries: Iterable<string>): Generator<string> {
  let isEmpty = true;
  for (const entry of entries) {
    if (isEmpty) yield `<${name}>\n`;
    isEmpty = false;
    yield entry;
  }
  if (!isEmpty) yield `</${name}>\n`;
}

const notesXml = (notes: readonly string[]): string =>
  notes.map((targetGUID) => `<NoteRef${attributes({ targetGUID })}/>`).join('');

/** A code. `withNotes` is false in a codebook, whose own schema has no notes. */
function codeXml({ guid, name, isCodable, colour, description, notes, codes }: QdaCode, withNotes: boolean): string {
  const inside =
    element('Description', description) +
    (withNotes ? notesXml(notes) : '') +
    codes.map((one) => codeXml(one, withNotes)).join('');
  const open = `<Code${attributes({ guid, name, isCodable, color: colour })}`;
  return inside === '' ? `${open}/>\n` : `${open}>${inside}</Code>\n`;
}

const variableXml = ({ guid, name, type, description }: QdaVariable): string =>
  `<Variable${attributes({ guid, name, typeOfVariable: type })}>${element('Description', description)}</Variable>\n`;

const byOf = ({ user, at }: QdaBy): Record<string, string | null> => ({ creatingUser: user, creationDateTime: at });

const codingXml = ({ guid, code, by, notes }: QdaCoding): string =>
  `<Coding${attributes({ guid, ...byOf(by) })}><CodeRef${attributes({ targetGUID: code })}/>${notesXml(notes)}</Coding>`;

const valueXml = ({ variable, type, value }: QdaValue): string =>
  `<VariableValue><VariableRef${attributes({ targetGUID: variable })}/>${element(`${type}Value`, value)}</VariableValue>\n`;

/**
 * The place of a selection. Numbers of a rectangle are integers in the schema: they are rounded outward, so that nothing marked is left out.
 */
function placeOf({ place }: QdaSelection): { readonly name: string; readonly at: Record<string, number> } {
  switch (place.kind) {
    case 'text':
      return { name: 'PlainTextSelection', at: { startPosition: place.start, endPosition: place.end } };
    case 'page':
      return { name: 'PDFSelection', at: { page: place.page, ...corners(place.box) } };
    case 'picture':
      return { name: 'PictureSelection', at: corners(place.box) };
  }
}
const corners = ([firstX, firstY, secondX, secondY]: readonly [number, number, number, number]) => ({
  firstX: Math.floor(firstX),
  firstY: Math.floor(firstY),
  secondX: Math.ceil(secondX),
  secondY: Math.ceil(secondY),
});

function selectionXml(selection: QdaSelection): string {
  const { guid, name, description, by, codings, notes } = selection;
  const { name: tag, at } = placeOf(selection);
  const inside = element('Description', description) + codings.map(codingXml).join('') + notesXml(notes);
  const open = `<${tag}${attributes({ guid, name, ...at, ...byOf(by) })}`;
  return inside === '' ? `${open}/>\n` : `${open}>${inside}</${tag}>\n`;
}

const pathOf = (file: string | null): string | null => (file === null ? null : INTERNAL + file);
const textOf = (text: QdaText): { readonly plainTextPath: string | null; readonly content: string } =>
  'file' in text
    ? { plainTextPath: pathOf(text.file), content: '' }
    : { plainTextPath: null, content: element('PlainTextContent', text.content) };

function sourceXml(source: QdaSource): string {
  const { kind, guid, name, description, by, file, text, selections, codings, notes, values } = source;
  const onText = selections
    .filter(({ place }) => place.kind === 'text')
    .map(selectionXml)
    .join('');
  const onPages = selections
    .filter(({ place }) => place.kind !== 'text')
    .map(selectionXml)
    .join('');
  const after = codings.map(codingXml).join('') + notesXml(notes) + values.map(valueXml).join('');
  const about = element('Description', description);
  const written = text === null ? null : textOf(text.text);
  if (kind === 'text') {
    const named = {
      guid,
      name,
      richTextPath: pathOf(file),
      plainTextPath: written?.plainTextPath ?? null,
      ...byOf(by),
    };
    return `<TextSource${attributes(named)}>${about}${written?.content ?? ''}${onText}${after}</TextSource>\n`;
  }
  const [tag, inner] =
    kind === 'pdf' ? (['PDFSource', 'Representation'] as const) : (['PictureSource', 'TextDescription'] as const);
  const head = `<${tag}${attributes({ guid, name, path: pathOf(file), ...byOf(by) })}>${about}`;
  const read =
    text === null || written === null
      ? ''
      : `<${inner}${attributes({ guid: text.guid, name, plainTextPath: written.plainTextPath })}>${written.content}${onText}</${inner}>\n`;
  // A PDF’s selections stand before its text, a picture’s after it.
  return kind === 'pdf' ? `${head}${onPages}${read}${after}</${tag}>\n` : `${head}${read}${onPages}${after}</${tag}>\n`;
}

function noteXml({ guid, name, by, text }: QdaNote): string {
  const { plainTextPath, content } = textOf(text);
  return `<Note${attributes({ guid, name, plainTextPath, ...byOf(by) })}>${content}</Note>\n`;
}

const setXml = ({ guid, name, description, codes, sources }: QdaSet): string => {
  const members = [
    ...codes.map((targetGUID) => `<MemberCode${attributes({ targetGUID })}/>`),
    ...sources.map((targetGUID) => `<MemberSource${attributes({ targetGUID })}/>`),
  ].join('');
  return `<Set${attributes({ guid, name })}>${element('Description', description)}${members}</Set>\n`;
};
/** A set in a codebook alone, where its members have other attributes. */
const codeSetXml = ({ guid, name, description, codes }: QdaSet): string => {
  const members = codes.map((code) => `<MemberCode${attributes({ guid: code })}/>`).join('');
  return `<Set${attributes({ guid, name })}>${element('Description', description)}${members}</Set>\n`;
};
