import type { DossierReport } from '../../../shared/contract/dossier-check.ts';
import { anchor, claimRelation, translationDraft } from '../../../shared/model/index.ts';
import { openProof, type Proven } from '../../db/index.ts';
import type { BagRead } from '../../formats/bag/folder-read.ts';
import { fieldName } from '../../../shared/changes/fields.ts';
import { counted, numbered } from '../../../shared/text/counted.ts';
import type { ExhibitsFile, FolderDocument, FolderExhibit } from '../../formats/dossier/folder.ts';
import { isAsSigned, SIGNED_RECORD } from '../../formats/dossier/record.ts';
import { readSigned, SIGNED_PATH } from '../../formats/dossier/signed-file.ts';
import { fingerprintOf } from '../../project/people/people.ts';

type Failure = DossierReport['failures'][number];

/** The result of checking signatures: which of the dossier's statements they prove, with a sentence for each that they do not. */
interface SignedCheck {
  readonly isThere: boolean;
  readonly signed: number;
  readonly notSigned: readonly string[];
  readonly failures: readonly Failure[];
}

/**
 * Compares a dossier's statements on claims, people and documents with what people signed, from the folder alone. Checks each signature
 * and which key made it. Can’t show whether a statement was withdrawn or changed since, nor who owns a key.
 */
export function checkSigned(bag: BagRead, said: ExhibitsFile): SignedCheck {
  const file = readSigned(bag);
  const fault = (message: string): Failure => ({ kind: 'signed', id: SIGNED_PATH, message });
  if (file === null) return { isThere: false, signed: 0, notSigned: [], failures: [] };
  if (file === 'wrong')
    return {
      isThere: false,
      signed: 0,
      notSigned: [],
      failures: [fault(`“${SIGNED_PATH}” can’t be read, so no signature was checked.`)],
    };
  const proven = file.commits.map((one) => openProof(one));
  const log = new SignedLog(proven.filter((one) => one !== null));
  const wrong = proven.filter((one) => one === null).length;
  const check = new Statements(log);
  for (const claim of said.claims ?? []) check.claim(claim);
  for (const exhibit of said.exhibits) check.exhibit(exhibit);
  for (const document of said.documents) check.record(document);
  return {
    isThere: true,
    signed: check.signed,
    notSigned: check.notSigned,
    failures: [
      ...(wrong === 0
        ? []
        : [
            fault(
              `${numbered(wrong)} of its ${counted(proven.length, 'edit')} ${wrong === 1 ? 'isn’t' : 'aren’t'} what was signed.`,
            ),
          ]),
      ...check.wrong.map(fault),
    ],
  };
}

interface Written {
  readonly by: string;
  readonly clock: number;
  readonly fields: ReadonlyMap<string, unknown>;
}

/** What was signed, by record. */
class SignedLog {
  private readonly records = new Map<string, Written[]>();
  /** Ids of records, by kind and by the passage or claim that they are on. */
  private readonly on = new Map<string, Set<string>>();

  constructor(all: readonly Proven[]) {
    for (const { key, clock, changes } of all)
      for (const [record, fields] of Map.groupBy(changes, ({ entity, id }) => `${entity} ${id}`)) {
        const [entity = '', id = ''] = record.split(' ');
        const written = {
          by: fingerprintOf(key),
          clock,
          fields: new Map(fields.map(({ field, value }): [string, unknown] => [field, value])),
        };
        this.records.set(record, [...(this.records.get(record) ?? []), written]);
        const target = written.fields.get(entity === 'claimlink' ? 'claim' : entity === 'memo' ? 'target' : 'passage');
        if (typeof target !== 'string') continue;
        const place = `${entity} ${target}`;
        this.on.set(place, (this.on.get(place) ?? new Set()).add(id));
      }
    for (const written of this.records.values()) written.sort((a, b) => a.clock - b.clock);
  }

