import type { WordsKey } from '../strings/use-translation.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { MENU_KEYS } from '../../../shared/model/menu-keys.ts';
import { isSingleCharacter, keyText, shownKeys } from './keys.ts';
import { activeOf, useKeyPreferences } from './key-preferences.ts';
import type { CommandGroup } from './registry.ts';

/*
 * The keys of all commands. They are declared only here: screens, buttons, menus and the list of shortcuts look them up. The
 * exceptions have keys made from data: digits for the rows of a list, letters for categories.
 */

/** Declares a command of one screen. */
const row = <Id extends string>(
  group: CommandGroup,
  id: Id,
  title: WordsKey,
  ...keys: readonly [shown: string, ...more: string[]]
) => ({ group, id, title, keys });

/** Commands of single screens, in the order of the list of shortcuts. The list shows them even before their screen is open. */
export const SCREEN_COMMANDS = [
  row('reading', 'nextPassage', 'reader.nextPassage', 'KeyJ'),
  row('reading', 'previousPassage', 'reader.previousPassage', 'KeyK'),
  row('reading', 'find', 'find.command', '$mod+KeyF'),
  row('reading', 'findNext', 'find.next', 'F3'),
  row('reading', 'findPrevious', 'find.previous', 'Shift+F3'),
  row('reading', 'nextPage', 'reader.nextPage', 'KeyN'),
  row('reading', 'previousPage', 'reader.previousPage', 'KeyP'),
  row('reading', 'nextSource', 'reader.nextSource', 'Alt+ArrowDown'),
  row('reading', 'previousSource', 'reader.previousSource', 'Alt+ArrowUp'),
  row('reading', 'goToPage', 'reader.goToPage', '$mod+KeyG'),
  row('reading', 'zoomIn', 'reader.zoomIn', '$mod+Equal', '$mod+Shift+Equal', '$mod+NumpadAdd'),
  row('reading', 'zoomOut', 'reader.zoomOut', '$mod+Minus', '$mod+NumpadSubtract'),
  row('reading', 'fitWidth', 'reader.fitWidth', '$mod+Digit0'),
  row('reading', 'fitPage', 'reader.fitPage', '$mod+Digit9'),
  row('reading', 'rotate', 'reader.rotate', 'KeyR'),
  row('reading', 'spread', 'reader.spread', 'KeyS'),
  row('reading', 'readerSidePane', 'reader.sidePane', 'KeyO'),
  row('reading', 'darkPaper', 'reader.darkPaper', 'KeyD'),
  row('reading', 'showScreenshot', 'picture.turn', 'KeyV'),
  row('reading', 'split', 'split.toggle', '$mod+Backslash'),
  row('reading', 'closeSource', 'reader.closeThis', '$mod+Alt+KeyW'),
  row('tagging', 'tag', 'reader.tag', 'KeyT'),
  row('tagging', 'dimensions', 'reader.setDimensions', 'Shift+KeyT'),
  row('tagging', 'showSuggestions', 'terms.commands.showSuggestions', 'Alt+KeyS'),
  row('tagging', 'nextSuggestion', 'terms.commands.nextSuggestion', 'Period'),
  row('tagging', 'previousSuggestion', 'terms.commands.previousSuggestion', 'Comma'),
  row('tagging', 'acceptSuggestion', 'terms.commands.acceptSuggestion', 'KeyY'),
  row('tagging', 'rejectSuggestion', 'terms.commands.rejectSuggestion', 'KeyN'),
  row('tagging', 'neverSuggest', 'terms.commands.neverSuggest', 'KeyB'),
  row('tagging', 'linkToClaim', 'claims.linkTo', 'KeyL'),
  row('tagging', 'removePassage', 'reader.removePassage', 'Delete', 'Backspace'),
  row('selecting', 'highlight', 'reader.highlight', 'KeyH'),
  row('selecting', 'markArea', 'reader.markArea', 'KeyA'),
  row('selecting', 'edge.start.character.back', 'edges.start.back.character', 'BracketLeft'),
  row('selecting', 'edge.end.character.on', 'edges.end.on.character', 'BracketRight'),
  row('review', 'reviewStep', 'review.commands.step', 'KeyA'),
  row('review', 'reviewReturn', 'review.commands.return', 'KeyR'),
  row('review', 'reviewTranslate', 'review.commands.translate', 'KeyE'),
  row('review', 'reviewOpen', 'review.commands.open', 'KeyO'),
  row('review', 'reviewNext', 'review.commands.next', 'KeyJ'),
  row('review', 'reviewPrevious', 'review.commands.previous', 'KeyK'),
  row('review', 'reviewFilter', 'review.filter.title', 'KeyF'),
  row('review', 'reviewComment', 'review.commands.comment', 'KeyC'),
  row('review', 'reviewList', 'review.commands.list', 'KeyQ'),
  row('team', 'team.mergeNow', 'merge.commands.mergeNow', '$mod+Enter'),
  row('team', 'team.next', 'merge.commands.next', 'KeyJ'),
  row('team', 'team.previous', 'merge.commands.previous', 'KeyK'),
  row('team', 'team.keepMine', 'merge.commands.mine', 'Digit1'),
  row('team', 'team.keepIncoming', 'merge.commands.incoming', 'Digit2'),
  row('team', 'team.keepBoth', 'merge.commands.both', 'Digit3'),
  row('team', 'team.write', 'merge.commands.write', 'Digit4'),
  row('team', 'team.show', 'merge.commands.show', 'KeyO'),
  row('team', 'coding.next', 'coding.commands.next', 'KeyJ'),
  row('team', 'coding.previous', 'coding.commands.previous', 'KeyK'),
  row('team', 'coding.open', 'coding.commands.open', 'KeyO'),
  row('team', 'coding.decide', 'coding.commands.decide', '$mod+Enter'),
  row('team', 'coding.nextUnit', 'coding.commands.nextUnit', 'Alt+KeyU'),
  row('team', 'coding.previousUnit', 'coding.commands.previousUnit', 'Alt+Shift+KeyU'),
] as const;

