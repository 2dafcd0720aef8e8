import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Category } from '../../../shared/model/index.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import type { Command, CommandGroup } from '../../common/commands/registry.ts';
import { Initials } from '../../ui/Badge.tsx';
import { DateEdtf } from '../../ui/DateEdtf.tsx';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Marked } from '../../ui/Marked.tsx';
import type { Entry, Found } from './find.ts';

const GROUP_ICONS: Readonly<Record<CommandGroup, IconName>> = {
  anywhere: 'go',
  library: 'file',
  codebook: 'book',
  reading: 'file',
  tagging: 'tag',
  selecting: 'edit',
  review: 'check',
  team: 'merge',
};
const KIND_ICONS = { pdf: 'file', page: 'page', text: 'text', image: 'picture' } as const satisfies Record<
  string,
  IconName
>;

/** A line of the palette: what it is, with what matched drawn stronger, and what is known of it at the end. */
export function EntryOption({ found }: { found: Found }) {
  const { entry } = found;
  switch (entry.kind) {
    case 'command':
      return <CommandOption command={entry.command} found={found} />;
    case 'tagWith':
      return <TagOption category={entry.category} pin={entry.pin} found={found} />;
    case 'category':
      return <CategoryOption category={entry.category} found={found} />;
    case 'passage':
      return <PassageOption entry={entry} found={found} />;
    case 'source':
      return <SourceOption entry={entry} found={found} />;
    case 'person':
      return (
        <>
          <Initials name={entry.person.name} size="small" />
          <bdi className="grow cut">
            <Shown text={entry.person.name} found={found} />
          </bdi>
          <span className="mono dim">{entry.person.fingerprint}</span>
        </>
      );
  }
}

/** A text; what matched in it is marked where it was this text that matched. */
function Shown({ text, found }: { text: string; found: Found }) {
  return found.text === text ? <Marked {...found} /> : text;
}

function CommandOption({ command, found }: { command: Command; found: Found }) {
  const [binding] = command.keys ?? [];
  return (
    <>
      <Icon name={command.icon ?? GROUP_ICONS[command.group]} />
      <span className="grow cut">
        <Shown text={command.title} found={found} />
        {command.detail === undefined ? null : <bdi className="dim"> {command.detail}</bdi>}
      </span>
      {binding === undefined ? null : <Kbd keys={shownKeys(binding)} />}
    </>
  );
}

function TagOption({ category, pin, found }: { category: Category; pin: number | null; found: Found }) {
  const { t } = useTranslation();
  return (
    <>
      <Icon name="tag" />
      <span className="grow cut">
        {t('commandPalette.tagPassage')} <Shown text={category.name} found={found} />
        <Answering category={category} found={found} />
      </span>
      {pin === null ? null : <kbd>{pin}</kbd>}
    </>
  );
}

function CategoryOption({ category, found }: { category: Category; found: Found }) {
  const { t } = useTranslation();
  return (
    <>
      <FamilySign code={category.code} colour={category.colour} />
      {restOf(category.code) === '' ? null : <span className="code">{restOf(category.code)}</span>}
      <span className="grow cut">
        <Shown text={category.name} found={found} />
        <Answering category={category} found={found} />
      </span>
      <span className="dim">{t('commandPalette.passages', { count: category.deepPassages })}</span>
    </>
  );
}

/** The term or code that answered, where it was not the name. */
function Answering({ category, found }: { category: Category; found: Found }) {
  if (found.text === '' || found.text === category.name) return null;
  const lang = category.termsZh.some(({ term }) => term === found.text) ? { lang: 'zh-Hans' } : {};
  return (
    <bdi className="dim" {...lang}>
      {' '}
      <Marked {...found} />
    </bdi>
  );
}

function PassageOption({ entry, found }: { entry: Extract<Entry, { kind: 'passage' }>; found: Found }) {
  const { t } = useTranslation();
  const { hit, source } = entry;
  const lang = source?.language ?? null;
  return (
    <>
      <Icon name={source === null ? 'file' : KIND_ICONS[source.kind]} />
      <bdi className="grow cut command-quote" {...(lang === null ? {} : { lang })}>
        <Marked {...found} />
      </bdi>
      <span className="dim cut command-of">
        <bdi>{source === null ? '' : (source.title ?? source.fileName)}</bdi>
        {source?.kind === 'pdf' && hit.page !== null ? t('commandPalette.onPage', { page: hit.page }) : null}
      </span>
    </>
  );
}

function SourceOption({ entry, found }: { entry: Extract<Entry, { kind: 'source' }>; found: Found }) {
  const { source } = entry;
  const date = source.dateOfAct ?? source.dateOfPublication;
  const name = source.title ?? source.fileName;
  return (
    <>
      <Icon name={KIND_ICONS[source.kind]} />
      <bdi className="grow cut" {...(source.language === null ? {} : { lang: source.language })}>
        <Shown text={name} found={found} />
        {found.text === '' || found.text === name ? null : (
          <span className="dim">
            {' '}
            <Marked {...found} />
          </span>
        )}
      </bdi>
      {date === null ? null : <DateEdtf edtf={date.edtf} />}
    </>
  );
}
