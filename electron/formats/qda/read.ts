import {
  type QdaBox,
  type QdaBy,
  type QdaCode,
  type QdaCoding,
  type QdaNote,
  type QdaPlace,
  type QdaProject,
  type QdaSelection,
  type QdaSet,
  type QdaSource,
  type QdaText,
  type QdaUser,
  type QdaValue,
  type QdaVariable,
  QDA_VALUE_TYPES,
} from './model.ts';
import { Fault, detailOf } from '../../../shared/errors.ts';
import { INTERNAL } from './write.ts';
import { SaxesParser } from 'saxes';

/** Something of a file that was not read: how often, and why. `kind` is the element’s name. */
export interface NotRead {
  readonly kind: string;
  readonly count: number;
  readonly why: string;
}

export interface ReadProject {
  readonly project: QdaProject & { readonly sources: readonly QdaSource[]; readonly notes: readonly QdaNote[] };
  readonly notRead: readonly NotRead[];
}

/** The elements that contain lists of entries. `Codes` and `Code` are read as one tree. */
const SECTIONS = new Set(['Users', 'Variables', 'Cases', 'Sources', 'Notes', 'Links', 'Sets', 'Graphs']);

const NOT_READ: Readonly<Record<string, string>> = {
  AudioSource: 'Sourcebook has no recordings.',
  VideoSource: 'Sourcebook has no recordings.',
  Case: 'Sourcebook has no cases. What was coded stays coded.',
  Link: 'Sourcebook has no links between passages.',
  Graph: 'Sourcebook has no drawings of networks.',
};
const FOREIGN = 'It isn’t of the standard; only the program that wrote it can read it.';
const DAMAGED = 'It lacks something that the standard demands.';
const SAME_ID = 'Another one of the file has its ID, so the file contradicts itself. Only the first is read.';

/**
 * Reads the text of a `.qde` or `.qdc` file, in pieces. Accepts every version’s namespace (`urn:QDA-XML:project:…`), since programs
 * that write 1.5 keep 1.0, and older ones wrote 0.4. What has no place here is counted, never dropped in silence. Throws BAD_INPUT
 * with the place and the reason if it is not well-formed, has entities of its own, or is neither project nor codebook.
 */
export class ProjectReader {
  private readonly left = new Leftovers();
  private readonly users: QdaUser[] = [];
  private readonly variables: QdaVariable[] = [];
  private readonly sources: QdaSource[] = [];
  private readonly notes: QdaNote[] = [];
  private readonly sets: QdaSet[] = [];
  private root: Element | null = null;
  private readonly reader: ElementReader;

  constructor() {
    this.reader = elementReader('urn:QDA-XML:', SECTIONS, {
      onForeign: (name) => this.left.add(name, FOREIGN),
      onRoot: (found) => (this.root = found),
      onEntry: (_section, entry) => {
        const guid = guidOf(entry.attributes.get('guid'));
        if (guid !== null && !this.left.isFirst(entry.name, guid)) return;
        if (!this.keep(entry)) this.left.add(entry.name, DAMAGED);
      },
    });
  }

  write(piece: string): void {
    this.reader.write(piece);
  }

  /** The whole project, once its last piece is written. Throws BAD_INPUT. */
  end(): ReadProject {
    this.reader.close();
    const { users, variables, sources, notes, sets, left } = this;
    const { name, origin, codes, description, notes: onProject } = rootOf(this.root, left);
    return {
      project: { name, origin, users, codes, variables, sources, notes, sets, description, onProject },
      notRead: left.list(),
    };
  }

  /** Stores an entry. Returns whether it has all that the standard demands. */
  private keep(entry: Element): boolean {
    switch (entry.name) {
      case 'User':
        return push(this.users, userOf(entry));
      case 'Variable':
        return push(this.variables, variableOf(entry));
      case 'TextSource':
      case 'PDFSource':
      case 'PictureSource':
        return push(this.sources, sourceOf(entry, this.left));
      case 'Note':
        return push(this.notes, noteOf(entry));
      case 'Set':
        return push(this.sets, setOf(entry));
      default:
        return this.left.add(entry.name, NOT_READ[entry.name] ?? FOREIGN);
    }
  }
}

/** Adds an entry to a list unless it is null; returns whether it was added. */
function push<T>(list: T[], one: T | null): boolean {
  if (one === null) return false;
  list.push(one);
  return true;
}

