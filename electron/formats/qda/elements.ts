import { SaxesParser } from 'saxes';
import { detailOf, Fault } from '../../../shared/errors.ts';

/** One element of the standard’s, with those below it. */
export interface Element {
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
export interface ElementReader {
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
export function elementReader(
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