/** Commands that have a single-character key, and are not listed above: their titles, so that the key can be changed before their screen is open. */
export const MORE_LETTER_COMMANDS = [
  row('anywhere', 'shortcuts', 'commands.shortcuts', '[Shift]+?'),
  row('tagging', 'memo', 'memos.command.passage', 'KeyM'),
  row('selecting', 'edge.start.character.on', 'edges.start.on.character', 'Shift+BracketLeft'),
  row('selecting', 'edge.end.character.back', 'edges.end.back.character', 'Shift+BracketRight'),
  row('masking', 'figures', 'figureCards.commands.show', 'KeyF'),
  row('masking', 'confirmFigure', 'figureCards.commands.confirm', 'KeyY'),
  row('masking', 'editFigure', 'figureCards.commands.edit', 'KeyE'),
  row('masking', 'makeFigure', 'figureCards.commands.make', 'KeyW'),
  row('masking', 'dismissFigure', 'figureCards.commands.dismiss', 'KeyN'),
  row('masking', 'firstReading', 'figureCards.commands.first', 'Digit1'),
  row('masking', 'otherReading', 'figureCards.commands.other', 'Digit2'),
  row('masking', 'maskWords', 'masks.commands.words', 'KeyW'),
  row('masking', 'maskEverywhere', 'masks.commands.everywhere', '[Shift]+='),
  row('review', 'translatePassage', 'review.commands.translatePassage', 'KeyE'),
  row('review', 'commentPassage', 'review.commands.commentPassage', 'KeyC'),
  row('review', 'openInReview', 'review.commands.openInReview', 'KeyG'),
  row('review', 'deskAccept', 'desk.commands.accept', 'KeyA'),
  row('review', 'deskReturn', 'desk.commands.return', 'KeyR'),
  row('review', 'deskNothing', 'desk.commands.nothing', 'KeyN'),
  row('review', 'deskLink', 'desk.commands.link', 'KeyL'),
  row('review', 'deskOpen', 'desk.commands.open', 'KeyO'),
  row('review', 'deskNext', 'desk.commands.next', 'KeyJ'),
  row('review', 'deskPrevious', 'desk.commands.previous', 'KeyK'),
  row('review', 'deskNextOpen', 'desk.commands.nextOpen', 'Shift+KeyJ'),
  row('review', 'deskReport', 'desk.commands.report', 'KeyP'),
  row('review', 'deskText', 'desk.commands.text', 'KeyT'),
  row('codebook', 'filterCategories', 'codebook.filterCommand', '[Shift]+/'),
  row('library', 'filterSources', 'commands.filterSources', '[Shift]+/'),
  row('library', 'evidenceFilter', 'evidence.commands.filter', 'KeyF'),
  row('tagging', 'tagSelected', 'evidence.commands.tag', 'KeyT'),
  row('library', 'chartTable', 'charts.asTable', 'KeyV'),
  row('library', 'timelineIn', 'evidence.commands.timelineIn', 'Equal', 'Shift+Equal'),
  row('library', 'timelineOut', 'evidence.commands.timelineOut', 'Minus'),
  row('library', 'newClaim', 'claims.new', 'KeyC'),
  row('library', 'toggleRead', 'commands.toggleRead', 'KeyU'),
  row('library', 'collections', 'collections.assign', 'KeyL'),
  row('library', 'linkPassage', 'claims.link', 'KeyL'),
  row('library', 'relate', 'relations.relate', 'KeyR'),
  row('library', 'confirmRelation', 'relations.commands.confirmRelation', 'KeyY'),
  row('library', 'editRelation', 'relations.commands.editRelation', 'KeyE'),
  row('library', 'dismissRelation', 'relations.commands.dismissRelation', 'KeyN'),
  row('library', 'returnRelation', 'relations.commands.returnRelation', 'Shift+KeyR'),
  row('library', 'firstReading', 'relations.commands.firstReading', 'Digit1'),
  row('library', 'secondReading', 'relations.commands.secondReading', 'Digit2'),
  row('library', 'takeSuggestion', 'suggestions.takeNext', 'KeyY'),
  row('library', 'takeSuggestions', 'suggestions.takeAll', 'Shift+KeyY'),
  row('search', 'lookNext', 'search.look.next', 'KeyJ'),
  row('search', 'lookPrevious', 'search.look.previous', 'KeyK'),
  row('search', 'lookSkip', 'search.look.skipIt', 'KeyX'),
  row('search', 'lookNarrower', 'search.look.narrower', 'BracketLeft'),
  row('search', 'lookWider', 'search.look.wider', 'BracketRight'),
  row('search', 'lookCategory', 'search.look.chooseCategory', 'KeyT'),
] as const;

