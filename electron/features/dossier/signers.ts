import type { KnownPerson } from '../../../shared/contract/people.ts';
import type { Dossier, Exhibit, Signer } from '../../formats/dossier/model.ts';
import type { ReadContext } from '../../project/context.ts';
import { namesOfPeople } from '../../project/people/names.ts';
import { fingerprintOf, personIdOf } from '../../project/people/people.ts';

/** The trust that this installation puts in people's keys. */
export type Keys = readonly Pick<KnownPerson, 'id' | 'trust'>[];

const TRUST: Readonly<Record<Keys[number]['trust'], string>> = {
  me: 'made this dossier',
  confirmed: 'key compared with them by whoever made this dossier',
  new: 'key not compared with them',
  changed: 'another key was compared before; ask them',
};

/** Everyone whose work is in these exhibits, by name, with their keys. Under pseudonyms without keys, since a key identifies a person. */
export function signersOf(
  { db }: ReadContext,
  exhibits: readonly Exhibit[],
  {
    names,
    keys,
    isPseudonymous,
  }: {
    readonly names: ReadonlyMap<string, string>;
    readonly keys: Keys;
    readonly isPseudonymous: boolean;
  },
): Dossier['people'] {
  const involved = new Set(exhibits.flatMap(peopleOf));
  const trust = new Map(keys.map((one): [string, Keys[number]['trust']] => [one.id, one.trust]));
  const all = db.all(namesOfPeople, {}).flatMap(({ id, key }): Signer[] => {
    const name = names.get(id);
    if (name === undefined || !involved.has(name)) return [];
    if (isPseudonymous) return [{ name, fingerprint: null, trust: 'keys are left out under pseudonyms' }];
    const known = trust.get(id);
    const words = known === undefined ? TRUST.new : TRUST[known];
    return [{ name, fingerprint: fingerprintOfRow(id, key), trust: words }];
  });
  const byName = new Intl.Collator('en', { numeric: true });
  return all.sort((a, b) => byName.compare(a.name, b.name));
}

/** The names of the people who worked on an exhibit. Names are unique within a dossier. */
const peopleOf = ({ passage, custody, memos }: Exhibit): string[] => [
  ...new Set(
    [
      passage.highlighter,
      passage.checker,
      passage.approver,
      passage.decided?.person,
      ...passage.coding.map(({ coder }) => coder),
      ...passage.translations.map(({ translator }) => translator),
      ...custody.map(({ who }) => who),
      ...memos.map(({ by }) => by),
    ].filter((name) => name !== null && name !== undefined),
  ),
];

/** The fingerprint of a person's key; null if the key does not match the id, which derives from the true key. */
function fingerprintOfRow(id: string, key: string | null): string | null {
  const bytes = key !== null && /^[0-9a-f]{64}$/.test(key) ? Buffer.from(key, 'hex') : null;
  return bytes !== null && personIdOf(bytes) === id ? fingerprintOf(bytes) : null;
}
