import type { CommandGroup } from '../../common/commands/registry.ts';
import type { useTranslation } from '../../common/strings/use-translation.ts';

type Words = Parameters<ReturnType<typeof useTranslation>['t']>[0];

/** A command that is registered only on its screen, so that its key can be listed elsewhere. */
export interface PlaceKey {
  /** The command's id; while that command is registered, it is listed itself. */
  readonly id: string;
  readonly group: CommandGroup;
  readonly title: Words;
  /** As bindings are written; if there are several, the one to show. */
  readonly keys: string;
}

const keysOf = <T extends Words>(
  group: CommandGroup,
  rows: readonly (readonly [id: string, title: T, keys: string])[],
): readonly PlaceKey[] => rows.map(([id, title, keys]) => ({ id, group, title, keys }));

/** In the sheet's order. A test compares each with its command. */
export const PLACE_KEYS: readonly PlaceKey[] = [
  ...keysOf('reading', [
    ['nextPassage', 'reader.nextPassage', 'KeyJ'],
    ['previousPassage', 'reader.previousPassage', 'KeyK'],
    ['find', 'find.command', '$mod+KeyF'],
    ['findNext', 'find.next', 'F3'],
    ['findPrevious', 'find.previous', 'Shift+F3'],
    ['nextPage', 'reader.nextPage', 'KeyN'],
    ['previousPage', 'reader.previousPage', 'KeyP'],
    ['goToPage', 'reader.goToPage', '$mod+KeyG'],
    ['zoomIn', 'reader.zoomIn', '$mod+Equal'],
    ['zoomOut', 'reader.zoomOut', '$mod+Minus'],
    ['fitWidth', 'reader.fitWidth', '$mod+Digit0'],
    ['fitPage', 'reader.fitPage', '$mod+Digit9'],
    ['rotate', 'reader.rotate', 'KeyR'],
    ['spread', 'reader.spread', 'KeyS'],
    ['readerSidePane', 'reader.sidePane', 'KeyO'],
    ['paper', 'reader.darkPaper', 'KeyD'],
    ['turnToPicture', 'picture.turn', 'KeyV'],
    ['split', 'split.toggle', '$mod+Backslash'],
    ['closeSource', 'reader.closeThis', '$mod+Alt+KeyW'],
  ]),
  ...keysOf('tagging', [
    ['tag', 'reader.tag', 'KeyT'],
    ['dimensions', 'reader.setDimensions', 'Shift+KeyT'],
    ['removePassage', 'reader.removePassage', 'Delete'],
  ]),
  ...keysOf('selecting', [
    ['highlight', 'reader.highlight', 'KeyH'],
    ['markArea', 'reader.markArea', 'KeyA'],
    ['edge.start.character.back', 'edges.start.back.character', 'BracketLeft'],
    ['edge.end.character.on', 'edges.end.on.character', 'BracketRight'],
  ]),
  ...keysOf('review', [
    ['reviewStep', 'review.commands.step', 'KeyA'],
    ['reviewReturn', 'review.commands.return', 'KeyR'],
    ['reviewTranslate', 'review.commands.translate', 'KeyE'],
    ['reviewOpen', 'review.commands.open', 'KeyO'],
    ['reviewNext', 'review.commands.next', 'KeyJ'],
    ['reviewPrevious', 'review.commands.previous', 'KeyK'],
    ['reviewFilter', 'review.filter.title', 'KeyF'],
    ['reviewComment', 'review.commands.comment', 'KeyC'],
    ['reviewList', 'review.commands.list', 'KeyQ'],
  ]),
  ...keysOf('team', [
    ['team.mergeNow', 'merge.commands.mergeNow', '$mod+Enter'],
    ['team.next', 'merge.commands.next', 'KeyJ'],
    ['team.previous', 'merge.commands.previous', 'KeyK'],
    ['team.keepMine', 'merge.commands.mine', 'Digit1'],
    ['team.keepIncoming', 'merge.commands.incoming', 'Digit2'],
    ['team.keepBoth', 'merge.commands.both', 'Digit3'],
    ['team.write', 'merge.commands.write', 'Digit4'],
    ['team.show', 'merge.commands.show', 'KeyO'],
    ['coding.next', 'coding.commands.next', 'KeyJ'],
    ['coding.previous', 'coding.commands.previous', 'KeyK'],
    ['coding.open', 'coding.commands.open', 'KeyO'],
    ['coding.decide', 'coding.commands.decide', '$mod+Enter'],
    ['coding.nextUnit', 'coding.commands.nextUnit', 'Alt+KeyU'],
    ['coding.previousUnit', 'coding.commands.previousUnit', 'Alt+Shift+KeyU'],
  ]),
];