/** Counts what could not be read, by kind and reason. */
class Leftovers {
  private readonly counts = new Map<string, NotRead>();
  private readonly seen = new Set<string>();
  /** Whether this is the first entry of its kind with this GUID. Further ones are counted as not read. */
  isFirst(kind: string, guid: string): boolean {
    const key = `${GROUPS[kind] ?? kind} ${guid}`;
    if (this.seen.has(key)) this.add(kind, SAME_ID);
    else {
      this.seen.add(key);
      return true;
    }
    return false;
  }
  /** Always true, so that it can stand for “dealt with”. */
  add(kind: string, why: string): true {
    const key = `${kind} ${why}`;
    this.counts.set(key, { kind, why, count: (this.counts.get(key)?.count ?? 0) + 1 });
    return true;
  }
  list(): NotRead[] {
    return [...this.counts.values()];
  }
}

/** Kinds whose records share one kind of ID in the project. */
const GROUPS: Readonly<Record<string, string>> = {
  TextSource: 'source',
  PDFSource: 'source',
  PictureSource: 'source',
  PlainTextSelection: 'selection',
  PDFSelection: 'selection',
  PictureSelection: 'selection',
};

const GUID = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;
const guidOf = (text: string | undefined): string | null => GUID.exec(text?.trim() ?? '')?.[1]?.toLowerCase() ?? null;
const all = (element: Element, name: string): Element[] => element.children.filter((child) => child.name === name);
const first = (element: Element, name: string): Element | undefined =>
  element.children.find((child) => child.name === name);
const textIn = (element: Element, name: string): string | null => first(element, name)?.text ?? null;
const refs = (element: Element, name: string): string[] =>
  all(element, name).flatMap(({ attributes }) => guidOf(attributes.get('targetGUID') ?? attributes.get('guid')) ?? []);

function byOf({ attributes }: Element): QdaBy {
  const user = guidOf(attributes.get('creatingUser')) ?? guidOf(attributes.get('modifyingUser'));
  return { user, at: attributes.get('creationDateTime') ?? attributes.get('modifiedDateTime') ?? null };
}

function userOf({ attributes }: Element): QdaUser | null {
  const guid = guidOf(attributes.get('guid'));
  return guid === null ? null : { guid, name: attributes.get('name') ?? attributes.get('id') ?? null };
}

function variableOf(element: Element): QdaVariable | null {
  const guid = guidOf(element.attributes.get('guid'));
  const name = element.attributes.get('name');
  if (guid === null || name === undefined) return null;
  const type = QDA_VALUE_TYPES.find((one) => one === element.attributes.get('typeOfVariable')) ?? 'Text';
  return { guid, name, type, description: textIn(element, 'Description') };
}

function valueOf(element: Element): QdaValue | null {
  const [variable] = refs(element, 'VariableRef');
  if (variable === undefined) return null;
  for (const type of QDA_VALUE_TYPES) {
    const value = textIn(element, `${type}Value`);
    if (value !== null) return { variable, type, value };
  }
  return null;
}

const COLOUR = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;
/** `#RGB` is written as `#RRGGBB`. */
function colourOf(text: string | undefined): string | null {
  if (text === undefined || !COLOUR.test(text)) return null;
  return text.length === 7 ? text.toUpperCase() : text.replace(/[0-9a-f]/gi, '$&$&').toUpperCase();
}

function countBelow(element: Element, left: Leftovers): void {
  for (const child of all(element, 'Code')) {
    left.add('Code', 'It is below a code that is left out.');
    countBelow(child, left);
  }
}

/** Reads a code and those below it. Skips codes (with those below them) without a name or GUID, or with a duplicate GUID. */
function codeOf(element: Element, left: Leftovers): QdaCode[] {
  const guid = guidOf(element.attributes.get('guid'));
  const name = element.attributes.get('name')?.trim() ?? '';
  if (guid === null || name === '') {
    left.add('Code', DAMAGED);
    countBelow(element, left);
    return [];
  }
  if (!left.isFirst('Code', guid)) {
    countBelow(element, left);
    return [];
  }
  return [
    {
      guid,
      name,
      isCodable: !['false', '0'].includes(element.attributes.get('isCodable') ?? 'true'),
      colour: colourOf(element.attributes.get('color')),
      description: textIn(element, 'Description'),
      notes: refs(element, 'NoteRef'),
      codes: all(element, 'Code').flatMap((child) => codeOf(child, left)),
    },
  ];
}

