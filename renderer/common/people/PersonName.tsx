import { Button as AriaButton } from 'react-aria-components';
import { Trans } from 'react-i18next';
import { useCall } from '../../api/index.ts';
import type { KnownPerson } from '../../../shared/contract/people.ts';
import { splitName } from '../../../shared/model/person-name.ts';
import { Initials, type Look } from '../../ui/Badge.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Tip } from '../../ui/Tip.tsx';
import { formatWhen, shortName } from '../format.ts';
import { useNow } from '../now.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { chooseTeamSection } from '../workbench/screens.ts';
import { goTo } from '../workbench/workbench.ts';

interface PersonNameProps {
  /** Null if only the name is known: then the person is looked up by name. */
  readonly id: string | null;
  /** The name as the engine gives it: of people whose names look alike, it ends with the fingerprint. */
  readonly name: string;
  readonly initials?: 'normal' | 'small';
  readonly strong?: boolean;
  /** In a row, an option or a button, whose parts can’t take the focus: the fingerprint is in the tooltip and for screen readers. */
  readonly isInRow?: boolean;
}

/**
 * A person's name. If another person’s name looks alike, the beginning of the fingerprint follows; focusing it shows all of it. A mark
 * shows if nobody has confirmed the person's key, or if another key was confirmed.
 */
export function PersonName({ id, name, initials, strong = false, isInRow = false }: PersonNameProps) {
  const { t } = useTranslation();
  const { known, look } = usePerson(id, name);
  const { own, fingerprint } = splitName(name, known?.fingerprint ?? null);
  const whole =
    known === undefined || known.fingerprint === '' ? undefined : t('start.key', { fingerprint: known.fingerprint });
  return (
    <span className="person-name">
      {initials === undefined ? null : <Initials name={own} look={look} size={initials} />}
      <bdi className={strong ? 'strong cut' : 'cut'} title={whole ?? own}>
        {shortName(own)}
      </bdi>
      {fingerprint === null ? null : isInRow ? (
        <ShortKey fingerprint={fingerprint} />
      ) : (
        <Tip text={t('start.key', { fingerprint })}>
          <AriaButton className="person-key" aria-label={t('start.key', { fingerprint })} onPress={toPeople}>
            <ShortKey fingerprint={fingerprint} />
          </AriaButton>
        </Tip>
      )}
      {known === undefined ? null : <KeyMark person={known} name={own} isInRow={isInRow} />}
    </span>
  );
}

/** Who made something, and when: `by Ann, yesterday`. */
export function MadeBy({ id, name, at }: { id: string; name: string; at: number }) {
  const now = useNow();
  return (
    <p className="hint">
      <Trans
        i18nKey="people.madeBy"
        values={{ when: formatWhen(at, now) }}
        components={{ who: <PersonName id={id} name={name} /> }}
      />
    </p>
  );
}

/** A person's initials alone, in the person's colour; the name has to stand beside them or in the tooltip. */
export function PersonInitials({
  id,
  name,
  size = 'normal',
}: Pick<PersonNameProps, 'id' | 'name'> & { size?: 'normal' | 'small' }) {
  const { known, look } = usePerson(id, name);
  return <Initials name={splitName(name, known?.fingerprint ?? null).own} look={look} size={size} />;
}

/** Names that look alike come with fingerprints, so each name belongs to one person. */
function usePerson(id: string | null, name: string): { readonly known: KnownPerson | undefined; readonly look: Look } {
  const people = useCall('app.people', {}).data?.people ?? NOBODY;
  const named = people.filter((one) => (id === null ? one.name === name : one.id === id));
  const known = named.length === 1 ? named[0] : undefined;
  const of = known?.id ?? id ?? name;
  const looks = looksIn(people);
  return { known, look: looks.get(of) ?? lookOf(of, [...looks.values()]) };
}

const NOBODY: readonly KnownPerson[] = [];
/** Cached, since every name on a screen needs the looks of the same people. */
const looksBy = new WeakMap<readonly KnownPerson[], ReadonlyMap<string, Look>>();
function looksIn(people: readonly KnownPerson[]): ReadonlyMap<string, Look> {
  const known = looksBy.get(people) ?? looksOf(people.map(({ id }) => id));
  looksBy.set(people, known);
  return known;
}

/** The first two groups of a fingerprint: enough to tell two people of a project apart, too few to confirm a key. */
function ShortKey({ fingerprint }: { fingerprint: string }) {
  return (
    <span className="mono dim" title={fingerprint}>
      {fingerprint.slice(0, SHORT)}…
    </span>
  );
}
const SHORT = '0000 0000'.length;

function toPeople(): void {
  chooseTeamSection('people');
  goTo('team');
}

function KeyMark({ person, name, isInRow }: { person: KnownPerson; name: string; isInRow: boolean }) {
  const { t } = useTranslation();
  const { trust, fingerprint } = person;
  if (trust === 'me' || trust === 'confirmed') return null;
  const text = t(`people.keyMark.${trust}`, { name, fingerprint });
  const tone = trust === 'changed' ? 'bad' : 'warn';
  const icon = <Icon name={trust === 'changed' ? 'unverified' : 'key'} size="small" />;
  if (isInRow) {
    return (
      <span className="key-mark" data-tone={tone} title={text}>
        {icon}
        <span className="unseen">{text}</span>
      </span>
    );
  }
  return (
    <Tip text={text}>
      <AriaButton className="key-mark" data-tone={tone} aria-label={text} onPress={toPeople}>
        {icon}
      </AriaButton>
    </Tip>
  );
}

/** The number of colours for people (rules of `.initials`). Each exists as a ring and as a disc. */
const TINTS = 8;
const LOOKS = 2 * TINTS;

/** A look by the FNV-1a hash of an id: ids of one project can begin alike. */
function preferred(id: string): number {
  let hash = 0x811c9dc5;
  for (const one of id) hash = Math.imul(hash ^ (one.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return (hash >>> 8) % LOOKS;
}

const lookAt = (place: number): Look => ({ tint: place % TINTS, filled: place >= TINTS });

/**
 * Assigns a look to each person: the one of the id’s hash, or the next free one, so that up to sixteen people differ. It depends on the ids
 * alone, not on their order, so it is the same on every machine.
 */
function looksOf(ids: readonly string[]): ReadonlyMap<string, Look> {
  const taken = new Set<number>();
  return new Map(
    ids.toSorted().map((id) => {
      let place = preferred(id);
      if (taken.size >= LOOKS) taken.clear();
      while (taken.has(place)) place = (place + 1) % LOOKS;
      taken.add(place);
      return [id, lookAt(place)];
    }),
  );
}

/** The look of a person outside of the project, as in the preview of a merge: the one of the id’s hash, or the next free one. */
function lookOf(id: string, taken: readonly Look[]): Look {
  const first = preferred(id);
  const isFree = ({ tint, filled }: Look): boolean =>
    !taken.some((look) => look.tint === tint && look.filled === filled);
  const looks = Array.from({ length: LOOKS }, (_, at) => lookAt((first + at) % LOOKS));
  return looks.find(isFree) ?? lookAt(first);
}