/** The keys of all other commands. The list of shortcuts shows such a command only while it is registered. */
const OTHER_COMMANDS = {
  commands: ['$mod+KeyK', '$mod+Shift+KeyP'],
  settings: [MENU_KEYS.settings],
  theme: [MENU_KEYS.theme],
  lock: [MENU_KEYS.lock],
  textLarger: ['$mod+Alt+Equal', '$mod+Alt+Shift+Equal', '$mod+Alt+NumpadAdd'],
  textSmaller: ['$mod+Alt+Minus', '$mod+Alt+NumpadSubtract'],
  textUsual: ['$mod+Alt+Digit0'],
  nextRegion: ['F6'],
  previousRegion: ['Shift+F6'],
  /** On the start screen only: with a project open, the key imports files. */
  openProject: ['$mod+KeyO'],
  import: [MENU_KEYS.import],
  importFolder: ['$mod+Shift+KeyO'],
  exportProject: [MENU_KEYS.exportProject],
  print: ['$mod+KeyP'],
  printChart: ['$mod+KeyP'],
  timelineEarlier: ['Shift+ArrowLeft'],
  timelineLater: ['Shift+ArrowRight'],
  undo: [MENU_KEYS.undo],
  redo: [MENU_KEYS.redo, '$mod+KeyY'],
  library: [MENU_KEYS.library],
  read: [MENU_KEYS.read],
  'shelf.codebook': ['Alt+Digit3'],
  'shelf.sources': ['Alt+Digit4'],
  searchAll: ['$mod+Shift+KeyF', 'Alt+Digit5'],
  searchPage: ['Alt+Digit9'],
  lookThrough: ['$mod+Enter'],
  makePassages: ['$mod+Enter'],
  closeLook: ['Escape'],
  review: ['Alt+Digit6'],
  team: ['Alt+Digit7'],
  evidence: ['Alt+Digit8'],
  saveView: ['$mod+KeyS'],
  keepCounted: ['Escape'],
  draft: ['Alt+Digit0'],
  deskBack: ['Escape'],
  deskPrint: ['$mod+KeyP'],
  toggleShelf: ['$mod+KeyB'],
  toggleInspector: ['$mod+Alt+KeyB'],
  nextHit: ['F4'],
  previousHit: ['Shift+F4'],
  'versions.next': ['F8'],
  'versions.previous': ['Shift+F8'],
  otherSide: ['$mod+Shift+Backslash'],
  moveToOtherSide: ['$mod+Alt+Backslash'],
  copyQuotation: ['$mod+Shift+KeyC'],
  editArea: ['Alt+KeyA'],
  backToReview: ['Alt+ArrowLeft'],
  addCategory: ['Alt+Shift+KeyN'],
  nextOfCategory: ['Alt+KeyJ'],
  previousOfCategory: ['Alt+KeyK'],
  'team.merge': ['$mod+Shift+KeyM'],
  'team.cancel': ['Escape'],
  findClose: ['Escape'],
  removeSources: ['Delete'],
  editSelectedSources: ['Alt+Enter'],
  applyToSelected: ['$mod+Enter'],
  tabForward: ['Alt+Shift+PageDown'],
  tabBack: ['Alt+Shift+PageUp'],
  'edge.start.word.back': ['Alt+BracketLeft'],
  'edge.start.word.on': ['Alt+Shift+BracketLeft'],
  'edge.end.word.on': ['Alt+BracketRight'],
  'edge.end.word.back': ['Alt+Shift+BracketRight'],
  renameCategory: ['F2'],
  editCategory: ['Alt+Enter'],
  'moveCategory.up': ['Alt+Shift+ArrowUp'],
  'moveCategory.down': ['Alt+Shift+ArrowDown'],
  'moveCategory.in': ['Alt+Shift+ArrowRight'],
  'moveCategory.out': ['Alt+Shift+ArrowLeft'],
  mergeCategory: ['Alt+Shift+KeyM'],
  splitCategory: ['Alt+Shift+KeyS'],
  archiveCategory: ['Alt+Shift+KeyA'],
} as const satisfies Readonly<Record<string, Keys>>;

