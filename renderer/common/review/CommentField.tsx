import {
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { PersonInitials } from '../people/PersonName.tsx';
import { useTranslation } from '../strings/use-translation.ts';
import type { ReviewDetail } from '../../../shared/contract/review.ts';
import { isComposing } from '../../ui/keys.ts';
import { ROLES, type Comment, type Role } from '../../../shared/model/index.ts';

export interface CommentFieldProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly people: ReviewDetail['people'];
  readonly onSend: () => void;
  readonly onLeave?: () => void;
  /** If true, Enter sends and Shift Enter starts a line; otherwise Ctrl Enter sends. */
  readonly enterSends?: boolean;
  readonly autoFocus?: boolean;
  readonly isReadOnly?: boolean;
  readonly lines?: number;
  readonly fieldRef?: React.RefObject<HTMLTextAreaElement | null>;
  readonly children?: ReactNode;
}

const MOST_SHOWN = 12;

/** A field for a comment; @ offers the roles and people that can be mentioned. */
export function CommentField({ children, onSend, onLeave, enterSends = false, ...rest }: CommentFieldProps) {
  const { label, placeholder = '', value, onChange, people, isReadOnly = false, autoFocus = false } = rest;
  const { lines = 2, fieldRef } = rest;
  const id = useId();
  const own = useRef<HTMLTextAreaElement>(null);
  const field = fieldRef ?? own;
  const calling = useCalling(value, people);
  const caretAt = useRef<number | null>(null);
  const choose = (one: Callable | undefined): void => {
    if (one === undefined || calling.from === null) return;
    const caret = field.current?.selectionStart ?? value.length;
    const head = `${value.slice(0, calling.from)}@${one.name} `;
    onChange(head + value.slice(caret).replace(/^ /u, ''));
    calling.close();
    caretAt.current = head.length;
  };
  // Set the caret before the next key press: in a later frame it would move between letters typed since.
  useLayoutEffect(() => {
    if (caretAt.current !== null) field.current?.setSelectionRange(caretAt.current, caretAt.current);
    caretAt.current = null;
  }, [field, value]);
  const keyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (isComposing(event.nativeEvent)) return;
    const isOpen = calling.found.length > 0;
    const mod = event.ctrlKey || event.metaKey;
    if (isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp'))
      calling.move(event.key === 'ArrowDown' ? 1 : -1);
    else if (isOpen && (event.key === 'Tab' || (event.key === 'Enter' && !mod))) choose(calling.found[calling.at]);
    else if (isOpen && event.key === 'Escape') calling.close();
    else if (event.key === 'Enter' && (mod || (enterSends && !event.shiftKey))) onSend();
    else if (event.key === 'Escape' && onLeave !== undefined) onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const isOpen = calling.found.length > 0;
  return (
    <div className="comment-field">
      {isOpen ? <Whom id={id} found={calling.found} at={calling.at} onChoose={choose} /> : null}
      <div className="field-box">
        <textarea
          ref={field}
          aria-label={label}
          placeholder={placeholder}
          rows={lines}
          dir="auto"
          spellCheck={false}
          maxLength={20_000}
          value={value}
          readOnly={isReadOnly}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was opened by a key or a button, to write in it
          autoFocus={autoFocus}
          aria-autocomplete="list"
          aria-controls={isOpen ? `${id}-list` : undefined}
          aria-activedescendant={isOpen ? `${id}-${String(calling.at)}` : undefined}
          onChange={(event) => {
            onChange(event.target.value);
            calling.look(event.target.selectionStart);
          }}
          onSelect={(event) => calling.look(event.currentTarget.selectionStart)}
          onBlur={calling.close}
          onKeyDown={keyDown}
        />
      </div>
      {children}
    </div>
  );
}

interface WhomProps {
  readonly id: string;
  readonly found: readonly Callable[];
  readonly at: number;
  readonly onChoose: (one: Callable) => void;
}

/** The people and roles that match what is typed. */
function Whom({ id, found, at, onChoose }: WhomProps) {
  const { t } = useTranslation();
  const roleName = (role: Role): string => t(`roles.${role}`).toLocaleLowerCase('en');
  /** What tells them apart: their roles, or that several people have the name. */
  const whoIs = ({ role, people }: Callable): string => {
    if (role !== null) return t('review.thread.everyOf', { role: roleName(role) });
    if (people.length > 1) return t('review.thread.namesakes', { count: people.length });
    const roles = people.flatMap((one) => one.roles).map(roleName);
    return roles.length === 0 ? t('review.thread.person') : roles.join(', ');
  };
  const current = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // In newer Chromium `scrollIntoView` returns a promise, which React would take for the effect’s clean-up.
    current.current?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <div id={`${id}-list`} role="listbox" aria-label={t('review.thread.whom')} className="comment-whom">
      {found.map((one, index) => (
        // The keyboard works from the field, as in every combobox.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={one.mention}
          id={`${id}-${String(index)}`}
          role="option"
          aria-selected={index === at}
          tabIndex={-1}
          className="comment-call"
          ref={index === at ? current : null}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(one)}
        >
          {one.role === null ? (
            <PersonInitials
              id={one.people.length === 1 ? (one.people[0]?.id ?? null) : null}
              name={one.name}
              size="small"
            />
          ) : (
            <span className="comment-role" />
          )}
          <bdi className="grow cut">@{one.name}</bdi>
          <span className="hint cut">{whoIs(one)}</span>
        </div>
      ))}
    </div>
  );
}