  of(entity: string, id: string): readonly Written[] {
    return this.records.get(`${entity} ${id}`) ?? [];
  }
  /** The records of a kind that are or were on any of these passages or claims. */
  allOn(entity: string, targets: Iterable<string>): readonly (readonly Written[])[] {
    const ids = new Set([...targets].flatMap((one) => [...(this.on.get(`${entity} ${one}`) ?? [])]));
    return [...ids].map((id) => this.of(entity, id));
  }
  /** The newest signed value of a field. */
  last(entity: string, id: string, field: string): { readonly value: unknown; readonly by: string } | null {
    return lastOf(this.of(entity, id), field);
  }
}

function lastOf(all: readonly Written[], field: string): { readonly value: unknown; readonly by: string } | null {
  const found = all.findLast(({ fields }) => fields.has(field));
  return found === undefined ? null : { value: found.fields.get(field), by: found.by };
}

type Signer = NonNullable<FolderExhibit['people']>['marked'];

class Statements {
  signed = 0;
  readonly notSigned: string[] = [];
  readonly wrong: string[] = [];
  private readonly log: SignedLog;

  constructor(log: SignedLog) {
    this.log = log;
  }

  claim({ number, id, text, links }: NonNullable<ExhibitsFile['claims']>[number]): void {
    const words = this.log.last('claim', id, 'text');
    if (words !== null && words.value !== text) this.wrong.push(`Claim ${number} has other words than were signed.`);
    else this.say(words !== null, `Claim ${number}: its words`);
    const signed = this.log.allOn('claimlink', [id]);
    for (const { passage, as, answer } of links) {
      const link = signed.find((one) => lastOf(one, 'passage')?.value === passage);
      const relation = link === undefined ? null : lastOf(link, 'relation');
      const answered = link === undefined ? null : lastOf(link, 'answer');
      if (relation !== null && relation.value !== as)
        this.wrong.push(`What ${as} claim ${number} was signed as something else: ${String(relation.value)}.`);
      else this.say(relation !== null, `Claim ${number}: that a passage ${as} it`);
      if (answered !== null && (answered.value ?? '') !== answer)
        this.wrong.push(`An answer for claim ${number} has other words than were signed.`);
    }
    const listed = new Set(links.map(({ passage }): unknown => passage));
    // The folder lists no relation that only a newer version knows.
    const known = signed.filter((one) => claimRelation.safeParse(lastOf(one, 'relation')?.value).success);
    for (const one of known)
      if (lastOf(one, 'deleted')?.value !== true && !listed.has(lastOf(one, 'passage')?.value))
        this.wrong.push(`Something was signed as bearing on claim ${number} that the dossier doesn’t list with it.`);
  }

  exhibit(exhibit: FolderExhibit): void {
    const {
      number,
      label = String(number),
      passages,
      quote,
      translations,
      people,
      memos = [],
      decision = null,
    } = exhibit;
    const name = `Exhibit ${label}`;
    const own = new Set(passages);
    if (quote !== null) {
      const places = passages.flatMap(
        (id) => anchor.safeParse(this.log.last('passage', id, 'anchor')?.value).data ?? [],
      );
      const words = places.flatMap((place) => (place.kind === 'text' ? place.exact : []));
      if (words.length > 0 && !words.includes(quote.exact))
        this.wrong.push(`${name} quotes other words than were signed.`);
      else this.say(words.length > 0, `${name}: its words`);
    }
    for (const { language, text, translator } of translations) {
      const signed = this.log.allOn('translation', own).some((one) => {
        const [passage, draft, lang] = ['passage', 'draft', 'language'].map((field) => lastOf(one, field));
        const isIt =
          own.has(String(passage?.value)) && lang?.value === language && draft?.by === translator.fingerprint;
        return isIt && translationDraft.safeParse(draft?.value).data?.text === text;
      });
      this.say(signed, `${name}: that ${translator.name} translated it so`);
    }
    for (const { text, ...writer } of memos)
      this.say(this.isMemo(own, writer, text), `${name}: that ${writer.name} wrote its memo`);
    if (people === null) return;
    const { marked, coded, decided, checked, approved } = people;
    if (decided !== null && decision !== null)
      this.say(this.isDecided(own, decided, decision), `${name}: that ${decided.name} decided it so`);
    const isMarked = passages.some((id) =>
      this.log.of('passage', id).some((one) => isBy(one, marked) && one.fields.has('person')),
    );
    this.say(isMarked, `${name}: that ${marked.name} marked it`);
    for (const { categories, ...coder } of coded)
      for (const code of categories)
        this.say(this.isCoded(own, coder, code), `${name}: that ${coder.name} coded it ${code}`);
    if (checked !== null) this.say(this.isMoved(own, checked, 'checked'), `${name}: that ${checked.name} checked it`);
    if (approved !== null)
      this.say(this.isMoved(own, approved, 'approved'), `${name}: that ${approved.name} approved it`);
  }