/** Commands whose usual keys a browser keeps for itself. */
const HOST_COMMANDS = {
  newProject: { electron: [MENU_KEYS.newProject], browser: ['Alt+KeyN'] },
  newWindow: { electron: [MENU_KEYS.newWindow], browser: ['Alt+Shift+KeyW'] },
  nextTab: { electron: ['Control+Tab', 'Control+PageDown', 'Alt+PageDown'], browser: ['Alt+PageDown'] },
  previousTab: { electron: ['Control+Shift+Tab', 'Control+PageUp', 'Alt+PageUp'], browser: ['Alt+PageUp'] },
  reopenSource: { electron: ['$mod+Shift+KeyT', '$mod+Alt+KeyT'], browser: ['$mod+Alt+KeyT'] },
} as const satisfies Readonly<Record<string, Readonly<Record<Host, Keys>>>>;

type Keys = readonly [string, ...string[]];
type Host = CallOutput<'app.state'>['host'];

const ROWS = [...SCREEN_COMMANDS, ...MORE_LETTER_COMMANDS];
type RowCommand = (typeof ROWS)[number]['id'];
type OtherCommand = keyof typeof OTHER_COMMANDS;
const isOther = (id: string): id is OtherCommand => Object.hasOwn(OTHER_COMMANDS, id);

