import { type ByteSource, fileSource } from './byte-source.ts';
import { CrossReferences } from './cross-references.ts';
import { BadSyntax, entryOf, numberIn, type PdfValue } from './syntax.ts';

/** The digital signatures of a PDF (ISO 32000-2, 12.8). */
export interface PdfSignatures {
  readonly count: number;
  /**
   * Whether one of them forbids adding annotations: the person who certified the document allowed no changes, or only filling in forms
   * (DocMDP).
   */
  readonly forbidsAnnotations: boolean;
}

const NONE: PdfSignatures = { count: 0, forbidsAnnotations: false };
/** The most form fields that are read: more than forms have. */
const MOST_FIELDS = 20_000;
const DEEPEST = 32;
/** The DocMDP level that also allows annotations. */
const ANNOTATIONS = 3;
/** The DocMDP level that counts if none is stated. */
const FORMS = 2;

/** The signatures that a PDF says it has; whether they are valid is not checked. None if the file's structure can’t be read. */
export function signaturesIn(source: ByteSource): PdfSignatures {
  try {
    const references = new CrossReferences(source);
    const given = entryOf(references.trailer.value, 'Root')?.value;
    const root = given === undefined ? null : references.resolve(given);
    return root === null ? NONE : new SignatureSearch(references).of(root);
  } catch (thrown) {
    if (thrown instanceof BadSyntax) return NONE;
    throw thrown;
  }
}

/** {@link signaturesIn} a file. Throws file-system errors. */
export function signaturesInFile(path: string): PdfSignatures {
  const source = fileSource(path);
  try {
    return signaturesIn(source);
  } finally {
    source.close();
  }
}

class SignatureSearch {
  private readonly references: CrossReferences;
  private readonly seen = new Set<number>();
  private left = MOST_FIELDS;
  private count = 0;
  private forbidsAnnotations = false;

  constructor(references: CrossReferences) {
    this.references = references;
  }

  of(root: PdfValue): PdfSignatures {
    // The signature that certifies the document mostly belongs to a field, too.
    this.signature(this.entry(this.entry(root, 'Perms'), 'DocMDP'));
    const form = this.entry(root, 'AcroForm');
    this.fields(this.entry(form, 'Fields'), false, 0);
    return { count: this.count, forbidsAnnotations: this.forbidsAnnotations };
  }

  private fields(given: PdfValue | null, isSignature: boolean, depth: number): void {
    const list = this.resolved(given);
    if (list?.kind !== 'array' || depth > DEEPEST) return;
    for (const { value } of list.items) {
      if ((this.left -= 1) < 0 || !this.isNew(value)) continue;
      const field = this.resolved(value);
      const kind = this.resolved(this.entry(field, 'FT'));
      const isOne = kind === null ? isSignature : kind.kind === 'name' && kind.name === 'Sig';
      if (isOne) this.signature(this.entry(field, 'V'));
      this.fields(this.entry(field, 'Kids'), isOne, depth + 1);
    }
  }

  private signature(given: PdfValue | null): void {
    const signed = this.resolved(given);
    if (given === null || signed === null || this.entry(signed, 'ByteRange') === null || !this.isNew(given)) return;
    this.count += 1;
    const rules = this.resolved(this.entry(signed, 'Reference'));
    for (const { value } of rules?.kind === 'array' ? rules.items : []) {
      const rule = this.resolved(value);
      const method = this.resolved(this.entry(rule, 'TransformMethod'));
      if (method?.kind !== 'name' || method.name !== 'DocMDP') continue;
      const allowed = this.resolved(this.entry(rule, 'TransformParams'));
      if ((allowed === null ? FORMS : (numberIn(allowed, 'P') ?? FORMS)) < ANNOTATIONS) this.forbidsAnnotations = true;
    }
  }

  /** Whether an object was not visited yet, under whatever name. */
  private isNew(given: PdfValue): boolean {
    if (given.kind !== 'reference') return true;
    if (this.seen.has(given.to)) return false;
    this.seen.add(given.to);
    return true;
  }

  private entry(of: PdfValue | null, key: string): PdfValue | null {
    const found = this.resolved(of);
    return found === null ? null : (entryOf(found, key)?.value ?? null);
  }

  /** The value; null also for an object that isn’t where it should be, so that the others can still be read. */
  private resolved(value: PdfValue | null): PdfValue | null {
    if (value === null) return null;
    try {
      return this.references.resolve(value);
    } catch (thrown) {
      if (thrown instanceof BadSyntax) return null;
      throw thrown;
    }
  }
}