/** The people and roles that the word at the caret may mention, and the current one of them. */
function useCalling(value: string, people: ReviewDetail['people']) {
  const [caret, setCaret] = useState<number | null>(null);
  const [at, setAt] = useState(0);
  const all = useMemo(() => callables(people), [people]);
  const call = caret === null ? null : beingCalled(value, caret);
  const found = call === null ? [] : answersTo(all, call.query).slice(0, MOST_SHOWN);
  // A name that is typed in full already is not offered again.
  const isDone = found.length === 1 && call !== null && found[0]?.name === call.query.trimEnd() && call.query !== '';
  return {
    from: call?.from ?? null,
    found: isDone ? [] : found,
    at: Math.min(at, Math.max(0, found.length - 1)),
    look: (to: number) => {
      setCaret(to);
      setAt(0);
    },
    move: (by: number) => setAt((before) => (before + by + found.length) % found.length),
    close: () => setCaret(null),
  };
}

type People = ReviewDetail['people'];
type Mention = Comment['mentions'][number];

/** A role or person that a comment can mention, as written after the @. */
export interface Callable {
  readonly mention: Mention;
  readonly name: string;
  readonly role: Role | null;
  /** The people of that name. All of them are mentioned (shared/review/mentions.ts). */
  readonly people: People;
}

/** All that can be mentioned: the roles, then the names. */
export const callables = (people: People): readonly Callable[] => [
  ...ROLES.map((role) => ({ mention: role, name: role, role, people: [] })),
  ...[...Map.groupBy(people, ({ name }) => name.trim().toLocaleLowerCase()).values()].flatMap((called): Callable[] => {
    const [first] = called;
    return first === undefined ? [] : [{ mention: first.id, name: first.name, role: null, people: called }];
  }),
];

/** The text between the last @ and the caret while a mention is typed; otherwise null. */
export function beingCalled(text: string, caret: number): { readonly from: number; readonly query: string } | null {
  const at = text.lastIndexOf('@', caret - 1);
  if (at < 0 || caret <= at) return null;
  // Not in an address such as a@b.
  if (at > 0 && /[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return null;
  const query = text.slice(at + 1, caret);
  return query.length > 40 || /[\n@]/u.test(query) ? null : { from: at, query };
}

/** The people and roles of which the name, or a word of it, begins with the query. */
export function answersTo(all: readonly Callable[], query: string): readonly Callable[] {
  const wanted = query.trim().toLocaleLowerCase();
  // A space right after the @: this is not a mention.
  if (query !== '' && wanted === '') return [];
  return all.filter(({ name }) => {
    const lower = name.toLocaleLowerCase();
    return lower.startsWith(wanted) || lower.split(/[\s.]+/u).some((word) => word !== '' && word.startsWith(wanted));
  });
}

export interface Said {
  readonly text: string;
  readonly called: boolean;
}

/** A comment in pieces, with mentions apart. A mention is the longest name that fits, in whole words. */
export function saidPieces(text: string, people: People): readonly Said[] {
  return cut(text, callables(people)).map(({ text: words, by }) => ({ text: words, called: by !== null }));
}

function cut(text: string, all: readonly Callable[]): { text: string; by: Callable | null }[] {
  const longest = [...all].sort((a, b) => b.name.length - a.name.length);
  const pieces: { text: string; by: Callable | null }[] = [];
  let from = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (at > 0 && /[\p{L}\p{N}]/u.test(text.charAt(at - 1))) continue;
    const rest = text.slice(at + 1).toLocaleLowerCase();
    const by = longest.find(
      ({ name }) =>
        name !== '' && rest.startsWith(name.toLocaleLowerCase()) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length)),
    );
    if (by === undefined) continue;
    const end = at + 1 + by.name.length;
    if (at > from) pieces.push({ text: text.slice(from, at), by: null });
    pieces.push({ text: text.slice(at, end), by });
    from = end;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), by: null });
  return pieces;
}