/** Commands that have the key of another one: they go back, or do the same in a list. */
const SAME_KEY_AS = {
  backToReview: 'reviewOpen',
  'team.back': 'team.show',
  nextFigure: 'nextPassage',
  previousFigure: 'previousPassage',
  nextRelation: 'nextPassage',
  previousRelation: 'previousPassage',
  followFirst: 'firstReading',
  followSecond: 'secondReading',
  nextMask: 'nextPassage',
  previousMask: 'previousPassage',
  listKeyJ: 'nextPassage',
  listKeyK: 'previousPassage',
} as const satisfies Readonly<Record<string, RowCommand>>;
type SameKeyCommand = keyof typeof SAME_KEY_AS;
const isSameKey = (id: string): id is SameKeyCommand => Object.hasOwn(SAME_KEY_AS, id);

/** A command whose key may be changed or cleared: its usual key is a single character. */
export type LetterCommand = (typeof ROWS)[number];
export const LETTER_COMMANDS: readonly LetterCommand[] = ROWS.filter(({ keys: [first] }) => isSingleCharacter(first));
export const letterCommandOf = (id: string): LetterCommand | undefined => LETTER_COMMANDS.find((one) => one.id === id);

/** The keys that a person chose for a command, or its defaults; also those that are inactive because letter keys are off. */
export function chosenKeysOf(command: LetterCommand): readonly string[] {
  const chosen = useKeyPreferences.getState().keys[command.id];
  return chosen === undefined ? command.keys : chosen === '' ? [] : [chosen];
}

/**
 * The bindings of a command as they are now: empty if its key was removed, or is a single character while letter keys are off. Call it
 * while drawing, never once for a module, since keys can change while the program runs.
 */
export function keysOf(id: RowCommand | OtherCommand | SameKeyCommand): readonly string[] {
  const own: readonly string[] = isOther(id) ? OTHER_COMMANDS[id] : [];
  if (isSameKey(id)) return [...own, ...keysOf(SAME_KEY_AS[id])];
  const letter = letterCommandOf(id);
  if (letter !== undefined) return activeOf(chosenKeysOf(letter));
  return isOther(id) ? own : (ROWS.find((one) => one.id === id)?.keys ?? []);
}
/** All bindings of a command in a host. */
export const hostKeysOf = (id: keyof typeof HOST_COMMANDS, host: Host): Keys => HOST_COMMANDS[id][host];
/** The shown binding of a command whose key can’t be changed. */
export const keyOf = (id: OtherCommand): string => OTHER_COMMANDS[id][0];
/** The shown binding, split into keys; empty if the command has no key now. */
export function shownKeysOf(id: RowCommand | OtherCommand | SameKeyCommand): string[] {
  const [first] = keysOf(id);
  return first === undefined ? [] : shownKeys(first);
}
/** The shown binding as text for a sentence; null if the command has no key now. */
export function keyTextOf(id: RowCommand): string | null {
  const [first] = keysOf(id);
  return first === undefined ? null : keyText(first);
}

/** All bindings that can’t be changed: no changed key may be one of these. */
export const FIXED_KEYS: readonly string[] = [
  ...ROWS.filter((one) => letterCommandOf(one.id) === undefined).flatMap(({ keys }) => [...keys]),
  ...Object.values(OTHER_COMMANDS).flat(),
  ...Object.values(HOST_COMMANDS).flatMap(({ electron, browser }) => [...electron, ...browser]),
];

/** A binding split into keys to show, or empty if it is inactive: for keys that are made from data, such as the numbers of a list. */
export const shownKeysFrom = (binding: string): string[] => activeOf([binding]).flatMap((one) => shownKeys(one));
