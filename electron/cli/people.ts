import { InvalidArgumentError } from 'commander';
import type { KnownPerson } from '../../shared/contract/people.ts';
import { Fault } from '../../shared/errors.ts';
import { ROLES, role, type Role } from '../../shared/model/index.ts';
import { fingerprintOf, personIdOf } from '../project/people/people.ts';
import { minisignKey, readMinisignKey } from '../formats/minisign/key.ts';
import { isUnnamed, sameName } from '../../shared/model/person-name.ts';
import type { Home } from '../host/home.ts';
import { assertVisible, type KeyProtection, type OwnPerson } from '../host/own-people.ts';
import { confirmInProject, withTrust } from '../host/people.ts';
import type { KnownKey } from '../host/trust.ts';
import type { Answer, Register } from './command.ts';
import { ownHome, withProject, type Caller } from './open.ts';
import { newPassphraseFrom, passphraseFrom } from './secrets.ts';
import { columns, oneLine } from './terminal.ts';

interface TrustOptions {
  readonly project?: string;
  readonly fingerprint?: string;
  readonly key?: string;
}

interface ProtectOptions {
  readonly passphraseFile?: string;
  readonly currentFile?: string;
}

/** What the list shows of a person. `minisign`: their public key as `minisign -P` takes it. */
type Shown = Pick<KnownPerson, 'id' | 'name' | 'roles' | 'fingerprint' | 'minisign' | 'trust' | 'age'> & {
  /** How this installation stores the key; only for its own people. */
  readonly protection?: KeyProtection;
};

/** `person list [project]`: {persons:[{id,name,roles,minisign,fingerprint,trust,age}]}; without a project, this installation's own and confirmed people. */
async function list(caller: Caller, project: string | undefined): Promise<Answer> {
  const home = ownHome();
  const persons = project === undefined ? await ownAndConfirmed(home) : await ofProject(caller, home, project);
  const changed = persons.filter(({ trust }) => trust === 'changed');
  return {
    json: { persons },
    lines: columns(
      persons.map((one) => [
        one.fingerprint,
        one.trust,
        oneLine(one.name, 40),
        one.roles.join(' '),
        one.minisign ?? '',
      ]),
    ),
    remarks: changed.map(
      ({ name, fingerprint }) =>
        `WARNING: ${oneLine(name)} is signing with a different key (${fingerprint}) from the one you confirmed. Check with them before you rely on it.`,
    ),
  };
}

const ofProject = (caller: Caller, home: Home, project: string): Promise<Shown[]> =>
  withProject(caller, project, async (engine) =>
    (await withTrust(home, (await engine.call('people.list', {})).people)).map(
      ({ id, name, roles, fingerprint, minisign, trust, age }) => ({
        id,
        name,
        roles,
        minisign,
        fingerprint,
        trust,
        age,
      }),
    ),
  );

async function ownAndConfirmed(home: Home): Promise<Shown[]> {
  const own: Shown[] = [];
  for (const person of home.ownPeople()) own.push(await shownOwn(home, person));
  return [
    ...own,
    ...home
      .known()
      .filter(({ id }) => !own.some((one) => one.id === id))
      .map(shownKnown),
  ];
}

async function shownOwn(home: Home, { id, name, roles, publicKey, protection }: OwnPerson): Promise<Shown> {
  const key = Buffer.from(publicKey, 'hex');
  return {
    id,
    name,
    roles: [...roles],
    minisign: minisignKey(key),
    fingerprint: fingerprintOf(key),
    trust: 'me',
    age: await home.ageRecipient(name),
    protection,
  };
}

function shownKnown({ id, name, key }: KnownKey): Shown {
  const bytes = Buffer.from(key, 'hex');
  return {
    id,
    name,
    roles: [],
    minisign: minisignKey(bytes),
    fingerprint: fingerprintOf(bytes),
    trust: 'confirmed',
    age: null,
  };
}

/** `person add NAME [--role R]…`: {person}. Makes a key if they have none. */
async function add(name: string, roles: readonly Role[]): Promise<Answer> {
  const home = ownHome();
  // Whoever is the first with a name of their own works here, also if --person named them before: nobody is to sign with the name
  // that everyone has at first.
  const isFirst =
    isUnnamed(home.settings().personName) &&
    home.ownPeople().every((one) => isUnnamed(one.name) || sameName(one.name, name));
  if (isFirst) home.changeSettings({ personName: name });
  const person = await shownOwn(home, home.addPerson(name, roles));
  return {
    json: { person },
    lines: [`${oneLine(person.name)}  ${person.fingerprint}  ${person.roles.join(' ')}`],
    remarks: isFirst ? [`${oneLine(person.name)} is now the default person.`] : [],
  };
}