function rootOf(
  root: Element | null,
  left: Leftovers,
): Pick<QdaProject, 'name' | 'origin' | 'codes' | 'description'> & { readonly notes: readonly string[] } {
  if (root?.name !== 'Project' && root?.name !== 'CodeBook')
    throw new Fault('BAD_INPUT', 'This isn’t a valid REFI-QDA file: it is neither a project nor a codebook.', {
      what: `its root is “${root?.name ?? ''}”`,
    });
  const book = root.name === 'CodeBook' ? root : first(root, 'CodeBook');
  const list = book === undefined ? undefined : first(book, 'Codes');
  return {
    name: root.attributes.get('name')?.trim() ?? '',
    origin: root.attributes.get('origin') ?? null,
    codes: list === undefined ? [] : all(list, 'Code').flatMap((code) => codeOf(code, left)),
    description: textIn(root, 'Description'),
    notes: refs(root, 'NoteRef'),
  };
}

const codingsOf = (element: Element, left: Leftovers): QdaCoding[] =>
  all(element, 'Coding').flatMap((coding) => {
    const guid = guidOf(coding.attributes.get('guid'));
    const [code] = refs(coding, 'CodeRef');
    if (guid !== null && code !== undefined && !left.isFirst('Coding', guid)) return [];
    if (guid !== null && code !== undefined) return [{ guid, code, by: byOf(coding), notes: refs(coding, 'NoteRef') }];
    left.add('Coding', DAMAGED);
    return [];
  });

const whole = (text: string | undefined): number | null =>
  text !== undefined && /^-?\d{1,12}$/.test(text.trim()) ? Number(text) : null;

/** The two corners may come in any order. */
function boxOf({ attributes }: Element): QdaBox | null {
  const corner = (name: string): number => whole(attributes.get(name)) ?? Number.NaN;
  const [ax, ay, bx, by] = [corner('firstX'), corner('firstY'), corner('secondX'), corner('secondY')];
  if ([ax, ay, bx, by].some(Number.isNaN)) return null;
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
}

function placeOf(element: Element): QdaPlace | null {
  const { name, attributes } = element;
  if (name === 'PlainTextSelection') {
    const [start, end] = [whole(attributes.get('startPosition')), whole(attributes.get('endPosition'))];
    return start === null || end === null || start < 0 || end <= start ? null : { kind: 'text', start, end };
  }
  const box = boxOf(element);
  if (box === null) return null;
  if (name === 'PictureSelection') return { kind: 'picture', box };
  const page = whole(attributes.get('page'));
  return page === null || page < 0 ? null : { kind: 'page', page, box };
}

const SELECTIONS = new Set(['PlainTextSelection', 'PDFSelection', 'PictureSelection']);
const selectionsOf = (element: Element, left: Leftovers): QdaSelection[] =>
  element.children
    .filter(({ name }) => SELECTIONS.has(name))
    .flatMap((selection) => {
      const guid = guidOf(selection.attributes.get('guid'));
      const place = placeOf(selection);
      if (guid === null || place === null) {
        left.add(selection.name, DAMAGED);
        return [];
      }
      if (!left.isFirst(selection.name, guid)) return [];
      return [
        {
          guid,
          place,
          name: selection.attributes.get('name') ?? null,
          description: textIn(selection, 'Description'),
          words: wordsOf(selection),
          by: byOf(selection),
          codings: codingsOf(selection, left),
          notes: refs(selection, 'NoteRef'),
        },
      ];
    });

/** The words under a rectangle, as the program that drew it read them. */
function wordsOf(selection: Element): string | null {
  const read = first(selection, 'Representation');
  const words = read === undefined ? null : textIn(read, 'PlainTextContent');
  return words === null || words.trim() === '' ? null : words;
}

/** The name of a file in `sources`; null for one outside the project. */
const fileOf = (path: string | undefined): string | null =>
  path?.toLowerCase().startsWith(INTERNAL) === true ? path.slice(INTERNAL.length).replace(/^\/+/, '') : null;

function textOf(element: Element): QdaText | null {
  const content = textIn(element, 'PlainTextContent');
  if (content !== null) return { content };
  const file = fileOf(element.attributes.get('plainTextPath'));
  return file === null ? null : { file };
}

const KINDS: Readonly<Record<string, { readonly kind: QdaSource['kind']; readonly inner: string | null }>> = {
  TextSource: { kind: 'text', inner: null },
  PDFSource: { kind: 'pdf', inner: 'Representation' },
  PictureSource: { kind: 'picture', inner: 'TextDescription' },
};