  /** Compares a document's record. Folders of earlier versions have no records. */
  record({ id, title, fileName, record }: FolderDocument): void {
    if (record === undefined) return;
    for (const field of SIGNED_RECORD) {
      const printed = field === 'title' ? title : record[field];
      const signed = this.log.last('source', id, field);
      const name = `“${title}”: ${fieldName('source', field).toLowerCase()}`;
      // A document without a title is named by its file.
      const isNamedByFile = field === 'title' && title === fileName;
      if (signed !== null && !isAsSigned(field, printed, signed.value)) {
        if (!(isNamedByFile && signed.value === null)) this.wrong.push(`${name} isn’t what was signed.`);
      } else if (printed !== null && !isNamedByFile) this.say(signed !== null, name);
    }
  }

  private isMemo(own: ReadonlySet<string>, writer: Signer, text: string): boolean {
    return this.log.allOn('memo', own).some((all) => {
      const last = lastOf(all, 'text');
      return own.has(String(lastOf(all, 'target')?.value)) && last?.by === writer.fingerprint && last.value === text;
    });
  }

  private isDecided(
    own: ReadonlySet<string>,
    person: Signer,
    { categories, reason }: NonNullable<FolderExhibit['decision']>,
  ): boolean {
    return this.log.allOn('adjudication', own).some((all) => {
      const mine = all.filter((one) => isBy(one, person));
      if (!own.has(String(lastOf(mine, 'passage')?.value)) || lastOf(mine, 'deleted')?.value === true) return false;
      const chosen = lastOf(mine, 'categories')?.value;
      if (lastOf(mine, 'reason')?.value !== reason || !Array.isArray(chosen)) return false;
      const codes = chosen.map((one: unknown) => this.codesOf(String(one)));
      return (
        codes.every((some) => categories.some((code) => some.has(code))) &&
        categories.every((code) => codes.some((some) => some.has(code)))
      );
    });
  }

  private say(isSigned: boolean, what: string): void {
    if (isSigned) this.signed++;
    else this.notSigned.push(what);
  }

  private isCoded(own: ReadonlySet<string>, coder: Signer, code: string): boolean {
    return this.log.allOn('tag', own).some((all) => {
      const mine = all.filter((one) => isBy(one, coder));
      const category = lastOf(mine, 'category')?.value;
      const isOn = own.has(String(lastOf(mine, 'passage')?.value)) && lastOf(mine, 'deleted')?.value !== true;
      return isOn && typeof category === 'string' && this.codesOf(category).has(code);
    });
  }

  private isMoved(own: ReadonlySet<string>, person: Signer, state: string): boolean {
    return this.log.allOn('review', own).some((all) => {
      const mine = all.filter((one) => isBy(one, person));
      const isOn = own.has(String(lastOf(mine, 'passage')?.value)) && lastOf(mine, 'deleted')?.value !== true;
      return isOn && lastOf(mine, 'state')?.value === state;
    });
  }

  /** The codes of a category, and of the categories that it was merged into. */
  private codesOf(category: string): ReadonlySet<unknown> {
    const codes = new Set<unknown>();
    const seen = new Set<string>();
    for (let id: unknown = category; typeof id === 'string' && !seen.has(id);) {
      seen.add(id);
      codes.add(this.log.last('category', id, 'code')?.value ?? this.log.last('category', id, 'name')?.value);
      id = this.log.last('category', id, 'mergedInto')?.value;
    }
    return codes;
  }
}

const isBy = ({ by }: Written, { fingerprint }: Signer): boolean => by === fingerprint;