/** `person protect NAME`: {person}. Encrypts the signing key with a passphrase, or changes that. */
async function protect(name: string, { passphraseFile, currentFile }: ProtectOptions): Promise<Answer> {
  const home = ownHome();
  const { protection } = home.ownPerson(name);
  const current =
    protection === 'passphrase' ? await passphraseFrom(currentFile, 'Present passphrase of the key: ') : undefined;
  const passphrase = await newPassphraseFrom(passphraseFile, 'New passphrase of the key (at least 12 characters): ');
  await home.setPassphrase(name, passphrase, current);
  const person = await shownOwn(home, home.ownPerson(name));
  return {
    json: { person },
    lines: [`The signing key of ${oneLine(person.name)} is encrypted.`],
    remarks: [
      'Without the passphrase nobody can sign with this key again: keep it somewhere safe. On an SSD, blocks of the former file may remain.',
    ],
  };
}

/** `person unprotect NAME`: {person}. Stores the signing key in a plain file again. */
async function unprotect(name: string, { passphraseFile }: ProtectOptions): Promise<Answer> {
  const home = ownHome();
  const { protection } = home.ownPerson(name);
  if (protection !== 'passphrase') throw new Fault('BAD_INPUT', 'This person’s key has no passphrase.');
  await home.removePassphrase(name, await passphraseFrom(passphraseFile, 'Present passphrase of the key: '));
  const person = await shownOwn(home, home.ownPerson(name));
  return {
    json: { person },
    lines: [`The signing key of ${oneLine(person.name)} is a plain file again.`],
    remarks: ['Whoever can read this account’s files can sign with it.'],
  };
}

/** `person use NAME`: {person}. Sets the person who acts if --person isn't given. */
async function use(name: string): Promise<Answer> {
  const home = ownHome();
  const { personName } = home.changeSettings({ personName: name });
  const person = await shownOwn(home, home.ownPerson(personName));
  return { json: { person }, lines: [`${oneLine(person.name)} is now the default person.`] };
}

/**
 * `person trust WHO`: {person}. Confirms the public key given with `--key` (as `minisign` writes it), or the key they sign with
 * in `--project`, if it has this `--fingerprint`.
 */
async function trust(caller: Caller, who: string, { project, fingerprint, key }: TrustOptions): Promise<Answer> {
  const home = ownHome();
  if (key !== undefined) {
    const bytes = readMinisignKey(key);
    assertVisible(who);
    home.confirm({ id: personIdOf(bytes), name: who, key: Buffer.from(bytes).toString('hex') });
    return confirmed(who, fingerprintOf(bytes));
  }
  if (project === undefined || fingerprint === undefined)
    throw new Fault(
      'USAGE',
      'Say whose key it is and how you know: --project P --fingerprint "3F0A 77C2 …" as they read it to you, or --key with the public key they gave you.',
    );
  return withProject(caller, project, async (engine) => {
    const { people } = await engine.call('people.list', {});
    const fitting = people.filter(({ id, name }) => id === who || name === who);
    const exact = fitting.find((one) => bare(one.fingerprint) === bare(fingerprint)) ?? fitting[0];
    await confirmInProject(home, engine, exact, fingerprint);
    return confirmed(who, exact?.fingerprint ?? '');
  });
}

const bare = (text: string): string => text.replace(/[^0-9a-f]/gi, '').toUpperCase();
const confirmed = (name: string, fingerprint: string): Answer => ({
  json: { person: { name, fingerprint, trust: 'confirmed' } },
  lines: [`Confirmed: ${oneLine(name)} signs with ${fingerprint}`],
});

function roleNamed(text: string, before: readonly Role[]): Role[] {
  const parsed = role.safeParse(text.trim().toLowerCase());
  if (parsed.success) return [...before, parsed.data];
  throw new InvalidArgumentError(`Roles: ${ROLES.join(', ')}.`);
}

/** Commands about people and their keys. */
export const peopleCommands: Register = (program, run) => {
  const person = program.command('person').description('manage people on this installation and confirmed keys');
  person
    .command('list [project]')
    .description('list people: this installation’s and confirmed ones, or everyone in a project')
    .action((project: string | undefined) => run((by) => list(by, project)));
  person
    .command('add <name>')
    .description('add a person with a signing key, or change their roles')
    .option('--role <role>', `${ROLES.join(', ')}; repeatable`, roleNamed, [])
    .action((name: string, { role: roles }: { role: readonly Role[] }) => run(() => add(name, roles)));
  person
    .command('use <name>')
    .description('set the default person, used without --person')
    .action((name: string) => run(() => use(name)));
  person
    .command('protect <name>')
    .description('encrypt a person’s signing key with a passphrase, or change the passphrase')
    .option('--passphrase-file <file>', 'the new passphrase (first line); without it, it is asked for')
    .option('--current-file <file>', 'the present passphrase, if there is one')
    .action((name: string, options: ProtectOptions) => run(() => protect(name, options)));
  person
    .command('unprotect <name>')
    .description('store a person’s signing key without a passphrase again')
    .option('--passphrase-file <file>', 'the present passphrase (first line); without it, it is asked for')
    .action((name: string, options: ProtectOptions) => run(() => unprotect(name, options)));
  person
    .command('trust <who>')
    .description('confirm someone’s key by its fingerprint')
    .option('--project <project>', 'a project they have signed in')
    .option('--fingerprint <text>', 'fingerprint, as they read it to you')
    .option('--key <key>', 'their public key, in minisign format')
    .action((who: string, options: TrustOptions) => run((by) => trust(by, who, options)));
};