function sourceOf(element: Element, left: Leftovers): QdaSource | null {
  const found = KINDS[element.name];
  const guid = guidOf(element.attributes.get('guid'));
  if (found === undefined || guid === null) return null;
  const { kind, inner } = found;
  const read = inner === null ? element : first(element, inner);
  const text = read === undefined ? null : textOf(read);
  const outside = element.attributes.get('path') ?? element.attributes.get('richTextPath');
  return {
    kind,
    guid,
    name: element.attributes.get('name') ?? null,
    description: textIn(element, 'Description'),
    by: byOf(element),
    file: fileOf(outside),
    text: read === undefined || text === null ? null : { guid: guidOf(read.attributes.get('guid')) ?? guid, text },
    selections: [
      ...selectionsOf(element, left),
      ...(read === undefined || read === element ? [] : selectionsOf(read, left)),
    ],
    codings: [...codingsOf(element, left), ...(read === undefined || read === element ? [] : codingsOf(read, left))],
    notes: refs(element, 'NoteRef'),
    values: all(element, 'VariableValue').flatMap((value) => valueOf(value) ?? []),
  };
}

function noteOf(element: Element): QdaNote | null {
  const guid = guidOf(element.attributes.get('guid'));
  const text = textOf(element);
  if (guid === null || text === null) return null;
  return { guid, name: element.attributes.get('name') ?? null, by: byOf(element), text };
}

function setOf(element: Element): QdaSet | null {
  const guid = guidOf(element.attributes.get('guid'));
  const name = element.attributes.get('name');
  if (guid === null || name === undefined) return null;
  return {
    guid,
    name,
    description: textIn(element, 'Description'),
    codes: refs(element, 'MemberCode'),
    sources: refs(element, 'MemberSource'),
  };
}

/** One element of the standard’s, with those below it. */
interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Element[];
  /** The characters directly in it. */
  readonly text: string;
}

interface Open extends Element {
  readonly children: Element[];
  text: string;
}

/** The most levels of nested elements. Codes are nested as deeply as a codebook; nothing else is deeper than 8. */
const MOST_DEPTH = 200;

/** Reads elements from pieces of text. */
interface ElementReader {
  /** Takes the next piece of the file’s text. Throws BAD_INPUT. */
  write(piece: string): void;
  /** Throws BAD_INPUT if the file is not whole. */
  close(): void;
}

/**
 * Reads the elements of a QDA-XML file in pieces. Each element whose parent is in `sections` (`Sources`, say) is given to
 * `onEntry` with its parent’s name when it ends, and then forgotten, so that a large file is never in memory as a whole; the root’s
 * attributes and its own children of text are given to `onRoot` at the end. Elements of other namespaces are given to `onForeign` by
 * name, and skipped with what is in them. A document type definition is rejected: nothing of the standard’s needs one.
 */
function elementReader(
  namespace: string,
  sections: ReadonlySet<string>,
  handlers: {
    readonly onEntry: (section: string, entry: Element) => void;
    readonly onForeign: (name: string) => void;
    readonly onRoot: (root: Element) => void;
  },
): ElementReader {
  const parser = new SaxesParser({ xmlns: true });
  const open: Open[] = [];
  let skipped = 0;
  let root: Element | null = null;
  parser.on('error', (error) => {
    throw malformed(error.message);
  });
  parser.on('doctype', () => {
    throw malformed('it has a document type definition, which such files never need');
  });
  parser.on('opentag', ({ uri, local, attributes }) => {
    const isOurs = uri === '' || uri.toLowerCase().startsWith(namespace.toLowerCase());
    if (skipped > 0 || !isOurs) {
      if (skipped === 0) handlers.onForeign(local);
      skipped += 1;
      return;
    }
    if (open.length >= MOST_DEPTH) throw malformed(`its elements are nested more than ${MOST_DEPTH} deep`);
    const own = Object.values(attributes).flatMap((one) =>
      one.prefix === '' ? [[one.local, one.value] as const] : [],
    );
    open.push({ name: local, attributes: new Map(own), children: [], text: '' });
  });
  parser.on('closetag', () => {
    if (skipped > 0) {
      skipped -= 1;
      return;
    }
    const ended = open.pop();
    const parent = open.at(-1);
    if (ended === undefined) return;
    if (parent === undefined) root = ended;
    else if (sections.has(parent.name)) handlers.onEntry(parent.name, ended);
    else parent.children.push(ended);
  });
  const addText = (text: string): void => {
    const last = open.at(-1);
    if (skipped === 0 && last !== undefined) last.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  return {
    write: (piece) => void parser.write(piece),
    close: () => {
      parser.close();
      if (root === null) throw malformed('it has no elements');
      handlers.onRoot(root);
    },
  };
}

/** `line:column: what`, as the parser says it. */
const malformed = (what: unknown): Fault =>
  new Fault('BAD_INPUT', `This isn’t a valid REFI-QDA file: ${detailOf(what).replace(/\.+$/, '')}.`, {
    what: detailOf(what),
  });
